import {count} from './table';
import type {StreamTally} from './tally';

/** Where progress is shown. */
export interface Screen {
  readonly isTTY?: boolean;
  write(text: string): unknown;
}

const BAR = 20;
/** Between two drawings: ms. */
const REDRAW = 100;
const NEXT_LINE = 5_000;

/** Shows how a read fares: a bar per stream where there is a terminal, a line now and then where there is none. */
export class Progress {
  private drawn = false;
  private last: number;
  private readonly said = new Set<string>();

  constructor(
    private readonly streams: ReadonlyMap<string, StreamTally>,
    private readonly screen: Screen,
    private readonly now: () => number,
  ) {
    this.last = now();
  }

  /** To be called after each message. */
  update(): void {
    if (!this.screen.isTTY) this.say();
    else if (this.now() - this.last >= REDRAW) this.draw();
  }

  /** Shows the end. */
  finish(): void {
    if (this.screen.isTTY) this.draw();
    else this.say();
  }

  private draw(): void {
    this.last = this.now();
    const up = this.drawn ? `\x1b[${this.streams.size}A` : '';
    const lines = [...this.streams].map(([name, stream]) => `\x1b[2K${barOf(name, stream)}\n`);
    this.screen.write(up + lines.join(''));
    this.drawn = true;
  }

  private say(): void {
    for (const [name, stream] of this.streams) {
      if (!stream.isOver || this.said.has(name)) continue;
      this.said.add(name);
      this.screen.write(`  ${name.padEnd(13)} ${wordsOf(stream)}\n`);
    }
    if (this.now() - this.last < NEXT_LINE) return;
    this.last = this.now();
    const all = [...this.streams.values()];
    const rows = all.reduce((sum, stream) => sum + stream.rows, 0);
    const estimate = all.reduce((sum, stream) => sum + Math.max(stream.estimate ?? 0, stream.rows), 0);
    this.screen.write(
      `  ${'all streams'.padEnd(13)} ${count(rows)} rows so far, of about ${count(estimate)}\n`,
    );
  }
}

function barOf(name: string, stream: StreamTally): string {
  const full = stream.isOver ? 1 : Math.min(0.99, stream.rows / (stream.estimate || Infinity));
  const filled = Math.round(full * BAR);
  return `  ${name.padEnd(13)} ${'█'.repeat(filled)}${'░'.repeat(BAR - filled)} ${wordsOf(stream)}`;
}

function wordsOf({rows, estimate, statuses, isOver, waiting, started, ended}: StreamTally): string {
  if (isOver) return `${count(rows)} rows, ${statuses.at(-1)} after ${count((ended - started) / 1000)} s`;
  const of = estimate === undefined ? '' : ` of about ${count(estimate)}`;
  return `${count(rows)}${of} rows${waiting ? ', waiting' : ''}`;
}
