import type {TrueRow} from './sandbox';
import {layOut} from './table';
import type {StreamTally} from './tally';

/** What came of one stream, beside what should have come. */
export interface Comparison {
  readonly stream: string;
  readonly read: number;
  readonly due: number;
  readonly missing: number;
  readonly duplicate: number;
  /** An id or version that is not true, or was not asked for. */
  readonly untrue: number;
  readonly requests: number;
  readonly seconds: number;
}

/** Compares one stream. A true row counts as delivered only if its id came with its very `updated_at`. */
export function compare(
  stream: string,
  tally: StreamTally,
  truth: readonly TrueRow[],
  requests: number,
): Comparison {
  const missing = truth.filter(({id, updatedAt}) => !tally.versions.get(id)?.has(updatedAt)).length;
  let distinct = 0;
  for (const versions of tally.versions.values()) distinct += versions.size;
  return {
    stream,
    read: tally.rows,
    due: truth.length,
    missing,
    duplicate: tally.rows - distinct,
    untrue: distinct - (truth.length - missing),
    requests,
    seconds: (tally.ended - tally.started) / 1000,
  };
}

/** Whether the newest row of each id, over all reads, is the truth: a table in which Airbyte keeps one row per id. */
export function isTable(reads: readonly StreamTally[], truth: readonly TrueRow[]): boolean {
  const table = new Map<string, number>();
  for (const {versions} of reads) {
    for (const [id, times] of versions) table.set(id, Math.max(table.get(id) ?? 0, ...times));
  }
  return table.size === truth.length && truth.every(({id, updatedAt}) => table.get(id) === updatedAt);
}

/** What is wrong with a stream, in sentences. */
export function problemsOf({stream, missing, duplicate, untrue}: Comparison): string[] {
  const counts = {'are missing': missing, 'came twice': duplicate, 'came that should not': untrue};
  return Object.entries(counts)
    .filter(([, number]) => number !== 0)
    .map(([what, number]) => `${stream}: ${number} rows ${what}`);
}

/** The table of a read, with a line for all streams together: those are read at once, so the longest says how long it took. */
export function tableOf(comparisons: readonly Comparison[]): string {
  const sum = (of: (comparison: Comparison) => number): number =>
    comparisons.reduce((all, each) => all + of(each), 0);
  const total: Comparison = {
    stream: 'all',
    read: sum(({read}) => read),
    due: sum(({due}) => due),
    missing: sum(({missing}) => missing),
    duplicate: sum(({duplicate}) => duplicate),
    untrue: sum(({untrue}) => untrue),
    requests: sum(({requests}) => requests),
    seconds: Math.max(...comparisons.map(({seconds}) => seconds)),
  };
  return layOut(
    ['stream', 'rows read', 'rows true', 'missing', 'duplicate', 'requests', 'seconds'],
    [...comparisons, total].map(({stream, read, due, missing, duplicate, requests, seconds}) => [
      stream,
      read,
      due,
      missing,
      duplicate,
      requests,
      seconds,
    ]),
  );
}
