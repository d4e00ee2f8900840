import type {Interval} from '../time';
import type {FoundRecord, Page} from './page';

/** A record and where it stands in the order of its page. */
export interface Placed<T> {
  readonly record: FoundRecord<T>;
  /** Epoch ms: its own instant, or that of the record before it where its own says something else than the order does. */
  readonly place: number;
  /** The place is its own instant. */
  readonly isInPlace: boolean;
}

export interface Placement<T> {
  readonly placed: readonly Placed<T>[];
  /** Records whose instant contradicts the order, less those that are newer than all that was asked for. */
  readonly displaced: number;
  /** They are so many that the page cannot be called sorted. */
  readonly isBroken: boolean;
  /** It is sorted to the second, but not within it. */
  readonly isCoarse: boolean;
}

/** What a filter that is exact to the second lets through below its bound: ms. */
export const COARSE_MS = 1000;
/** From this many records on, a page is sorted if half of it is. */
const MIN_JUDGED = 10;

/**
 * Finds the place of each record of a page that was asked for in ascending order. The index that sorts and the store that the
 * bodies come from may disagree: a body can be newer (or older) than the place where the index has it, or have no usable
 * instant at all. So the longest ascending run gives the order, and what contradicts it is placed between its neighbours: it
 * is delivered, and moves no cursor.
 * @param asked what the page was asked for: epoch ms
 */
export function placeRecords<T>(
  page: Page<T>,
  instantOf: (record: FoundRecord<T>) => number | undefined,
  [from, to]: Interval,
): Placement<T> {
  const {records} = page;
  const instants = records.map(instantOf);
  const isIn = (instant: number | undefined): instant is number =>
    instant !== undefined && instant >= from - COARSE_MS && instant <= to;
  const run = longestRun(instants, isIn);
  const within = instants.filter(isIn);
  const isCoarse = run.size < within.length && isSortedToTheSecond(within);
  let before = from;
  const placed = records.map((record, at) => {
    const instant = instants[at];
    const isInPlace = isCoarse ? isIn(instant) : run.has(at);
    if (isInPlace && instant !== undefined) before = isCoarse ? toSecond(instant) : instant;
    return {record, place: before, isInPlace};
  });
  const newer = instants.filter((instant) => instant !== undefined && instant > to).length;
  const displaced = records.length - newer - (isCoarse ? within.length : run.size);
  return {placed, displaced, isBroken: isBroken(page, displaced, newer), isCoarse};
}

/** The beginning of an instant's second: epoch ms. */
export function toSecond(instant: number): number {
  return Math.floor(instant / COARSE_MS) * COARSE_MS;
}

/** The last instant of an instant's second: epoch ms. */
export function lastOfSecond(instant: number): number {
  return toSecond(instant) + COARSE_MS - 1;
}

/** A page that was cut must be sorted: what was cut off must lie behind what it shows. One that shows all there is need not be. */
function isBroken(page: Page<unknown>, displaced: number, newer: number): boolean {
  const {length} = page.records;
  if (page.total !== undefined && page.total.count <= length) return false;
  if (length < MIN_JUDGED) return displaced > Math.floor(length / 3);
  return displaced > length / 2 || newer > length / 2;
}

/** Positions of the longest run of instants that ascend (or stay), of those that count. */
function longestRun(
  instants: readonly (number | undefined)[],
  counts: (instant: number | undefined) => instant is number,
): ReadonlySet<number> {
  // tails[n]: position of the smallest instant that ends a run of n + 1.
  const tails: number[] = [];
  const previous = new Map<number, number | undefined>();
  const at = (position: number | undefined): number => instants[position ?? -1] ?? -Infinity;
  instants.forEach((instant, position) => {
    if (!counts(instant)) return;
    let low = 0;
    let high = tails.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (at(tails[middle]) <= instant) low = middle + 1;
      else high = middle;
    }
    previous.set(position, tails[low - 1]);
    tails[low] = position;
  });
  const run = new Set<number>();
  for (let position = tails.at(-1); position !== undefined; position = previous.get(position)) {
    run.add(position);
  }
  return run;
}

function isSortedToTheSecond(instants: readonly number[]): boolean {
  return instants.every((instant, at) => at === 0 || toSecond(instants[at - 1] ?? 0) <= toSecond(instant));
}
