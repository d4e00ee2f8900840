import {Keys, noFollowers, type Slot} from '../../../src/records/walk/keys';

/** What the keys of an object become, by the slots. */
function readAll(keys: Keys<string>, names: readonly string[]): (Slot<string> | undefined)[] {
  let slot: Slot<string> | undefined;
  return names.map((name) => {
    slot = keys.read(Buffer.from(`"${name}":1`), 0, slot?.followers ?? keys.first);
    return slot;
  });
}

const lower = () => new Keys((key) => ({name: key.toLowerCase(), value: key}));

test('a key is named once, and found again whatever comes before it', () => {
  const nameOf = jest.fn((key: string) => ({name: key, value: key}));
  const keys = new Keys(nameOf);
  for (const names of [
    ['a', 'b', 'c'],
    ['a', 'c', 'b'],
    ['c', 'a'],
    ['a', 'b', 'c'],
  ]) {
    expect(readAll(keys, names).map((slot) => slot?.key)).toEqual(names);
  }
  expect(nameOf).toHaveBeenCalledTimes(3);
});

test('a slot has what the key is, what it becomes, and where that is the same', () => {
  const [first, second] = readAll(lower(), ['aB', 'ab']);
  expect([String(first?.bytes), String(first?.label), first?.value]).toEqual(['"aB":', '"ab":', 'aB']);
  expect([String(second?.bytes), second?.label, second?.value]).toEqual(['"ab":', undefined, 'ab']);
  expect(first?.mark).toBe(second?.mark);
});

test.each(['1', '01', 'a\\u0062', 'a\u0000'])('%j is not a usual key', (name) => {
  expect(readAll(lower(), [name])).toEqual([undefined]);
});

test.each(['"a" :1', 'a":1', '"a'])('%s is none', (text) => {
  expect(lower().read(Buffer.from(text), 0, noFollowers())).toBeUndefined();
});

test('there is an end to the keys that are remembered', () => {
  const keys = lower();
  const names = Array.from({length: 5_001}, (_, at) => `k${at}`);
  const slots = readAll(keys, names);
  expect([slots.at(-2)?.key, slots.at(-1)]).toEqual(['k4999', undefined]);
  expect(readAll(keys, ['k7']).map((slot) => slot?.key)).toEqual(['k7']);
});
