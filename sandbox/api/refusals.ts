import {Refusal} from './errors';

/** What a rule can refuse: searches, archive searches, lists, metadata, or what hangs on one conversation or schedule. */
export type Refusable = 'search' | 'archive' | 'lists' | 'metadata' | 'parts';

/** Requests that are always refused: `{of: 'search', names: ['note'], status: 400, text: 'Unknown attribute note_updated_at'}`. */
export interface RefusalRule {
  of: Refusable;
  /** Contexts, paths of lists (`tags`, `klasses/order`), metadata resources, or parts (`times`, `holidays`); all unless given. */
  names?: string[];
  /** Only searches that have `includeDeleted` in their body. */
  includeDeleted?: boolean;
  /** Only from this page on. */
  fromPage?: number;
  status: number;
  text?: string;
}

/** A request as the rules see it. */
export interface Refused {
  of: Refusable;
  name: string;
  includeDeleted?: boolean;
  page?: number;
}

/** Throws the refusal of the first rule that a request falls under. */
export function checkRefusals(rules: readonly RefusalRule[], asked: Refused): void {
  const rule = rules.find(
    ({of, names, includeDeleted, fromPage}) =>
      of === asked.of &&
      (names === undefined || names.includes(asked.name)) &&
      (!includeDeleted || asked.includeDeleted) &&
      (fromPage === undefined || (asked.page ?? 1) >= fromPage),
  );
  if (rule) throw new Refusal(rule.status, 'refused', rule.text ?? 'Request refused');
}
