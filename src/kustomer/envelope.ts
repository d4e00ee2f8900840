import {type ResponseBody, UnusableResponseError} from '../http/body/response-body';
import {BadResponseError, type Endpoint} from '../http/errors';
import {isObject, type JsonObject} from '../json';

/** A JSON:API resource as Kustomer sends it (docs/kustomer-api.md, Envelope). */
export interface Resource {
  readonly id: string;
  readonly type: string;
  readonly attributes?: JsonObject;
  readonly relationships?: JsonObject;
  readonly links?: JsonObject;
}

/** A list of records, and what matters of the answer around them. */
export interface Envelope<T> {
  /** What was kept of each record. */
  readonly data: readonly T[];
  readonly included: readonly Resource[];
  readonly meta: JsonObject;
  /** `links.next`, where the answer has one: relative, starting with `/v1`. */
  readonly next: string | undefined;
}

/** Members that are named of a record without an id. */
const MAX_MEMBERS = 10;

/**
 * Reads a list of resources out of an answer.
 * @param keep what is kept of each; called in their order
 * @param check told the answer's `meta` before
 * @throws UnusableAnswer when it is no such list; BadAnswerError when one of its records has no id; what `keep` and `check` throw
 */
export async function readEnvelope<T>(
  endpoint: Endpoint,
  answer: ResponseBody,
  keep: (resource: Resource) => T,
  check: (meta: Envelope<T>['meta']) => void = () => undefined,
): Promise<Envelope<T>> {
  const readResource = (value: unknown, number: number): Resource => {
    if (isObject(value) && typeof value['id'] === 'string' && value['id'] !== '')
      return value as unknown as Resource;
    throw new BadResponseError(endpoint, describeNameless(value, number, meta['page']));
  };
  const data: T[] = [];
  const take = (member: unknown): void => void data.push(keep(readResource(member, data.length + 1)));
  const {envelope: around, read} = answer.open();
  if (!isObject(around) || !Array.isArray(around['data']))
    throw new UnusableResponseError('the answer has no list of records in "data"');
  const links = isObject(around['links']) ? around['links'] : {};
  const meta = isObject(around['meta']) ? around['meta'] : {};
  check(meta);
  for (const member of around['data']) take(member);
  await read(take);
  return {
    data,
    included: Array.isArray(around['included'])
      ? around['included'].map((value, at) => readResource(value, at + 1))
      : [],
    meta,
    next: typeof links['next'] === 'string' && links['next'] !== '' ? links['next'] : undefined,
  };
}

/** Names a record without an id by its place and its members, never by its values: they are the customer's. */
function describeNameless(value: unknown, number: number, page: unknown): string {
  const where = `record number ${number}${typeof page === 'number' ? ` of page ${page}` : ''}`;
  if (!isObject(value)) return `${where} is no object`;
  return `${where} has no id (its members: ${Object.keys(value).slice(0, MAX_MEMBERS).join(', ') || 'none'})`;
}

/** Keeps all of a record. */
export function whole(resource: Resource): Resource {
  return resource;
}
