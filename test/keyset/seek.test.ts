import {BadResponseError} from '../../src/http/errors';
import {seek} from '../../src/keyset/seek';
import {byUpdatedAt} from '../../src/keyset/sort-keys';
import {Window} from '../../src/keyset/windows';
import {FakePageSource, type PageSourceOptions, SECOND, pageOf, recordsOf} from '../fakes/page-source';

/** The fixed end of each reading. */
const END = 100 * SECOND;
const SEVEN = recordsOf('a@1 b@2 c@3 d@4 e@5 f@6 g@7');

type Options = Partial<PageSourceOptions>;

/** Reads such a set by pages of three: what was handed out, what was asked, and what was promised on the way. */
async function read(options: Options, given?: ReturnType<typeof pageOf>) {
  const source = new FakePageSource({records: SEVEN, pageSize: 3, ...options});
  const window = new Window(0, END);
  const ids: string[] = [];
  const promises: {doneTo: number; ids: string}[] = [];
  for await (const {records, doneTo} of seek(byUpdatedAt(source, window), window, given)) {
    ids.push(...records.map(({id}) => id));
    promises.push({doneTo, ids: [...ids].sort().join('')});
  }
  return {source, ids, sorted: [...ids].sort().join(''), promises};
}

test.each([1, 2, 3, 4, 6, 7, 8])('reads each record once, in order, by pages of %i', async (pageSize) => {
  expect((await read({pageSize})).ids.join('')).toBe('abcdefg');
  expect((await read({pageSize, totals: false})).ids.join('')).toBe('abcdefg');
});

describe('a record that is updated between two pages', () => {
  const moveB: Options['before'] = (number, source) => number === 2 && source.touch('b', 200 * SECOND);

  test('hides another from who counts pages', async () => {
    const source = new FakePageSource({records: SEVEN, pageSize: 3, before: moveB});
    const ids: string[] = [];
    for (const page of [1, 2, 3]) {
      const {records} = await source.page({updated: [0, END], sort: 'updated', page});
      ids.push(...records.map(({id}) => id));
    }
    expect(ids.join('')).toBe('abcefg');
  });

  test('cannot hide another from who asks for what lies from the last instant on', async () => {
    expect((await read({before: moveB})).sorted).toBe('abcdefg');
  });

  test('comes again as it is now, if it is still in the range', async () => {
    const {sorted} = await read({before: (number, source) => number === 2 && source.touch('b', 50 * SECOND)});
    expect(sorted).toBe('abbcdefg');
  });

  test('comes with the next reading, if it has left before it was met', async () => {
    const {sorted} = await read({
      before: (number, source) => number === 2 && source.touch('f', 200 * SECOND),
    });
    expect(sorted).toBe('abcdeg');
  });

  test.each(['a', 'b', 'c'])('or removed cannot either: %s', async (id) => {
    expect((await read({before: (number, source) => number === 2 && source.remove(id)})).sorted).toBe(
      'abcdefg',
    );
  });
});

test('no promise goes further than what was handed out', async () => {
  const {promises} = await read({pageSize: 2});
  for (const {doneTo, ids} of promises) {
    const due = SEVEN.filter(({updatedAt}) => updatedAt <= doneTo).map(({id}) => id);
    expect(ids.slice(0, due.length)).toBe(due.join(''));
  }
  expect(promises.at(-1)?.doneTo).toBe(END);
  const instants = promises.map(({doneTo}) => doneTo);
  expect(instants).toEqual([...instants].sort((a, b) => a - b));
});

test('what lies past the end is left to the next reading', async () => {
  expect((await read({records: recordsOf('a@1 b@100 c@101 d@102')})).sorted).toBe('ab');
});

test('a first page that is there already is not asked for', async () => {
  const {sorted, source} = await read({}, pageOf('a@1 b@2 c@3', {total: {count: 7, atLeast: false}}));
  expect(sorted).toBe('abcdefg');
  expect(source.queries[0]?.updated[0]).toBeGreaterThan(0);
});

describe('a page of one instant', () => {
  const oneInstant = recordsOf('a@1 b@5/1 c@5/2 d@5/3 e@5/4 f@5/5 g@9');

  test('leads to a reading by createdAt, and then on behind it', async () => {
    const {sorted, source} = await read({records: oneInstant, pageSize: 2, totals: false});
    expect(sorted).toBe('abcdefg');
    expect(source.queries.some(({sort}) => sort === 'created')).toBe(true);
  });

  test('and of one createdAt leads to page numbers, within that alone where nothing is counted', async () => {
    const records = recordsOf('a@1 b@5/1 c@5/1 d@5/1 e@5/1 f@9');
    const {sorted, source} = await read({records, pageSize: 2, totals: false});
    expect(sorted).toBe('abcdef');
    const numbered = source.queries.filter(({page}) => page > 1);
    expect(numbered).not.toEqual([]);
    for (const {createdFrom, createdTo} of numbered) {
      expect([createdFrom, createdTo]).not.toContain(undefined);
    }
  });

  test('that is left by a record while it is read hides none', async () => {
    const {sorted} = await read({
      records: oneInstant,
      pageSize: 2,
      before: (number, source) => number === 4 && source.touch('b', 200 * SECOND),
    });
    expect(sorted).toBe('abcdefg');
  });
});

test.each([2, 3])('an empty answer after others (question %i) is asked for again', async (empty) => {
  const {sorted, source} = await read({
    before: (number, one) => (one.isNextEmpty = number === empty),
  });
  expect(sorted).toBe('abcdefg');
  expect(source.queries[empty]).toEqual({...source.queries[empty - 1], attempt: 1});
});

test.each([1, 2, 3, 4, 5, 6, 7, 8, 9, 10])(
  'an answer that shows nothing and counts nothing, once (question %i), hides no part of a second',
  async (empty) => {
    const records = recordsOf('a@5/1.1 b@5.2/1.2 c@5.3/1.3 d@5.4/1.4 e@8');
    const {sorted} = await read({
      records,
      pageSize: 2,
      before: (number, source) => (source.records = number === empty ? [] : records),
    });
    expect(sorted).toBe('abcde');
  },
);

test('a body newer than its place is handed out and moves no cursor', async () => {
  const records = SEVEN.map((record) =>
    record.id === 'b' ? {...record, place: 2 * SECOND, updatedAt: 50 * SECOND} : record,
  );
  const {sorted, promises} = await read({records});
  expect(sorted).toBe('abcdefg');
  expect(promises[0]?.doneTo).toBeLessThan(4 * SECOND);
});

test('filters that leave out their bounds are noticed, and hide nothing', async () => {
  const {sorted, source} = await read({
    exclusive: true,
    records: recordsOf('a@0 b@2 c@3/1 d@3/2 e@3/3 f@3/4 g@100'),
  });
  expect(sorted).toBe('abcdefg');
  expect(source.said).toEqual([expect.stringContaining('leave out their bounds')]);
});

test('pages that stay unsorted fail by name, instead of being skipped', async () => {
  const records = SEVEN.map((record, at) => ({
    ...record,
    place: record.updatedAt,
    updatedAt: (50 - at) * SECOND,
  }));
  await expect(read({records})).rejects.toThrow(BadResponseError);
});

describe('a first page that is empty, though more is counted', () => {
  const emptied = (isEmpty: (page: number) => boolean): Options => ({
    before: (_, source) => (source.isNextEmpty = isEmpty(source.queries.at(-1)?.page ?? 1)),
  });

  test('fails by name where the second is not', async () => {
    await expect(read(emptied((page) => page === 1))).rejects.toThrow(
      /first page of an answer is empty, however often it is asked for, and the second is not/,
    );
  });

  test('is believed where the second is empty, too', async () => {
    expect((await read(emptied(() => true))).ids).toEqual([]);
  });
});

test('an instant of as many records as can be counted does not say that nothing follows', async () => {
  const crowd = recordsOf('a@1/1 b@1/1 c@1/1 d@1/1 e@1/1 f@1/1 g@1/1 h@9');
  // The first answer about what lies behind it is empty by mistake, and counts nothing.
  let isOver = false;
  const {sorted} = await read({
    records: crowd,
    totalCap: 4,
    before(_, source) {
      const [from] = source.queries.at(-1)?.updated ?? [0];
      if (isOver) source.records = crowd;
      else if (from > SECOND) {
        source.records = [];
        isOver = true;
      }
    },
  });
  expect(sorted).toBe('abcdefgh');
});

test('a record that is newer than its place does not show that a filter gives its bounds', async () => {
  // x stands behind what was asked for and says so: it is placed where the record before it is.
  const late = {id: 'x', updatedAt: 150 * SECOND, createdAt: SECOND, place: 3 * SECOND};
  const others = recordsOf('a@2/1 b@4/1 c@4/2 d@4/2 e@4/2 f@4/2 g@4/3 h@6/1');
  const {sorted} = await read({records: [late, ...others], exclusive: true, pageSize: 3, totalCap: 4});
  expect(sorted).toBe('abcdefghx');
});
