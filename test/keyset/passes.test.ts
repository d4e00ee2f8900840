import {type Pass, readUntilAgreed} from '../../src/keyset/passes';

/** Reads a set that looks like this in each reading; `!` at its end: the reading is whole by itself. */
async function read(...readings: string[]): Promise<{handed: string[]; agreed: boolean; passes: number}> {
  let passes = 0;
  const readPass = async function* (): AsyncGenerator<readonly {id: string}[], Pass> {
    const reading = readings[passes++] ?? '';
    const ids = [...reading.replace('!', '')];
    for (const id of ids) yield await Promise.resolve([{id}, {id}]);
    return {ids: new Set(ids), isWhole: reading.endsWith('!')};
  };
  const pages = readUntilAgreed(readPass, readings.length);
  const handed: string[] = [];
  let page = await pages.next();
  for (; !page.done; page = await pages.next()) handed.push(page.value.map(({id}) => id).join('+'));
  return {handed, agreed: page.value, passes};
}

test.each([
  [['abc', 'abc', 'abcd'], 'abc', true, 2],
  [['abc', 'cba', 'x'], 'abc', true, 2],
  [['ac', 'abc', 'abc', 'x'], 'acb', true, 3],
  [['abc', 'ab', 'ab', 'x'], 'abc', true, 3],
  [['abc!', 'x'], 'abc', true, 1],
  [['abc', 'ab!', 'x'], 'abc', true, 2],
  [['ab', 'ac', 'ab'], 'abc', false, 3],
  [['', '', 'x'], '', true, 2],
])('readings %j give %p, agreed: %p, in %i passes', async (readings, handed, agreed, passes) => {
  expect(await read(...readings)).toEqual({handed: [...handed], agreed, passes});
});
