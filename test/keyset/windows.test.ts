import fc from 'fast-check';
import type {PageView} from '../../src/keyset/sort-key';
import {Window, Windows} from '../../src/keyset/windows';

const END = 10_000;
const SIZE = 10;

const LIMITS = {lastPage: 100, totalCap: 10_000};

/** A page of records at these instants, with a total or without. */
function pageOf(instants: readonly number[], total?: number, atLeast = false): PageView {
  const count = total === undefined ? undefined : {count: total, atLeast};
  return {first: instants[0] ?? 0, last: instants.at(-1) ?? 0, records: instants.length, total: count};
}

function ten(from: number, step = 1): number[] {
  return Array.from({length: SIZE}, (_, at) => from + at * step);
}

/** A window of which so many records are known. */
function windowWith(known: number, atLeast = false): Window {
  const window = new Window(0, END);
  window.onPage(pageOf(ten(0), known + SIZE, atLeast), window.reach);
  return window;
}

describe('Window', () => {
  test('begins unread', () => {
    const window = new Window(5, 9);
    expect([window.from, window.cursor, window.to, window.reach, window.remaining, window.read]).toEqual([
      5, 5, 9, 1009, 0, 0,
    ]);
  });

  test('knows what is left by the total, and guesses beyond what a total can count', () => {
    expect(windowWith(500).remaining).toBe(500);
    // Ten records in nine instants: about 11,100 in all that is left.
    expect(windowWith(9_990, true).remaining).toBeGreaterThan(11_000);
    const sparse = new Window(0, END);
    sparse.onPage(pageOf(ten(0, 1000), 10_000, true), sparse.reach);
    expect(sparse.remaining).toBe(9_990);
  });

  test('where a part was asked for, what is known of the rest stands as long as the guess is several times as much', () => {
    const part = END / 2;
    const dense = windowWith(500, true);
    for (let page = 1; page <= 10; page++) dense.onPage(pageOf(ten(10 * page), 30), part);
    expect([dense.half(SIZE, LIMITS), dense.remaining > 11_000]).toEqual([50, true]);
    const thin = windowWith(200);
    thin.onPage(pageOf(ten(0), 30), part);
    expect([thin.half(SIZE, LIMITS), thin.remaining]).toEqual([10, 190]);
    thin.onPage(pageOf(ten(0), 500), part);
    expect(thin.remaining).toBe(490);
  });

  test('without a total takes a full page as a sign of more', () => {
    const window = new Window(0, END);
    window.onPage(pageOf(ten(0)), window.reach);
    expect(window.half(SIZE, LIMITS)).toBeDefined();
    window.onPage(pageOf([]), window.reach);
    expect(window.half(SIZE, LIMITS)).toBeUndefined();
  });

  test('gives away the later half of what is left, where there is enough of it', () => {
    expect(windowWith(200).half(SIZE, LIMITS)).toBe(11);
    expect(windowWith(190).half(SIZE, LIMITS)).toBe(10);
    expect(windowWith(189).half(SIZE, LIMITS)).toBeUndefined();
    expect(new Window(0, END).half(SIZE, LIMITS)).toBeUndefined();
  });

  test('is not asked twice at once, nor for what it does not have', () => {
    const window = windowWith(200);
    window.isSplitting = true;
    expect(window.half(SIZE, LIMITS)).toBeUndefined();
    const read = windowWith(200);
    read.cursor = END;
    expect(read.half(SIZE, LIMITS)).toBeUndefined();
  });

  test('never asks for a page or a record that Kustomer does not serve', () => {
    fc.assert(
      fc.property(fc.nat(1e7), fc.boolean(), fc.integer({min: 1, max: 500}), (known, atLeast, size) => {
        const page = windowWith(known, atLeast).half(size, LIMITS);
        if (page === undefined) return;
        expect(page).toBeGreaterThanOrEqual(1);
        expect(page).toBeLessThanOrEqual(100);
        expect(page * size).toBeLessThanOrEqual(10_000);
      }),
    );
  });

  test('is cut in two that are the whole', () => {
    const window = windowWith(100);
    const later = window.cut(4000, 50);
    expect([window.from, window.to, later.from, later.to]).toEqual([0, 4000, 4001, END]);
    expect([window.remaining, later.remaining]).toEqual([50, 0]);
  });

  test('asks a second past its end, and as far as the first record that is known there', () => {
    const window = windowWith(100);
    const later = window.cut(4000, 50);
    expect(window.reach).toBe(5000);
    later.onPage(pageOf(ten(4500), 50), later.reach);
    expect(window.reach).toBe(5000);
    const latest = later.cut(4600, 10);
    latest.onPage(pageOf(ten(7000), 50), latest.reach);
    expect([window.reach, later.reach, latest.reach]).toEqual([5000, 7000, END + 1000]);
  });

  test('does not count what was asked for before it was cut', () => {
    const window = windowWith(100);
    const before = window.reach;
    window.cut(4000, 40);
    window.onPage(pageOf(ten(20), 90), before);
    expect(window.remaining).toBe(30);
    window.onPage(pageOf(ten(40), 25), window.reach);
    expect(window.remaining).toBe(15);
  });

  test('whatever is cut and read: the parts are the whole, and no question skips what is unread', () => {
    const step = fc.record({
      which: fc.nat(20),
      at: fc.double({min: 0, max: 1, noNaN: true}),
      what: fc.constantFrom('cut', 'page', 'finish'),
    });
    fc.assert(
      fc.property(fc.array(step, {maxLength: 40}), (steps) => {
        const parts = [new Window(0, END)];
        const firsts = new Map<Window, number>();
        for (const {which, at, what} of steps) {
          const window = parts[which % parts.length] as Window;
          const instant = window.cursor + Math.floor(at * (window.to - window.cursor));
          if (window.cursor > window.to) continue;
          if (what === 'cut' && instant < window.to) {
            parts.splice(parts.indexOf(window) + 1, 0, window.cut(instant, 0));
          }
          if (what === 'finish') window.cursor = window.to + 1;
          if (what !== 'page') continue;
          window.onPage(pageOf([instant], 1), window.reach);
          if (!firsts.has(window)) firsts.set(window, instant);
          window.cursor = instant;
        }
        let end = -1;
        for (const window of parts) {
          expect(window.from).toBe(end + 1);
          end = window.to;
          expectNothingSkipped(window, parts, firsts);
        }
        expect(end).toBe(END);
      }),
    );
  });
});

/** Between the second after a window and where its questions reach, every later window is read, or begins with the record there. */
function expectNothingSkipped(
  window: Window,
  parts: readonly Window[],
  firsts: ReadonlyMap<Window, number>,
): void {
  expect(window.reach).toBeGreaterThanOrEqual(window.to);
  for (const later of parts.slice(parts.indexOf(window) + 1)) {
    if (later.from > window.reach || window.reach === window.to + 1000) return;
    const isRead = later.cursor > later.to;
    expect(isRead || firsts.get(later) === window.reach).toBe(true);
  }
}

describe('Windows', () => {
  test('gives each interval once, in order', () => {
    const windows = new Windows(
      [
        [1, 5],
        [9, 9],
      ],
      LIMITS,
    );
    expect(windows.hasWork(SIZE)).toBe(true);
    expect([windows.take(), windows.take()].map((window) => [window?.from, window?.to])).toEqual([
      [1, 5],
      [9, 9],
    ]);
    expect(windows.take()).toBeUndefined();
    expect(windows.hasWork(SIZE)).toBe(false);
  });

  test('of the open ones, splits the one with most left that can be split', () => {
    const windows = new Windows([], LIMITS);
    const [some, most, little] = [windowWith(200), windowWith(300), windowWith(20)];
    for (const window of [some, most, little]) windows.begin(window);
    expect(windows.remaining).toBe(520);
    expect(windows.largest(SIZE)).toBe(most);
    most.isSplitting = true;
    expect(windows.largest(SIZE)).toBe(some);
    windows.close(some);
    expect(windows.largest(SIZE)).toBeUndefined();
    expect(windows.remaining).toBe(320);
    expect(windows.hasWork(SIZE)).toBe(false);
    most.isSplitting = false;
    expect(windows.hasWork(SIZE)).toBe(true);
  });
});
