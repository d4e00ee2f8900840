import {type Comparison, compare, isTable} from './compare';
import type {State} from './messages';
import type {Sandbox, TrueRow} from './sandbox';
import type {Tally} from './tally';

/** How far before its cursor an incremental read starts; the connector's default: ms. */
const LOOKBACK = 10 * 60_000;

/** Compares what was read with what is true. */
export class Judge {
  constructor(private readonly sandbox: Sandbox) {}

  /** Compares one read, stream by stream. `before` are the states that it was given. */
  async compare(tally: Tally, before: readonly State[]): Promise<Comparison[]> {
    const requests = await this.sandbox.requests();
    return Promise.all(
      [...tally.streams].map(async ([name, stream]) => {
        const state = before.find(({stream: {stream_descriptor: descriptor}}) => descriptor.name === name);
        const since = state
          ? Date.parse(String(state.stream.stream_state['updated_at'])) - LOOKBACK
          : -Infinity;
        const due = (await this.truth(name)).filter(({updatedAt}) => updatedAt >= since);
        return compare(name, stream, due, requests.get(name) ?? 0);
      }),
    );
  }

  /** The streams in which the reads together do not make the true table, and how many rows there are in all. */
  async tables(reads: readonly Tally[]): Promise<{readonly rows: number; readonly wrong: readonly string[]}> {
    const wrong: string[] = [];
    let rows = 0;
    for (const name of reads[0]?.streams.keys() ?? []) {
      const truth = await this.truth(name);
      rows += truth.length;
      if (
        !isTable(
          reads.flatMap(({streams}) => streams.get(name) ?? []),
          truth,
        )
      ) {
        wrong.push(name);
      }
    }
    return {rows, wrong};
  }

  private truth(name: string): Promise<TrueRow[]> {
    return this.sandbox.truth(name);
  }
}
