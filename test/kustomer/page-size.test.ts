import fc from 'fast-check';
import {PageSize, SMALLEST_PAGE} from '../../src/kustomer/page-size';
import type {Failure} from '../../src/http/failure';

const REFUSED: Failure = {kind: 'status', status: 400, text: '', headers: {}};
const TOO_LARGE: Failure = {...REFUSED, status: 413};
const BROKEN: Failure = {...REFUSED, status: 502};
const LATE: Failure = {kind: 'timeout', text: '', headers: {}};
const CUT: Failure = {kind: 'unreadable', text: '', headers: {}};
const OTHERS: readonly Failure[] = [
  {kind: 'network', text: '', headers: {}},
  ...[401, 403, 404, 408, 425, 429].map((status) => ({...REFUSED, status})),
];

function sizesOf(size: PageSize, failures: readonly [Failure, number][]): number[] {
  return failures.map(([failure, tries]) => {
    size.failed(failure, tries, size.now);
    return size.now;
  });
}

describe('PageSize', () => {
  test('begins with what the config says', () => expect(new PageSize(500).now).toBe(500));

  test.each([REFUSED, TOO_LARGE])(
    'is halved at once when it is refused, down to 25, and no further',
    (refusal) => {
      const sizes = sizesOf(new PageSize(500), Array<[Failure, number]>(7).fill([refusal, 1]));
      expect(sizes).toEqual([250, 125, 62, 31, 25, 25, 25]);
    },
  );

  test.each([BROKEN, LATE, CUT])(
    'is halved for the second failure of a request that a smaller page may cure',
    (failure) => {
      expect(
        sizesOf(new PageSize(500), [
          [failure, 1],
          [failure, 2],
          [failure, 3],
        ]),
      ).toEqual([500, 250, 125]);
    },
  );

  test('says whether it has changed', () => {
    const size = new PageSize(50);
    expect(size.failed(REFUSED, 1, size.now)).toBe(true);
    expect(size.failed(REFUSED, 1, size.now)).toBe(false);
  });

  test('is halved once by requests that fail side by side', () => {
    const size = new PageSize(500);
    expect([1, 2, 3].map(() => size.failed(REFUSED, 1, 500))).toEqual([true, true, true]);
    expect(size.now).toBe(250);
    expect(size.failed(REFUSED, 1, 250)).toBe(true);
    expect(size.now).toBe(125);
  });

  test('has nothing to do with any other failure', () => {
    for (const failure of OTHERS) {
      const size = new PageSize(500);
      expect(size.failed(failure, 9, size.now)).toBe(false);
      expect(size.now).toBe(500);
    }
  });

  test('a size smaller than 25 is left as it was wished', () => {
    fc.assert(
      fc.property(fc.integer({min: 1, max: SMALLEST_PAGE}), (wish) => {
        const size = new PageSize(wish);
        expect(size.failed(REFUSED, 1, size.now)).toBe(false);
        expect(size.now).toBe(wish);
      }),
    );
  });

  test('grows again after a while of good answers when it could not be served, up to the wish', () => {
    const size = new PageSize(500);
    sizesOf(size, [
      [BROKEN, 2],
      [BROKEN, 2],
    ]);
    for (let page = 0; page < 49; page++) size.came(125);
    expect(size.now).toBe(125);
    size.came(125);
    expect(size.now).toBe(250);
    for (let page = 0; page < 500; page++) size.came(250);
    expect(size.now).toBe(500);
  });

  test('never grows to a size that was refused', () => {
    const size = new PageSize(500);
    size.failed(REFUSED, 1, size.now);
    size.failed(BROKEN, 2, size.now);
    for (let page = 0; page < 1000; page++) size.came(100);
    expect(size.now).toBe(250);
  });

  test('whatever happens, it stays between 25 (or a smaller wish) and the wish', () => {
    const step = fc.oneof(fc.nat(600), fc.constantFrom(...OTHERS, REFUSED, TOO_LARGE, BROKEN, LATE, CUT));
    fc.assert(
      fc.property(fc.integer({min: 1, max: 500}), fc.array(step, {maxLength: 300}), (wish, steps) => {
        const size = new PageSize(wish);
        for (const one of steps) {
          if (typeof one === 'number') size.came(one);
          else size.failed(one, 2, size.now);
          expect(size.now).toBeLessThanOrEqual(wish);
          expect(size.now).toBeGreaterThanOrEqual(Math.min(wish, SMALLEST_PAGE));
          expect(Number.isInteger(size.now)).toBe(true);
        }
      }),
    );
  });

  test('a page is full when it holds as many as any did, or as were asked for', () => {
    const size = new PageSize(500);
    size.came(70);
    size.came(100);
    size.came(3);
    expect(size.full).toBe(100);
    size.failed(REFUSED, 1, size.now);
    expect(size.full).toBe(100);
    sizesOf(size, [
      [REFUSED, 1],
      [REFUSED, 1],
    ]);
    expect(size.full).toBe(62);
  });

  test('is back at the wish when it was not to blame', () => {
    const size = new PageSize(500);
    sizesOf(size, [
      [REFUSED, 1],
      [REFUSED, 1],
    ]);
    size.reset(500);
    expect(size.now).toBe(500);
  });
});
