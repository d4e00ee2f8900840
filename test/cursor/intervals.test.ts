import fc from 'fast-check';
import {type Intervals, add, intersect, subtract} from '../../src/cursor/intervals';
import type {Interval} from '../../src/time';

/** So small that intervals often meet, touch and lie within each other. */
const HIGHEST = 30;
const interval = fc
  .tuple(fc.nat(HIGHEST), fc.nat(HIGHEST))
  .map(([a, b]): Interval => [Math.min(a, b), Math.max(a, b)]);
const intervals = fc.array(interval, {maxLength: 6}).map((list) => list.reduce<Intervals>(add, []));

/** The naive model: a set of whole numbers. */
function numbersOf(set: Intervals): number[] {
  return set.flatMap(([from, to]) => Array.from({length: to - from + 1}, (_, at) => from + at));
}

function sorted(numbers: Iterable<number>): number[] {
  return [...new Set(numbers)].sort((a, b) => a - b);
}

/** Disjoint, ascending and never touching. */
function expectNormal(set: Intervals): void {
  set.forEach(([from, to], at) => {
    expect(from).toBeLessThanOrEqual(to);
    const next = set[at + 1];
    if (next) expect(next[0]).toBeGreaterThan(to + 1);
  });
}

describe('intervals', () => {
  test('add is the union, in normal form', () => {
    fc.assert(
      fc.property(intervals, interval, (set, one) => {
        const united = add(set, one);
        expect(numbersOf(united)).toEqual(sorted([...numbersOf(set), ...numbersOf([one])]));
        expectNormal(united);
      }),
    );
  });

  test('the order of adding does not matter', () => {
    fc.assert(
      fc.property(fc.array(interval), (list) => {
        expect([...list].reverse().reduce<Intervals>(add, [])).toEqual(list.reduce<Intervals>(add, []));
      }),
    );
  });

  test('adding what is empty changes nothing, and nothing is changed in place', () => {
    fc.assert(
      fc.property(intervals, interval, (set, [from, to]) => {
        const before = structuredClone(set);
        expect(add(set, [to + 1, from])).toEqual(set);
        add(set, [from, to]);
        expect(set).toEqual(before);
      }),
    );
  });

  test('subtract is what is missing, in normal form', () => {
    fc.assert(
      fc.property(interval, intervals, (range, set) => {
        const missing = subtract(range, set);
        const done = new Set(numbersOf(set));
        expect(numbersOf(missing)).toEqual(numbersOf([range]).filter((number) => !done.has(number)));
        expectNormal(missing);
      }),
    );
  });

  test('nothing is missing from an empty range', () => {
    expect(subtract([5, 4], [])).toEqual([]);
    expect(subtract([5, 4], [[1, 9]])).toEqual([]);
  });

  test('intersect is what lies in both, in normal form', () => {
    fc.assert(
      fc.property(intervals, intervals, (a, b) => {
        const inB = new Set(numbersOf(b));
        const both = intersect(a, b);
        expect(numbersOf(both)).toEqual(numbersOf(a).filter((number) => inB.has(number)));
        expectNormal(both);
      }),
    );
  });

  test('what is done and what is missing make up the range', () => {
    fc.assert(
      fc.property(interval, intervals, (range, set) => {
        const whole = [...subtract(range, set), ...intersect(set, [range])].reduce<Intervals>(add, []);
        expect(whole).toEqual([range]);
      }),
    );
  });

  test('instants may be as far apart as time goes', () => {
    expect(subtract([-8.64e15, 8.64e15], [[0, 0]])).toEqual([
      [-8.64e15, -1],
      [1, 8.64e15],
    ]);
  });
});
