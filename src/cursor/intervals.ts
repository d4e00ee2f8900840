import type {Interval} from '../time';

/** Disjoint, ascending, and never touching: `[1,2]` and `[3,4]` are one, `[1,4]`. */
export type Intervals = readonly Interval[];

/** The union of a set of intervals and one more. */
export function add(set: Intervals, [from, to]: Interval): Intervals {
  if (from > to) return set;
  const before = set.filter((interval) => interval[1] < from - 1);
  const after = set.filter((interval) => interval[0] > to + 1);
  const touched = set.slice(before.length, set.length - after.length);
  const start = Math.min(from, touched[0]?.[0] ?? from);
  const end = Math.max(to, touched.at(-1)?.[1] ?? to);
  return [...before, [start, end], ...after];
}

/** What of the range is not in the set: what is still missing. */
export function subtract([from, to]: Interval, set: Intervals): Intervals {
  const missing: Interval[] = [];
  let start = from;
  for (const interval of set) {
    if (interval[1] < start) continue;
    if (interval[0] > to) break;
    if (interval[0] > start) missing.push([start, interval[0] - 1]);
    start = interval[1] + 1;
  }
  if (start <= to) missing.push([start, to]);
  return missing;
}

/** What lies in both sets. */
export function intersect(a: Intervals, b: Intervals): Intervals {
  return a.flatMap(([from, to]) =>
    b
      .map((other): Interval => [Math.max(from, other[0]), Math.min(to, other[1])])
      .filter((both) => both[0] <= both[1]),
  );
}

/** What of a set is not in another. */
export function without(set: Intervals, other: Intervals): Intervals {
  return set.flatMap((interval) => subtract(interval, other));
}
