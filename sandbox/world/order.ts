import {hash} from './random';
import {lowerBound, type Row} from './row';

/** Rows from `from` up to `to` (not included) of a list that ascends by `key`. */
export interface Stretch {
  rows: readonly Row[];
  from: number;
  to: number;
  key: (row: Row) => number;
}

/** How rows of one key are arranged: for a number of rows and their key, which of them comes at a position. */
export type Arrangement = (count: number, key: number) => (position: number) => number;

/** In an order that depends on `salt` alone, so that nobody can rely on it. */
export function shuffled(salt: number): Arrangement {
  return (count, key) => permutation(count, hash(salt, key));
}

/** The last first. */
export const REVERSED: Arrangement = (count) => (position) => count - 1 - position;

/** `size` rows of the stretch from position `offset` on, ascending or descending by key. */
export function cutOut(
  stretch: Stretch,
  {
    descending,
    offset,
    size,
    arrange,
  }: {descending: boolean; offset: number; size: number; arrange: Arrangement},
): Row[] {
  const {rows, from, to, key} = stretch;
  const end = Math.min(offset + size, to - from);
  const chosen: Row[] = [];
  let position = offset;
  while (position < end) {
    const value = key(rows[descending ? to - 1 - position : from + position] as Row);
    const low = lowerBound(from, to, (at) => key(rows[at] as Row) >= value);
    const high = lowerBound(low, to, (at) => key(rows[at] as Row) > value);
    const groupStart = descending ? to - high : low - from;
    const place = arrange(high - low, value);
    for (; position < end && position < groupStart + (high - low); position++) {
      chosen.push(rows[low + place(position - groupStart)] as Row);
    }
  }
  return chosen;
}

/** A one-to-one shuffle of 0..count-1 that needs no memory: position times a number that has no factor in common. */
function permutation(count: number, seed: number): (position: number) => number {
  let stride = 1 + (seed % count);
  while (greatestDivisor(stride, count) !== 1) {
    stride++;
  }
  const start = hash(seed) % count;
  return (position) => (position * stride + start) % count;
}

function greatestDivisor(left: number, right: number): number {
  return right === 0 ? left : greatestDivisor(right, left % right);
}
