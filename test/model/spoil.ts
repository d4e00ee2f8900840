import fc from 'fast-check';
import type {HttpResponse} from '../../src/http/call';

export const TOKEN = 'sandbox-token';

const KINDS = ['bytes', 'member', 'status', 'header', 'echo'] as const;
const MEMBERS = ['data', 'meta', 'links', 'total', 'id', 'attributes', 'updatedAt', 'createdAt'];
const NAMES = [...MEMBERS, 'relationships', 'next', 'self', 'type', 'properties'];
const STATUSES = [
  100, 201, 204, 206, 301, 302, 304, 400, 401, 403, 404, 408, 409, 410, 413, 418, 422, 425, 429,
];
const MORE_STATUSES = [...STATUSES, 500, 501, 502, 503, 504, 520, 599];
const HEADERS = [
  'content-encoding',
  'content-type',
  'content-length',
  'x-ratelimit-limit',
  'x-ratelimit-remaining',
  'x-ratelimit-reset',
  'retry-after',
  'date',
  'location',
];
const TEXTS = [
  ...[
    '',
    '0',
    '1',
    '-1',
    '1e308',
    'NaN',
    'gzip',
    'br',
    'deflate',
    'text/html',
    'application/json; charset=utf-16',
  ],
  ...[
    'Thu, 01 Jan 1970 00:00:00 GMT',
    'Fri, 31 Dec 9999 23:59:59 GMT',
    '\u0000',
    'http://elsewhere.example/',
    TOKEN,
  ],
];
const VALUES: readonly unknown[] = [
  ...[null, '', 0, -1, 1e308, true, false, [], {}, [null], [[]], {data: []}, 'text', '__proto__'],
  ...[
    '2026-13-45T99:99:99Z',
    '1970-01-01T00:00:00.000Z',
    '9999-12-31T23:59:59.999Z',
    `Bearer ${TOKEN}`,
    '\ud800',
  ],
];

/** One way to spoil answers: `x` and `y` choose where and with what. */
export interface Spoil {
  /** Which request's answer, from 0 on. */
  readonly at: number;
  /** How many answers from there on. */
  readonly times: number;
  readonly kind: (typeof KINDS)[number];
  readonly x: number;
  readonly y: number;
}

/** @param requests how many requests the read makes about */
export function spoils(requests: number): fc.Arbitrary<Spoil[]> {
  const spoil = fc.record({
    at: fc.nat(requests),
    times: fc.constantFrom(1, 1, 1, 2, 5),
    kind: fc.constantFrom(...KINDS, 'member', 'bytes'),
    x: fc.nat(),
    y: fc.nat(),
  });
  return fc.array(spoil, {minLength: 8, maxLength: 32});
}

/** The same answer, spoilt. */
export function spoilt(response: HttpResponse, {kind, x, y}: Spoil): HttpResponse {
  const {body, headers} = response;
  switch (kind) {
    case 'bytes':
      return {...response, body: spoilBytes(body, x, y)};
    case 'member':
      return {...response, body: spoilMember(body, x, y)};
    case 'status':
      return {...response, status: pick(MORE_STATUSES, x), body: y % 2 ? body : Buffer.from('')};
    case 'header':
      return {...response, headers: {...headers, [pick(HEADERS, x)]: pick(TEXTS, y)}};
    case 'echo':
      return {status: pick([200, 400, 401, 403, 422, 500], x), headers, body: echoed(y)};
  }
}

function spoilBytes(body: Buffer, x: number, y: number): Buffer {
  const at = x % (body.length + 1);
  const [before, after] = [body.subarray(0, at), body.subarray(at)];
  switch (y % 4) {
    case 0:
      return before;
    case 1:
      return Buffer.concat([before, Buffer.from([(y >> 2) % 256]), after]);
    case 2:
      return Buffer.concat([before, after.subarray(1 + ((y >> 2) % 20))]);
    default:
      return Buffer.concat([before, Buffer.from([((y >> 2) % 256) ^ (after[0] ?? 0)]), after.subarray(1)]);
  }
}

/** Spoils one member of a name that there is, anywhere in the answer. */
function spoilMember(body: Buffer, x: number, y: number): Buffer {
  const json = parsed(body);
  const found: {holder: Record<string, unknown>; name: string}[] = [];
  const visit = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) return;
    for (const [name, member] of Object.entries(value)) {
      if (NAMES.includes(name)) found.push({holder: value as Record<string, unknown>, name});
      visit(member);
    }
  };
  visit(json);
  // The envelope's own members are few among those of its records.
  const own = found.filter(({holder}) => holder === json);
  const place = (x % 3 === 0 ? own : found)[Math.floor(x / 3) % ((x % 3 === 0 ? own : found).length || 1)];
  if (!place) return body;
  const {holder, name} = place;
  const value = holder[name];
  const how = y % 6;
  if (how === 0 || how === 1) delete holder[name];
  if (how === 1) holder[`${name}s`] = value;
  if (how === 2) holder[name] = {[name]: value};
  if (how === 3) holder[name] = pick(VALUES, Math.floor(y / 6));
  if (how === 4) holder[name] = Array.isArray(value) ? [...value, ...value] : [value];
  if (how !== 5) return Buffer.from(JSON.stringify(json));
  // A member that is there twice: parsers take the last.
  const text = JSON.stringify(json);
  const twice = `,${JSON.stringify(name)}:${JSON.stringify(pick(VALUES, Math.floor(y / 6)))}}`;
  return Buffer.from(text.replace(/\}$/, twice));
}

function echoed(y: number): Buffer {
  const echo = ['Bearer ', ''][y % 2] + TOKEN.slice(0, 8 + (y % 6));
  const bodies = [{errors: [{title: echo}]}, {data: [{[echo]: echo}]}, {data: [{id: echo}]}, echo];
  return Buffer.from(JSON.stringify(pick(bodies, y >> 3)));
}

/** `id updatedAt` of each record that an answer has, as far as it can be read. */
export function versionsIn(body: Buffer): string[] {
  const {data} = (parsed(body) ?? {}) as {data?: unknown};
  if (!Array.isArray(data)) return [];
  return (data as ({id?: unknown; attributes?: {updatedAt?: unknown} | null} | null)[]).map(
    (one) => `${String(one?.id)} ${String(one?.attributes?.updatedAt)}`,
  );
}

function parsed(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8')) as unknown;
  } catch {
    return undefined;
  }
}

function pick<T>(list: readonly T[], at: number): T {
  return list[at % list.length] as T;
}
