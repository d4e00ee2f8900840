import {isObject, type JsonObject} from '../world/json';

/**
 * Ways for a list of records to be wrong: `timed_out` (half of it, and marked so), `empty`, `short` (half of it, and not
 * marked), `outOfOrder`, `outside` (a record that was not asked for), `noUpdatedAt`, `badUpdatedAt`, `duplicate`.
 */
export type Spoiler =
  'timed_out' | 'empty' | 'short' | 'outOfOrder' | 'outside' | 'noUpdatedAt' | 'badUpdatedAt' | 'duplicate';

type Spoil = (data: JsonObject[]) => JsonObject[];

const half: Spoil = (data) => data.slice(0, Math.ceil(data.length / 2));

/** What each does to the records. */
export const SPOILERS: Record<Spoiler, Spoil> = {
  timed_out: half,
  empty: () => [],
  short: half,
  outOfOrder: (data) => [...data].reverse(),
  outside: (data) => changeLast(data, {updatedAt: '1999-12-31T23:59:59.000Z'}),
  noUpdatedAt: (data) => changeLast(data, {updatedAt: undefined}),
  badUpdatedAt: (data) => changeLast(data, {updatedAt: 'the day before yesterday'}),
  duplicate: (data) => [...data, ...data.slice(-1)],
};

/** The body of an answer, spoilt; unchanged if it has no list of records. */
export function spoil(text: string, kind: Spoiler): string {
  const body: unknown = JSON.parse(text);
  if (!isObject(body) || !Array.isArray(body['data'])) return text;
  const data = SPOILERS[kind](body['data'].filter(isObject));
  const meta =
    isObject(body['meta']) && kind === 'timed_out' ? {...body['meta'], timed_out: true} : body['meta'];
  return JSON.stringify({...body, meta, data});
}

function changeLast(data: JsonObject[], change: JsonObject): JsonObject[] {
  return data.map((record, at) =>
    at === data.length - 1 && isObject(record['attributes'])
      ? {...record, attributes: {...record['attributes'], ...change}}
      : record,
  );
}
