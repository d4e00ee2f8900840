import {isObject, type JsonObject} from '../world/json';

/**
 * Ways for a list of records to be wrong: `timed_out` (half of it, and marked so), `empty`, `short` (half of it, and not
 * marked), `emptyTold` and `shortTold` (the same, and total and next agree), `outOfOrder`, `outside` (a record that was not
 * asked for), `noUpdatedAt`, `badUpdatedAt`, `noId`, `duplicate` (the last record once more), `twice` (each once more).
 */
export type Spoiler =
  | 'timed_out'
  | 'empty'
  | 'short'
  | 'emptyTold'
  | 'shortTold'
  | 'outOfOrder'
  | 'outside'
  | 'noUpdatedAt'
  | 'badUpdatedAt'
  | 'noId'
  | 'duplicate'
  | 'twice';

/** Makes other records of those of an answer; `text` stands in them where it can. */
type Spoil = (data: JsonObject[], text: string | undefined) => JsonObject[];

const half: Spoil = (data) => data.slice(0, Math.ceil(data.length / 2));

/** What each does to the records. */
export const SPOILERS: Record<Spoiler, Spoil> = {
  timed_out: half,
  empty: () => [],
  short: half,
  emptyTold: () => [],
  shortTold: half,
  outOfOrder: (data) => [...data].reverse(),
  outside: (data) => changeLast(data, {updatedAt: '1999-12-31T23:59:59.000Z'}),
  noUpdatedAt: (data) => changeLast(data, {updatedAt: undefined}),
  badUpdatedAt: (data, text = 'the day before yesterday') => changeLast(data, {updatedAt: text}),
  noId: (data, text) => [
    ...data.slice(0, -1),
    ...changeLast(data.slice(-1), text === undefined ? {} : {name: text}).map((last) => ({
      ...last,
      id: undefined,
    })),
  ],
  duplicate: (data) => [...data, ...data.slice(-1)],
  twice: (data) => data.flatMap((record) => [record, record]),
};

/** The body of an answer, spoilt; unchanged if it has no list of records. */
export function spoil(body: string, kind: Spoiler, text?: string): string {
  const answer: unknown = body === '' ? undefined : JSON.parse(body);
  if (!isObject(answer) || !Array.isArray(answer['data'])) return body;
  const data = SPOILERS[kind](answer['data'].filter(isObject), text);
  const meta = isObject(answer['meta']) ? answer['meta'] : {};
  const links = isObject(answer['links']) ? answer['links'] : {};
  switch (kind) {
    case 'timed_out':
      return JSON.stringify({...answer, meta: {...meta, timed_out: true}, data});
    case 'emptyTold':
    case 'shortTold':
      return JSON.stringify({
        ...answer,
        meta: {...meta, total: data.length, totalPages: Math.min(1, data.length)},
        links: {...links, next: null},
        data,
      });
    default:
      return JSON.stringify({...answer, data});
  }
}

function changeLast(data: JsonObject[], change: JsonObject): JsonObject[] {
  return data.map((record, at) =>
    at === data.length - 1 && isObject(record['attributes'])
      ? {...record, attributes: {...record['attributes'], ...change}}
      : record,
  );
}
