import {type ArrayParts, splitArray} from './json-array';

/** So much of an answer is read before others get their turn, some 5 ms: bytes. */
const YIELD_EVERY_BYTES = 1 << 18;

/** The answer came whole but cannot be used (partial, not the shape it should have): asked again. */
export class UnusableResponseError extends Error {}

/** An answer whose list of records is read one by one. */
export interface OpenedBody {
  /** All but the records: members that are left in its `data` are not read again. */
  readonly envelope: unknown;
  /** Parses the members of `data` one after the other, each gone before the next comes. @throws UnusableAnswer, and what `take` throws */
  read(take: (member: unknown) => void): Promise<void>;
}

/** What Kustomer said, as bytes: no more of it is understood at a time than is needed. Good until the next one is unpacked. */
export class ResponseBody {
  /** @param turn awaited now and then, so that others get their turn; @param status 200 to 299 */
  constructor(
    private readonly body: Buffer,
    private readonly turn: () => Promise<void>,
    readonly status = 200,
  ) {}

  /** All of it, parsed. @throws UnusableAnswer */
  json(): unknown {
    return parse(this.body.toString('utf8'));
  }

  /** What is around the members of its list `data`, parsed, and these still to be read. @throws UnusableAnswer */
  open(): OpenedBody {
    const parts = splitArray(this.body);
    if (!parts) return {envelope: this.json(), read: () => Promise.resolve()};
    return {envelope: parse(parts.envelope), read: (take) => this.read(parts.members, take)};
  }

  private async read(members: ArrayParts['members'], take: (member: unknown) => void): Promise<void> {
    let rested = 0;
    for (const [from, to] of members) {
      if (to - rested > YIELD_EVERY_BYTES) {
        await this.turn();
        rested = from;
      }
      take(parse(this.body.toString('utf8', from, to)));
    }
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new UnusableResponseError(`the body is no JSON: ${JSON.stringify(text.slice(0, 60))}`);
  }
}
