import {isObject} from '../../sandbox/world/json';
import type {HttpRequest, HttpResponse, Transport} from '../../src/http/call';

type Roll = (n: number) => number;

const STATUSES = [204, 206, 301, 400, 401, 403, 404, 409, 418, 422, 429, 500, 502, 503];
/** What stands in the place of a value; never a usable id, which would only be another record. */
const VALUES: readonly unknown[] = [null, true, '', [], {}, [null], {a: {b: 1}}, -1, 1e21, 'x'.repeat(3000)];
const UNUSABLE_IDS: readonly unknown[] = [null, true, '', [], {}];
const HEADERS: readonly Record<string, string>[] = [
  {'content-encoding': 'gzip'},
  {'content-encoding': 'nonsense'},
  {'content-type': 'text/html'},
  {'x-ratelimit-limit': 'many', 'x-ratelimit-remaining': '-3', 'x-ratelimit-reset': 'soon'},
  {'x-ratelimit-limit': '0', 'x-ratelimit-remaining': '1e9'},
  {'retry-after': 'never'},
  {'content-length': '7'},
];

/** Changes answers at random on their way. */
export class SpoilingTransport implements Transport {
  /** Answers that were changed. */
  spoilt = 0;
  /** Ids that changed bytes may have made into others. */
  readonly tainted = new Set<string>();

  /** @param oneIn so many answers, one is spoilt; @param secret is echoed in some of them */
  constructor(
    private readonly inner: Transport,
    private readonly roll: Roll,
    private readonly oneIn: number,
    private readonly secret: string,
  ) {}

  async send(request: HttpRequest): Promise<HttpResponse> {
    const response = await this.inner.send(request);
    if (this.roll(this.oneIn) > 0) return response;
    this.spoilt += 1;
    return this.spoil(response);
  }

  private spoil(response: HttpResponse): HttpResponse {
    const {roll} = this;
    const text = response.body.toString('utf8');
    switch (roll(8)) {
      case 0:
        return {...response, body: this.changedBytes(response.body)};
      case 1:
        return {...response, body: response.body.subarray(0, roll(response.body.length + 1))};
      case 2:
        return {...response, headers: {...response.headers, ...HEADERS[roll(HEADERS.length)]}};
      case 3:
        return {...response, status: STATUSES[roll(STATUSES.length)] as number};
      case 4:
        return {...response, ...this.echo()};
      default:
        return {...response, body: Buffer.from(this.changedJson(text))};
    }
  }

  private changedBytes(body: Buffer): Buffer {
    const {roll} = this;
    for (const [, id] of body.toString('utf8').matchAll(/"id":"([^"]*)"/g)) this.tainted.add(id as string);
    const changed = Buffer.from(body);
    for (let count = 1 + roll(4); count > 0 && changed.length > 0; count--)
      changed[roll(changed.length)] = roll(256);
    return changed;
  }

  private changedJson(text: string): string {
    const json = JSON.parse(text === '' ? '{}' : text) as unknown;
    const places = containersOf(json);
    this.change(places[this.roll(places.length)]);
    return JSON.stringify(json);
  }

  /** Drops a member, doubles it, or puts something else in its place. */
  private change(container: unknown): void {
    const {roll} = this;
    if (Array.isArray(container)) {
      const at = roll(container.length + 1);
      const [there] = container.splice(at, 1);
      const kind = roll(3);
      if (kind === 0) container.splice(at, 0, there, there);
      if (kind === 1 && !isObject(there)) container.splice(at, 0, VALUES[roll(VALUES.length)]);
      return;
    }
    if (!isObject(container)) return;
    const names = Object.keys(container);
    const name = names[roll(names.length)];
    if (name === undefined) return;
    const values = name === 'id' ? UNUSABLE_IDS : VALUES;
    if (roll(2) === 0) delete container[name];
    else container[name] = values[roll(values.length)] as never;
  }

  private echo(): Partial<HttpResponse> {
    const title = `${'?'.repeat(this.roll(500))}Authorization: Bearer ${this.secret}`;
    const isHtml = this.roll(2) === 0;
    const body = isHtml ? `<html>${title}</html>` : JSON.stringify({errors: [{title, detail: title}]});
    return {status: isHtml ? 200 : (STATUSES[this.roll(STATUSES.length)] as number), body: Buffer.from(body)};
  }
}

/** All lists and objects of a JSON value that have members. */
function containersOf(value: unknown): unknown[] {
  if (!isObject(value) && !Array.isArray(value)) return [];
  const members = Object.values(value);
  return [...(members.length > 0 ? [value] : []), ...members.flatMap(containersOf)];
}
