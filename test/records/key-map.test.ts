import {claimName, KeyMap, labelOf, namesBefore} from '../../src/records/key-map';

const lower = (key: string): string => key.toLowerCase();

describe('KeyMap', () => {
  test('names each key once and remembers it', () => {
    const nameOf = jest.fn(lower);
    const keys = new KeyMap(nameOf, (name) => name.length);
    expect(keys.get('Ab')).toMatchObject({name: 'ab', value: 2, contested: false});
    keys.get('Ab');
    expect(nameOf).toHaveBeenCalledTimes(1);
  });

  test('marks the names that two keys lead to', () => {
    const keys = new KeyMap(lower, () => 0);
    const first = keys.get('Ab');
    expect(keys.get('aB').contested).toBe(true);
    expect(first.contested).toBe(true);
    expect(keys.get('other').contested).toBe(false);
  });

  test('tells apart what is the same once it is text', () => {
    const keys = new KeyMap(lower, () => 0);
    expect(keys.get('a\ud800')).toMatchObject({name: 'a\ufffd', contested: false});
    expect(keys.get('a\ud801')).toMatchObject({name: 'a\ufffd', contested: true});
  });

  test('does not grow for ever, and forgets no rivalry when it is full', () => {
    const nameOf = jest.fn(lower);
    const keys = new KeyMap(nameOf, () => 0);
    const first = keys.get('known');
    for (let number = 0; number < 10_000; number += 1) keys.get(`id-${number}`);
    nameOf.mockClear();
    expect(keys.get('Known').contested).toBe(true);
    expect(first.contested).toBe(true);
    expect(keys.get('id-9999')).toMatchObject({name: 'id-9999', contested: true});
    expect(keys.get('known')).toBe(first);
    expect(nameOf).toHaveBeenCalledTimes(2);
  });
});

describe('claimName', () => {
  test('gives each a name of its own', () => {
    const taken = new Set<string>();
    const claimed = [1, 2, 3, 4].map(() => claimName(taken, 'foo_bar', 'fooBar'));
    expect(claimed).toEqual(['foo_bar', 'fooBar', 'foo_bar__2', 'foo_bar__3']);
    expect([...taken]).toEqual(claimed);
  });
});

test('namesBefore gives the names of the keys up to one', () => {
  const keys = new KeyMap(lower, () => 0);
  expect([...namesBefore({A: 1, B: 2, C: 3}, keys, 'C')]).toEqual(['a', 'b']);
  expect([...namesBefore({A: 1, B: 2, C: 3}, keys)]).toEqual(['a', 'b', 'c']);
});

test('labelOf writes a name as JSON has it', () => {
  expect(labelOf('a"b')).toBe('"a\\"b":');
});
