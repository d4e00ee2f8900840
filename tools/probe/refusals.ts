import type {Refusable, RefusalRule} from '../../sandbox/api/refusals';
import {isServed, type Reply} from './reply';

/** Rules by which a sandbox refuses what was refused here: one for each status. @param replies by the names that rules know */
export function refusalRules(
  of: Refusable,
  replies: readonly (readonly [name: string, reply: Reply])[],
): readonly RefusalRule[] {
  const refused = replies.filter(([, reply]) => !isServed(reply));
  const statuses = [...new Set(refused.map(([, {status}]) => status))];
  return statuses.map((status) => ({
    ...{of, status},
    names: refused.filter(([, reply]) => reply.status === status).map(([name]) => name),
  }));
}
