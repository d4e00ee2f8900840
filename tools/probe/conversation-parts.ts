import type {Row} from './rows';

/** Conversations of many messages first: they are the likeliest to have something. */
export function longest(rows: readonly Row[]): readonly Row[] {
  const messages = ({attributes}: Row): number => Number(attributes['messageCount']) || 0;
  return [...rows].sort((a, b) => messages(b) - messages(a));
}

/** The address of what hangs on one conversation. */
export function partPath(id: unknown, part: string): string {
  return `/v1/conversations/${encodeURIComponent(String(id))}/${part}`;
}
