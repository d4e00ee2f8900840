import {parseJson} from '../../json';
import {type ArrayParts, splitArray} from './json-array';

/** Other work gets a chance after each 256 kB of a response, some 5 ms. */
const YIELD_EVERY_BYTES = 1 << 18;
/** Characters of an HTML page that are shown: enough for a title such as "Bad gateway". */
const HTML_EXCERPT = 100;
const BYTE_ORDER_MARK = Buffer.from([0xef, 0xbb, 0xbf]);
/** The bytes that UTF-16 begins with, in either order (Unicode, 2.6). */
const UTF_16 = /^(fffe|feff|7b00|007b|5b00|005b)/;

/** The response came whole but cannot be used (partial, or of an unexpected shape): the request is made again. */
export class UnusableResponseError extends Error {}

/** One of the records, not parsed yet. */
export interface Member {
  /** JSON text in UTF-8, as it came; valid until the next body is decompressed. */
  readonly bytes: Buffer;
  /** @throws UnusableResponseError */
  parse(): unknown;
}

/** A body whose list of records is read one by one. */
export interface OpenedBody {
  /** Everything but the records, with an empty list as `data`. */
  readonly envelope: unknown;
  /** Hands out the members of `data` one after the other; each can be collected before the next. @throws what `take` throws */
  read(take: (member: Member) => void): Promise<void>;
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

  /** Parses everything but the members of the list `data`, which can be read from what is returned. @throws UnusableResponseError */
  open(): OpenedBody {
    const parts = splitArray(this.bytes);
    if (!parts) return {envelope: this.json(), read: () => Promise.resolve()};
    return {envelope: this.parse(parts.envelope), read: (take) => this.read(parts.members, take)};
  }

  private async read(members: ArrayParts['members'], take: (member: Member) => void): Promise<void> {
    let yieldedAt = 0;
    for (const [from, to] of members) {
      if (to - yieldedAt > YIELD_EVERY_BYTES) {
        await this.backpressure();
        yieldedAt = from;
      }
      const bytes = this.bytes.subarray(from, to);
      take({bytes, parse: () => this.parse(bytes.toString('utf8'))});
    }
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
