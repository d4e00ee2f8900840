import fc from 'fast-check';
import type {Query} from '../../src/keyset/page';
import {seek} from '../../src/keyset/seek';
import {byUpdatedAt} from '../../src/keyset/sort-keys';
import {Window} from '../../src/keyset/windows';
import {FakePageSource, type PageSourceOptions, SECOND, recordsOf} from '../fakes/page-source';

const END = 100 * SECOND;

/** Nine of one instant, between others; pages of four. */
const CROWD = recordsOf('a@1 b@2 c@5/1 d@5/2 e@5/3 f@5/4 g@5/5 h@5/6 i@5/7 j@5/8 k@5/9 l@8 m@9 n@10 o@11');
const IDS = 'abcdefghijklmno';

async function read(options: Partial<PageSourceOptions> = {}, settledTo?: number) {
  const source = new FakePageSource({records: CROWD, pageSize: 4, ...options});
  const window = new Window(0, END, settledTo);
  const ids: string[] = [];
  for await (const {records, doneTo} of seek(byUpdatedAt(source, window), window)) {
    ids.push(...records.map(({id}) => id));
    const due = CROWD.filter(
      ({id, updatedAt}) => updatedAt <= doneTo && source.records.some((one) => one.id === id),
    );
    expect(due.filter(({id}) => !ids.includes(id))).toEqual([]);
  }
  return {source, window, ids, sorted: [...ids].sort().join('')};
}

function isNumbered({sort, page}: Query): boolean {
  return sort === 'updated' && page > 1;
}

test('a crowd is read by the pages that follow it in the same answer, and nothing comes twice', async () => {
  const {source, sorted, window} = await read();
  expect(sorted).toBe(IDS);
  expect(source.queries.filter(isNumbered).map(({page}) => page)).toEqual([2, 3]);
  expect(source.queries.filter(({sort}) => sort === 'created')).toEqual([]);
  expect(window.read).toBeGreaterThanOrEqual(IDS.length);
});

test('a page that counts something else ends it there', async () => {
  const {source} = await read({
    before: (number, one) => number === 2 && one.touch('c', 200 * SECOND),
  });
  expect(
    source.queries
      .slice(0, 3)
      .filter(isNumbered)
      .map(({page}) => page),
  ).toEqual([2]);
});

describe('nothing is lost, and nothing comes twice, where', () => {
  test.each<[string, Partial<PageSourceOptions>]>([
    ['nothing is counted', {totals: false}],
    [
      'a record leaves it between two pages',
      {before: (number, source) => number === 2 && source.touch('c', 200 * SECOND)},
    ],
    [
      'a page in its middle cannot be had',
      {
        before(_, {queries}) {
          if (queries.at(-1)?.page === 2) throw new Error('no such page');
        },
      },
    ],
    [
      'its records change places between two pages',
      {before: (number, source) => number === 2 && (source.records = [...source.records].reverse())},
    ],
    ['a page lacks a record that it counts', {hide: ({page}) => (page === 2 ? 'h' : undefined)}],
  ])('%s', async (_, options) => {
    const {ids, sorted} = await read(options);
    expect(new Set(ids).size).toBe(ids.length);
    expect(sorted).toBe(IDS);
  });
});

test('where records may still join, the question ends before that', async () => {
  const {source, sorted} = await read({}, 50 * SECOND);
  expect(sorted).toBe(IDS);
  const numbered = source.queries.filter(isNumbered);
  expect(numbered).not.toEqual([]);
  for (const {updated} of numbered) expect(updated[1]).toBeLessThanOrEqual(51 * SECOND);
});

test('whatever leaves while it is read: all others come, each once', async () => {
  const record = fc.record({at: fc.integer({min: 1, max: 6}), createdAt: fc.integer({min: 0, max: 3})});
  const move = fc.record({question: fc.integer({min: 2, max: 12}), which: fc.nat()});
  await fc.assert(
    fc.asyncProperty(
      fc.array(record, {maxLength: 40}),
      fc.array(move, {maxLength: 4}),
      fc.integer({min: 2, max: 6}),
      async (rows, moves, pageSize) => {
        const records = rows.map(({at, createdAt}, number) => ({
          id: `r${number}`,
          updatedAt: at * SECOND,
          createdAt: createdAt * SECOND,
        }));
        const left = new Set<string>();
        const {ids} = await read({
          records,
          pageSize,
          before(question, source) {
            for (const {which} of moves.filter((one) => one.question === question)) {
              const id = records[which % records.length]?.id;
              if (id === undefined) continue;
              left.add(id);
              source.touch(id, 200 * SECOND);
            }
          },
        });
        expect(new Set(ids).size).toBe(ids.length);
        expect(records.filter(({id}) => !left.has(id) && !ids.includes(id))).toEqual([]);
      },
    ),
  );
});
