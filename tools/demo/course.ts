import type {StreamTally} from './tally';

/** How many rows of each stream had come at one moment. */
export interface Sample {
  /** Epoch ms. */
  readonly at: number;
  readonly rows: ReadonlyMap<string, number>;
}

/** Between two samples: ms. */
const EVERY_MS = 200;

/** How a read went on: rows per stream over time. */
export class Course {
  readonly samples: Sample[] = [];

  constructor(
    private readonly streams: ReadonlyMap<string, StreamTally>,
    private readonly now: () => number,
  ) {
    this.take();
  }

  /** To be called after each message. */
  update(): void {
    const last = this.samples.at(-1);
    if (!last || this.now() - last.at >= EVERY_MS) this.take();
  }

  /** To be called at the end. */
  finish(): void {
    this.take();
  }

  private take(): void {
    const rows = new Map(Array.from(this.streams, ([name, stream]) => [name, stream.rows]));
    this.samples.push({at: this.now(), rows});
  }
}
