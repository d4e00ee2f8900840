import {type Parts, takeApart} from './members';

/** So much of an answer is read before others get their turn, some 5 ms: bytes. */
const STRETCH = 1 << 18;

/** The answer came whole but cannot be used (partial, not the shape it should have): asked again. */
export class UnusableAnswer extends Error {}

/** An answer whose list of records is read one by one. */
export interface Opened {
  /** All but the records: members that are left in its `data` are not read again. */
  readonly around: unknown;
  /** Parses the members of `data` one after the other, each gone before the next comes. @throws UnusableAnswer, and what `take` throws */
  read(take: (member: unknown) => void): Promise<void>;
}

/** What Kustomer said, as bytes: no more of it is understood at a time than is needed. Good until the next one is unpacked. */
export class Answer {
  /** @param turn awaited now and then, so that others get their turn */
  constructor(
    private readonly body: Buffer,
    private readonly turn: () => Promise<void>,
  ) {}

  /** All of it, parsed. @throws UnusableAnswer */
  json(): unknown {
    return parse(this.body.toString('utf8'));
  }

  /** What is around the members of its list `data`, parsed, and these still to be read. @throws UnusableAnswer */
  open(): Opened {
    const parts = takeApart(this.body);
    if (!parts) return {around: this.json(), read: () => Promise.resolve()};
    return {around: parse(parts.around), read: (take) => this.read(parts.members, take)};
  }

  private async read(members: Parts['members'], take: (member: unknown) => void): Promise<void> {
    let rested = 0;
    for (const [from, to] of members) {
      if (to - rested > STRETCH) {
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
    throw new UnusableAnswer(`the body is no JSON: ${JSON.stringify(text.slice(0, 60))}`);
  }
}
