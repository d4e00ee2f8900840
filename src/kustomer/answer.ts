import {takeApart} from './members';

/** So much of an answer is read before others get their turn, some 5 ms: bytes. */
const STRETCH = 1 << 18;

/** The answer came whole but cannot be used (partial, not the shape it should have): asked again. */
export class UnusableAnswer extends Error {}

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

  /**
   * Parses the members of its list `data` one after the other, each gone before the next comes.
   * @returns all else, parsed: what is left in `data` was not taken
   * @throws UnusableAnswer, and what `take` throws
   */
  async read(take: (member: unknown) => void): Promise<unknown> {
    const parts = takeApart(this.body);
    if (!parts) return this.json();
    const around = parse(parts.around);
    let rested = 0;
    for (const [from, to] of parts.members) {
      if (to - rested > STRETCH) {
        await this.turn();
        rested = from;
      }
      take(parse(this.body.toString('utf8', from, to)));
    }
    return around;
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new UnusableAnswer(`the body is no JSON: ${JSON.stringify(text.slice(0, 60))}`);
  }
}
