import fc from 'fast-check';
import {Names} from '../../../src/records/walk/names';

/** The list of each record, after all of them. @param givenUp what is begun before each, and given up */
function listsOf(
  records: readonly (readonly string[])[],
  givenUp: readonly (readonly string[])[] = [],
): (readonly string[])[] {
  const names = new Names();
  const take = (record: readonly string[]): void => {
    names.begin();
    for (const name of record) names.add(name);
  };
  return records.map((record, at) => {
    take(givenUp[at] ?? []);
    take(record);
    return names.end();
  });
}

test('each record has its own names, whatever others have', () => {
  const record = fc.array(fc.constantFrom('a', 'b', 'c'), {maxLength: 4});
  fc.assert(
    fc.property(fc.array(record), fc.array(record), (records, givenUp) =>
      expect(listsOf(records, givenUp)).toEqual(records),
    ),
    {numRuns: 1000},
  );
});

test('records that are alike share a list', () => {
  const [first, second, third] = listsOf([
    ['a', 'b'],
    ['a', 'b'],
    ['a', 'c'],
  ]);
  expect(second).toBe(first);
  expect(third).not.toBe(first);
});
