import {formatInstant} from '../../../src/time';
import type {Outcome, Probe, SandboxPart, Subject} from '../finding';
import {refusalRules} from '../refusals';
import {describeReply, isRoleRefusal, isServed, type Reply} from '../reply';
import {rowsOf} from '../rows';
import {CONTEXTS, searchRequest} from '../search-pages';
import {byOutcome} from '../words';

/** What of the archive answers (docs/kustomer-api.md, Archive search). */
export const archive: Probe = {
  topic: 'archive',
  assumed: 'all contexts but note have an archive of what has not changed for two years',
  async run({ask, searches}: Subject): Promise<Outcome> {
    const replies: [string, Reply][] = [];
    for (const context of CONTEXTS) {
      const withDeleted = !(await searches.first(context)).isDeletedRefused;
      const question = {
        context,
        range: [0, searches.range[0]],
        size: 25,
        withDeleted,
        isArchive: true,
      } as const;
      replies.push([context, await ask(searchRequest(question))]);
    }
    const outcomes = replies.map(([context, reply]) => [context, describeArchive(reply)] as const);
    const isAssumed = replies.every(([context, reply]) => isServed(reply) === (context !== 'note'));
    return {
      verdict: isAssumed ? 'as assumed' : 'differs',
      seen: `before ${formatInstant(searches.range[0]).slice(0, 10)}: ${byOutcome(outcomes)}`,
      does: isAssumed
        ? 'reads both in the week around the two years; old notes cannot be read'
        : 'a stream whose archive is refused is read without it, says so, and asks again each time; "include_archived": false is the way out',
      sandbox: await sandboxOf(searches, replies),
    };
  },
};

function describeArchive(reply: Reply): string {
  return describeReply(reply) + (isServed(reply) && rowsOf(reply)?.length === 0 ? ', without records' : '');
}

/** Where search lacks the role too, the key lacks it (probes/roles.ts); what the archive alone refuses is a rule. */
async function sandboxOf(
  searches: Subject['searches'],
  replies: readonly (readonly [string, Reply])[],
): Promise<SandboxPart> {
  const others = replies.filter(([context]) => context !== 'note');
  if (others.every(([, {status}]) => status === 404)) return {settings: {archive: false}};
  const own: (readonly [string, Reply])[] = [];
  for (const one of others) {
    if (!isRoleRefusal((await searches.first(one[0])).reply)) own.push(one);
  }
  return {refusals: refusalRules('archive', own)};
}
