import {compare, isTable, problemsOf, tableOf} from '../../../tools/demo/compare';
import {StreamTally} from '../../../tools/demo/tally';

function tallyOf(...rows: readonly [id: string, updatedAt: number][]): StreamTally {
  const tally = new StreamTally();
  for (const [id, updatedAt] of rows) {
    tally.rows += 1;
    tally.versions.set(id, (tally.versions.get(id) ?? new Set()).add(updatedAt));
  }
  return tally;
}

const truth = [
  {id: 'a', updatedAt: 1},
  {id: 'b', updatedAt: 2},
];

test('a read that is the truth has no problems', () => {
  const comparison = compare('tags', tallyOf(['b', 2], ['a', 1]), truth, 7);
  expect(comparison).toMatchObject({read: 2, due: 2, missing: 0, duplicate: 0, untrue: 0, requests: 7});
  expect(problemsOf(comparison)).toEqual([]);
});

test('a row that came in an older version is missing', () => {
  const comparison = compare('tags', tallyOf(['a', 1], ['b', 1]), truth, 1);
  expect(comparison).toMatchObject({read: 2, missing: 1, duplicate: 0, untrue: 1});
  expect(problemsOf(comparison)).toEqual(['tags: 1 rows are missing', 'tags: 1 rows came that should not']);
});

test('a row that came twice is a duplicate', () => {
  const comparison = compare('tags', tallyOf(['a', 1], ['b', 2], ['a', 1]), truth, 1);
  expect(problemsOf(comparison)).toEqual(['tags: 1 rows came twice']);
});

test('reads together make a table of the newest rows', () => {
  const first = tallyOf(['a', 0], ['b', 2]);
  expect(isTable([first, tallyOf(['a', 1])], truth)).toBe(true);
  expect(isTable([first], truth)).toBe(false);
  expect(isTable([first, tallyOf(['a', 1], ['c', 3])], truth)).toBe(false);
});

test('the table ends with all streams together', () => {
  const comparisons = ['tags', 'teams'].map((name) => compare(name, tallyOf(['a', 1], ['a', 1]), truth, 3));
  expect(tableOf(comparisons)).toMatch(/\nall +4 +4 +2 +2 +6 +0$/);
});
