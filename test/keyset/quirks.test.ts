import {type DoubtKind, Quirks} from '../../src/keyset/quirks';

function reporting(): {quirks: Quirks; said: string[]} {
  const said: string[] = [];
  return {quirks: new Quirks((message) => said.push(message)), said};
}

test('nothing is known of a source at first, and everything that looks wrong is doubted', () => {
  const {quirks, said} = reporting();
  expect([quirks.knowsBounds, quirks.exclusive, quirks.inclusive, quirks.coarse]).toEqual([
    false,
    false,
    false,
    false,
  ]);
  const kinds: DoubtKind[] = ['short', 'uncounted', 'repeating', 'shrunk', 'empty', 'unsorted'];
  expect(kinds.filter((kind) => !quirks.isDoubtful(kind, 1))).toEqual([]);
  expect(said).toEqual([]);
});

test('an answer that shows the lower bound settles what bounds mean', () => {
  const quirks = new Quirks();
  quirks.inclusive = true;
  expect([quirks.knowsBounds, quirks.exclusive]).toEqual([true, false]);
});

test.each([
  ['bounds that are left out', (quirks: Quirks) => quirks.foundExclusive(), /leave out their bounds/],
  ['times that are cut to the second', (quirks: Quirks) => quirks.foundCoarse(), /exact to the second/],
])('%s are told once', (_what, find, sentence) => {
  const {quirks, said} = reporting();
  find(quirks);
  find(quirks);
  expect(said).toEqual([expect.stringMatching(sentence)]);
});

test.each<[DoubtKind, boolean]>([
  // A server that always does it would be asked twice each time.
  ['short', false],
  ['uncounted', false],
  ['repeating', false],
  // What loses records is doubted for ever.
  ['empty', true],
  ['unsorted', true],
])('after three false alarms, "%s" is still doubted: %p', (kind, isDoubted) => {
  const quirks = new Quirks();
  quirks.falseAlarm(kind, 1);
  quirks.falseAlarm(kind, 1);
  expect(quirks.isDoubtful(kind, 1)).toBe(true);
  quirks.falseAlarm(kind, 1);
  expect(quirks.isDoubtful(kind, 1)).toBe(isDoubted);
});

test('a false alarm says nothing about another kind', () => {
  const quirks = new Quirks();
  for (let number = 0; number < 3; number++) quirks.falseAlarm('short', 1);
  expect(quirks.isDoubtful('repeating', 1)).toBe(true);
});

test('a count that fell by a few records is believed next time, one that fell by more is not', () => {
  const quirks = new Quirks();
  quirks.falseAlarm('shrunk', 3);
  expect([quirks.isDoubtful('shrunk', 3), quirks.isDoubtful('shrunk', 4)]).toEqual([false, true]);
  // Twice what it was at least, so that a busy set is not asked about forever.
  quirks.falseAlarm('shrunk', 4);
  expect([quirks.isDoubtful('shrunk', 6), quirks.isDoubtful('shrunk', 7)]).toEqual([false, true]);
});

test('counts that are given up are told, once', () => {
  const {quirks, said} = reporting();
  for (let number = 0; number < 5; number++) quirks.falseAlarm('short', 1);
  expect(said).toEqual([expect.stringMatching(/its counts are not used any more/)]);
});
