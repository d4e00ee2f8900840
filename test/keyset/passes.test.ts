import {type Pass, readUntilProved} from '../../src/keyset/passes';

interface MarkedPass extends Pass {
  readonly isMarked: boolean;
}

/** Reads a set that looks like this in each reading; `!` at its end: the reading shows by itself that it is whole. */
async function read(...readings: string[]): Promise<{handed: string; isProved: boolean; found: string}> {
  let passes = 0;
  let found = '';
  const readPass = async function* (): AsyncGenerator<string, MarkedPass> {
    const reading = readings[passes++] ?? '';
    const ids = [...reading.replace('!', '')];
    for (const id of ids) yield await Promise.resolve(id);
    return {ids: new Set(ids), isMarked: reading.endsWith('!')};
  };
  const reading = readUntilProved(
    readPass,
    ({isMarked}, seen) => {
      found = [...seen.found].join('');
      return isMarked || seen.isRepeated;
    },
    readings.length,
  );
  let handed = '';
  let page = await reading.next();
  for (; !page.done; page = await reading.next()) handed += page.value;
  return {handed, isProved: page.value, found};
}

test.each([
  [['abc', 'abc', 'abcd'], 'abcabc', true, 'abc'],
  [['abc', 'cba', 'x'], 'abccba', true, 'abc'],
  [['ac', 'abc', 'abc', 'x'], 'acabcabc', true, 'acb'],
  [['abc', 'ab', 'ab', 'x'], 'abcabab', true, 'abc'],
  [['abc!', 'x'], 'abc', true, 'abc'],
  [['abc', 'ab!', 'x'], 'abcab', true, 'abc'],
  [['ab', 'ac', 'ab'], 'abacab', false, 'abc'],
  [['', '', 'x'], '', true, ''],
])('readings %j hand on %p, proved: %p, with %p found', async (readings, handed, isProved, found) => {
  expect(await read(...readings)).toEqual({handed, isProved, found});
});
