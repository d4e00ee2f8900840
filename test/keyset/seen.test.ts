import {FoundRecord} from '../../src/keyset/page';
import {Seen} from '../../src/keyset/seen';

function found(id: string, updatedAt: number): FoundRecord<string> {
  return new FoundRecord({id, updatedAt, createdAt: 0}, id);
}

/** What `seen` remembers once these have been handed out. */
function seenWith(...records: [id: string, place: number][]): Seen {
  const seen = new Seen();
  seen.add(records.map(([id, place]) => ({record: found(id, place), place, isInPlace: true})));
  return seen;
}

test.each([
  ['the same record as it was', 'a', 5, true],
  ['the same record, updated since: a new version is handed out too', 'a', 6, false],
  ['another record of that instant', 'b', 5, false],
])('knows %s', (_what, id, updatedAt, isKnown) => {
  expect(seenWith(['a', 5]).has(found(id, updatedAt))).toBe(isKnown);
});

test('tells who stood at an instant, which is how a question knows what it must give again', () => {
  expect([...seenWith(['a', 5], ['b', 6], ['c', 6]).at(6)]).toEqual(['b', 'c']);
  expect([...seenWith(['a', 5], ['b', 6], ['c', 8]).at(5, 7)]).toEqual(['a', 'b']);
});

test('a record newer than its place stands at its place', () => {
  const seen = new Seen();
  seen.add([{record: found('a', 99), place: 5, isInPlace: false}]);
  expect([[...seen.at(5)], [...seen.at(99)]]).toEqual([['a'], []]);
});

test('forgets what lies before the cursor, and nothing of the cursor itself', () => {
  const seen = seenWith(['a', 5], ['b', 6], ['c', 7]);
  seen.forgetBefore(6);
  expect([found('a', 5), found('b', 6), found('c', 7)].map((one) => seen.has(one))).toEqual([
    false,
    true,
    true,
  ]);
});

test('within a tie, what was handed out by updatedAt is known, and what is found there stays out of it', () => {
  const outer = seenWith(['a', 5]);
  const inner = new Seen(outer);
  inner.add([{record: found('b', 5), place: 1, isInPlace: true}]);
  expect([inner.has(found('a', 5)), inner.has(found('b', 5)), outer.has(found('b', 5))]).toEqual([
    true,
    true,
    false,
  ]);
  expect([...inner.at(5)]).toEqual([]);
});
