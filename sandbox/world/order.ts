import {hash} from './random';
import {lowerBound, type Row} from './row';

/** Rows from `from` up to `to` (not included) of a list that ascends by `key`. */
export interface Stretch {
  rows: readonly Row[];
  from: number;
  to: number;
  key: (row: Row) => number;
}

/**
 * `size` rows of the stretch from position `offset` on, ascending or descending by key. Rows of one key come in an
 * arbitrary order that depends on `salt` alone, so that nobody can rely on it.
 */
export function cutOut(
  stretch: Stretch,
  descending: boolean,
  offset: number,
  size: number,
  salt: number,
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
    const place = permutation(high - low, hash(salt, value));
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
