import {parseJson} from '../../json';
import {Byte, NO_END, endOfValue, skipSpaces} from '../../json-bytes';
import {findArray} from './json-array';

/** Other work gets a chance after each 256 kB of a response, some 5 ms. */
const YIELD_EVERY_BYTES = 1 << 18;
/** Characters of an HTML page that are shown: enough for a title such as "Bad gateway". */
const HTML_EXCERPT = 100;
const BYTE_ORDER_MARK = Buffer.from([0xef, 0xbb, 0xbf]);
/** The bytes that UTF-16 begins with, in either order (Unicode, 2.6). */
const UTF_16 = /^(fffe|feff|7b00|007b|5b00|005b)/;

/** The response came whole but cannot be used (partial, or of an unexpected shape): the request is made again. */
export class UnusableResponseError extends Error {}

/** Takes the records of a body, one after the other; each can be collected before the next. */
export interface TakeRecords {
  /**
   * Takes the record that begins at `at`, as it came.
   * @returns where it ends, as far as that is valid JSON; undefined where it has to be parsed
   */
  bytes?(body: Buffer, at: number): number | undefined;
  /** Takes one that is parsed. */
  parsed(record: unknown): void;
}

/** A decompressed response body, parsed only as far as it is needed. Valid until the next one is decompressed. */
export class ResponseBody {
  readonly status: number;
  private readonly contentType: string;
  private readonly bytes: Buffer;

  /**
   * @param bytes JSON in UTF-8, with or without a byte order mark
   * @param backpressure awaited after each 256 kB
   * @param about the status (200 to 299), and the Content-Type header for error messages
   */
  constructor(
    bytes: Buffer,
    private readonly backpressure: () => Promise<void>,
    {status = 200, contentType = ''}: {readonly status?: number; readonly contentType?: string} = {},
  ) {
    this.status = status;
    this.contentType = contentType;
    this.bytes = bytes.subarray(0, 3).equals(BYTE_ORDER_MARK) ? bytes.subarray(3) : bytes;
  }

  /** No bytes, or blanks only: a 204, for one. */
  get isEmpty(): boolean {
    return this.bytes.length < 100 && this.text().trim() === '';
  }

  text(): string {
    return this.bytes.toString('utf8');
  }

  /** The whole body, parsed. @throws UnusableResponseError */
  json(): unknown {
    try {
      return parseJson(this.text());
    } catch {
      throw new UnusableResponseError(this.problem());
    }
  }

  /**
   * Hands out the members of the list `data`, without parsing the rest before. They are valid only if all of it is: what was
   * taken counts for nothing where this throws.
   * @returns everything but those members, with an empty list in their place; all of it where there is no such list
   * @throws UnusableResponseError, and what `take` throws
   */
  async read(take: TakeRecords): Promise<unknown> {
    const {bytes} = this;
    const open = findArray(bytes);
    if (open === undefined) return this.json();
    let close = skipSpaces(bytes, open + 1);
    if (bytes[close] !== Byte.CloseList) close = await this.readMembers(open, take);
    return this.parse(`${bytes.toString('utf8', 0, open)}[]${bytes.toString('utf8', close + 1)}`);
  }

  /** @returns where the list ends: at its bracket */
  private async readMembers(open: number, take: TakeRecords): Promise<number> {
    const {bytes} = this;
    let yieldedAt = 0;
    let end = open;
    do {
      const at = skipSpaces(bytes, end + 1);
      if (at - yieldedAt > YIELD_EVERY_BYTES) {
        await this.backpressure();
        yieldedAt = at;
      }
      end = skipSpaces(bytes, take.bytes?.(bytes, at) ?? this.readMember(at, take));
    } while (bytes[end] === Byte.Comma);
    if (bytes[end] !== Byte.CloseList) throw new UnusableResponseError(this.problem());
    return end;
  }

  private readMember(at: number, take: TakeRecords): number {
    const end = endOfValue(this.bytes, at);
    if (end === NO_END) throw new UnusableResponseError(this.problem());
    take.parsed(this.parse(this.bytes.toString('utf8', at, end)));
    return end;
  }

  private parse(text: string): unknown {
    try {
      return parseJson(text);
    } catch {
      throw new UnusableResponseError(this.problem());
    }
  }

  /** Says what the body is instead of JSON. Only HTML is shown, and only its beginning: anything else may be a customer's record. */
  private problem(): string {
    if (this.isEmpty) return 'the body is empty';
    if (UTF_16.test(this.bytes.toString('hex', 0, 2))) return 'the body is UTF-16, not UTF-8';
    const what = [this.contentType || 'no content type', `${this.bytes.length} bytes`];
    const beginning = this.bytes.toString('utf8', 0, 1000).trim();
    if (beginning.startsWith('<')) what.push(beginning.replace(/\s+/g, ' ').slice(0, HTML_EXCERPT));
    return `the body is no JSON (${what.join(', ')})`;
  }
}
