import {FoundRecord, type Page} from '../../src/keyset/page';
import {type Placement, placeRecords, toSecond} from '../../src/keyset/places';
import {pageOf} from '../fakes/page-source';

/** Places records of these instants on a page that was cut, asked for from 0 to 10,000. All in seconds. */
function place(
  seconds: readonly (number | undefined)[],
  page: Partial<Page<string>> = {},
): Placement<string> & {places: number[]} {
  const records = seconds.map(
    (second, at) =>
      new FoundRecord(
        {id: `r${at}`, updatedAt: second === undefined ? undefined : second * 1000, createdAt: 0},
        '',
      ),
  );
  const cut = pageOf('', {records, capacity: records.length, total: undefined, ...page});
  const placement = placeRecords(cut, ({updatedAt}) => updatedAt, [0, 10_000_000]);
  return {...placement, places: placement.placed.map((one) => one.place / 1000)};
}

describe('the longest ascending run gives the order', () => {
  test.each<[string, (number | undefined)[], number[], number]>([
    ['sorted records stand where they say', [1, 2, 2, 9], [1, 2, 2, 9], 0],
    ['a body newer than its place stands behind the record before it', [1, 900, 3, 4], [1, 1, 3, 4], 1],
    ['one older than its place does too', [2000, 3000, 5, 6000], [2000, 3000, 3000, 6000], 1],
    ['a record without a time as well', [1, undefined, 3], [1, 1, 3], 1],
    ['the first of a page stands at the beginning of what was asked for', [9000, 2, 3], [0, 2, 3], 1],
    ['a body newer than all that was asked for is no sign of disorder', [1, 20_000, 3], [1, 1, 3], 0],
    ['what lies within a second below the bound is what a coarse filter gives', [-0.999, 2], [-0.999, 2], 0],
    ['what lies further below is displaced', [-1.001, 2, 3], [0, 2, 3], 1],
  ])('%s', (_what, instants, places, displaced) => {
    expect(place(instants)).toMatchObject({places, displaced});
  });

  test('what is displaced is kept, and says so', () => {
    const {placed} = place([1, 900, 3]);
    expect(placed.map(({record, isInPlace}) => [record.id, isInPlace])).toEqual([
      ['r0', true],
      ['r1', false],
      ['r2', true],
    ]);
  });
});

describe('a page is broken when it cannot be called sorted', () => {
  const descending = [9000, 7000, 5000, 3000];
  const half = [1000, 9000, 2000, 8900, 3000, 8800, 4000, 8700, 5000, 8600];
  test.each<[string, number[], boolean]>([
    ['one of three is out of order', [1000, 9000, 3000], false],
    ['two of three are', [9000, 5000, 3000], true],
    ['all but one are', descending, true],
    ['half of ten are not in order', half, false],
    ['more than half of ten are not', [...half.slice(0, 9), 4500, 4400, 4300], true],
    ['most are newer than what was asked for', [...Array<number>(11).fill(20_000), 1], true],
  ])('%s', (_what, instants, isBroken) => {
    expect(place(instants).isBroken).toBe(isBroken);
  });

  test('one that shows all there is need not be sorted, since nothing was cut off', () => {
    expect(place(descending, {total: {count: 4, atLeast: false}}).isBroken).toBe(false);
    expect(place(descending, {total: {count: 5, atLeast: false}}).isBroken).toBe(true);
  });
});

test('sorted to the second only: each record stands at the beginning of its second', () => {
  expect(place([1.5, 1.2, 1.9, 2.7, 2.1])).toMatchObject({
    isCoarse: true,
    displaced: 0,
    places: [1, 1, 1, 2, 2],
  });
});

test('sorted within the second is not coarse', () => {
  expect(place([1.2, 1.5, 1.9, 2.1]).isCoarse).toBe(false);
});

test('one that is newer than all that was asked for does not make the rest coarse', () => {
  expect(place([1.2, 20_000, 1.5, 2.1])).toMatchObject({isCoarse: false, places: [1.2, 1.2, 1.5, 2.1]});
});

test('an empty page is neither broken nor coarse', () => {
  expect(place([])).toEqual({placed: [], places: [], displaced: 0, isBroken: false, isCoarse: false});
});

test.each([
  [1999, 1000],
  [2000, 2000],
  [-1, -1000],
])('the second of %i begins at %i', (instant, second) => {
  expect(toSecond(instant)).toBe(second);
});
