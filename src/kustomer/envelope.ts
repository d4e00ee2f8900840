import {type ResponseBody, type TakeRecords, UnusableResponseError} from '../http/body/response-body';
import {BadResponseError, type Endpoint} from '../http/errors';
import {LongNumber, isObject, type JsonObject} from '../json';

/** A JSON:API resource as Kustomer sends it (docs/kustomer-api.md, Envelope). */
export interface Resource {
  readonly id: string;
  readonly type: string;
  readonly attributes?: JsonObject;
  readonly relationships?: JsonObject;
  readonly links?: JsonObject;
}

/** A list of records, and what matters of the response around them. */
export interface Envelope<T> {
  /** What was kept of each record. */
  readonly data: readonly T[];
  readonly included: readonly Resource[];
  readonly meta: JsonObject;
  readonly links: JsonObject;
  /** `links.next`, where the response has one: relative, starting with `/v1`. */
  readonly next: string | undefined;
}

export interface EnvelopeOptions<T> {
  /** What is kept of each record; called in their order. */
  readonly keep: (resource: Resource) => T;
  /** The same of a record that is not parsed, from where it begins in a body; undefined where it has to be. */
  readonly keepBytes?: KeepBytes<T> | undefined;
  /** How errors name the response: `page 2`. */
  readonly page?: string;
  /** Makes the id of a record that has none of its own; undefined where it cannot be made either. */
  readonly identify?: Identify | undefined;
}

/** What is kept of a record, and where that ended in the body. */
export type KeepBytes<T> = (body: Buffer, at: number) => {readonly kept: T; readonly end: number} | undefined;

/** What can be told from a record that has no id. */
export type Identify = (record: JsonObject) => string | undefined;

/** A response that is as likely a mistake as the truth: worth a few more attempts, but not ten minutes of them. */
export class DoubtfulResponseError extends UnusableResponseError {}

/** How many member names an error tells of a record without an id. */
const MAX_NAMES = 8;

/**
 * Reads a list of resources out of a response. Ids that are numbers become text; `data: null` is an empty list where a `meta`
 * shows that it is an answer.
 * @throws UnusableResponseError when it is no JSON or only a part, DoubtfulResponseError when it has no list; BadResponseError
 * when one of its records has no id; what `keep` throws
 */
export async function readEnvelope<T>(
  endpoint: Endpoint,
  body: ResponseBody,
  {keep, keepBytes, page = 'the response', identify = () => undefined}: EnvelopeOptions<T>,
): Promise<Envelope<T>> {
  const resourceOf = (value: unknown, what: string): Resource =>
    mustBeResource(value, {endpoint, identify, what: `${what} of ${page}`});
  const records = new KeptRecords(
    (record, number) => keep(resourceOf(record, `record ${number}`)),
    keepBytes,
  );
  const envelope = await body.read(records);
  const members = isObject(envelope) ? membersOf(envelope) : undefined;
  if (!isObject(envelope) || !members) {
    throw new DoubtfulResponseError(`${page} has no list of records in "data"`);
  }
  const links = isObject(envelope['links']) ? envelope['links'] : {};
  const meta = isObject(envelope['meta']) ? envelope['meta'] : {};
  // What speaks against all of it is told before what is wrong with one of its records.
  checkWhole(meta);
  for (const record of members) records.parsed(record);
  if (records.failure) throw records.failure.reason;
  return {
    data: records.kept,
    included: includedIn(envelope).map((one, at) => resourceOf(one, `included record ${at + 1}`)),
    meta,
    links,
    next: typeof links['next'] === 'string' && links['next'] !== '' ? links['next'] : undefined,
  };
}

/** What is kept of the records of a response. */
class KeptRecords<T> implements TakeRecords {
  readonly kept: T[] = [];
  /** Why the first record cannot be kept that cannot. */
  failure: {readonly reason: unknown} | undefined;

  constructor(
    private readonly keep: (record: unknown, number: number) => T,
    private readonly keepBytes: KeepBytes<T> | undefined,
  ) {}

  bytes(body: Buffer, at: number): number | undefined {
    const one = this.keepBytes?.(body, at);
    if (one) this.kept.push(one.kept);
    return one?.end;
  }

  parsed(record: unknown): void {
    try {
      this.kept.push(this.keep(record, this.kept.length + 1));
    } catch (reason) {
      this.failure ??= {reason};
    }
  }
}

/**
 * Reads what comes with a single record under `included`.
 * @throws UnusableResponseError when there is no record; BadResponseError when something that comes with it has no id
 */
export function readIncluded(endpoint: Endpoint, body: ResponseBody): readonly Resource[] {
  const json = body.json();
  if (!isObject(json) || !isObject(json['data'])) {
    throw new UnusableResponseError('the response has no record in "data"');
  }
  return includedIn(json).map((one, at) =>
    mustBeResource(one, {endpoint, identify: () => undefined, what: `included record ${at + 1}`}),
  );
}

/** The record that a response consists of; undefined where it has none. @throws UnusableResponseError when it is no JSON */
export function recordOf(body: ResponseBody): Resource | undefined {
  const envelope = body.json();
  return isObject(envelope) ? asResource(envelope['data'], () => undefined) : undefined;
}

/** Keeps all of a record. */
export function whole(resource: Resource): Resource {
  return resource;
}

/** @throws BadResponseError for what has no id */
function mustBeResource(
  value: unknown,
  {
    endpoint,
    identify,
    what,
  }: {readonly endpoint: Endpoint; readonly identify: Identify; readonly what: string},
): Resource {
  const resource = asResource(value, identify);
  if (resource) return resource;
  throw new BadResponseError(endpoint, `${what} has no id (${describe(value)})`);
}

function asResource(value: unknown, identify: Identify): Resource | undefined {
  if (!isObject(value)) return undefined;
  const id = value['id'] ?? idInLink(value['links']) ?? identify(value);
  if (id === value['id'] && typeof id === 'string' && id !== '') return value as unknown as Resource;
  const isId = typeof id === 'string' ? id !== '' : id instanceof LongNumber || Number.isSafeInteger(id);
  return isId ? ({...value, id: String(id)} as unknown as Resource) : undefined;
}

/** The id that `links.self` ends in: attachments have no other (docs/kustomer-api.md, Further objects). */
function idInLink(links: unknown): string | undefined {
  const self = isObject(links) ? links['self'] : undefined;
  return typeof self === 'string' ? /^[^?#]*\/([^/?#]+)$/.exec(self)?.[1] : undefined;
}

function membersOf({data, meta}: Record<string, unknown>): readonly unknown[] | undefined {
  if (data === null && isObject(meta)) return [];
  return Array.isArray(data) ? data : undefined;
}

/** A list, or a single object (docs/kustomer-api.md, Envelope). */
function includedIn({included}: Record<string, unknown>): readonly unknown[] {
  if (Array.isArray(included)) return included;
  return isObject(included) ? [included] : [];
}

/** What a record looks like, but none of its values: they are somebody's data. */
function describe(value: unknown): string {
  if (!isObject(value)) {
    return value === null ? 'it is null' : `it is a ${Array.isArray(value) ? 'list' : typeof value}`;
  }
  const names = Object.keys(value);
  const told = names.slice(0, MAX_NAMES).map((name) => JSON.stringify(name.slice(0, 30)));
  return told.length === 0
    ? 'it is empty'
    : `it has ${told.join(', ')}${names.length > MAX_NAMES ? ', …' : ''}`;
}

/** @throws UnusableResponseError for an answer that ran out of time: some of its records may be missing */
function checkWhole(meta: JsonObject): void {
  if (meta['timed_out'] === true) {
    throw new UnusableResponseError('the answer ran out of time and is partial');
  }
}
