import {freeName, KeyMap, setOwn} from '../../src/records/key-map';

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

describe('freeName', () => {
  test.each([
    [{}, 'foo_bar'],
    [{foo_bar: 1}, 'fooBar'],
    [{foo_bar: 1, fooBar: 2}, 'foo_bar__2'],
    [{foo_bar: 1, fooBar: 2, foo_bar__2: 3}, 'foo_bar__3'],
  ])('beside %j it is %s', (target, name) => {
    expect(freeName(target, 'foo_bar', 'fooBar')).toBe(name);
  });

  test('is not misled by what every object inherits', () => {
    expect(freeName({}, 'constructor')).toBe('constructor');
  });
});

test('setOwn keeps a value under any name', () => {
  const target = {};
  setOwn(target, '__proto__', 1);
  expect(JSON.stringify(target)).toBe('{"__proto__":1}');
});
