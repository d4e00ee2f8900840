import type {Query} from '../../src/keyset/page';
import {byUpdatedAt} from '../../src/keyset/sort-keys';
import {Window} from '../../src/keyset/windows';
import {FakePageSource, type PageSourceOptions, SECOND, recordsOf} from '../fakes/page-source';

const END = 100 * SECOND;

/** The instant of the tie, and six records there, created one after the other; one before it and one behind. */
const INSTANT = 5 * SECOND;
const TIE = recordsOf('x@4 a@5/1 b@5/2 c@5/3 d@5/4 e@5/5 f@5/6 y@7');

function keyOf(options: Partial<PageSourceOptions> = {}) {
  const source = new FakePageSource({records: TIE, pageSize: 4, ...options});
  const window = new Window(0, END);
  return {source, window, key: byUpdatedAt(source, window)};
}

/** Reads the tie that `shown` led to. */
async function readTie(options: Partial<PageSourceOptions> = {}, {isFine = true, shown = 'a'} = {}) {
  const {source, key} = keyOf(options);
  source.quirks.fine = isFine;
  const reading = key.tie(INSTANT, new Set(shown));
  const ids: string[] = [];
  let step = await reading.next();
  for (; !step.done; step = await reading.next()) ids.push(...step.value.map(({id}) => id));
  return {source, ids: ids.join(''), readTo: step.value};
}

/** The bounds of `updatedAt` that questions had: seconds. */
function askedFor({queries}: FakePageSource): [number, number][] {
  return queries.map(({updated: [from, to]}) => [from / SECOND, to / SECOND]);
}

describe('by updatedAt', () => {
  test('asks for the first page of a range, in the order of updatedAt', async () => {
    const {source, key} = keyOf();
    const {records} = await key.ask(SECOND, 6 * SECOND, 0);
    expect(records.map(({id}) => id).join('')).toBe('xabc');
    expect(source.queries).toEqual<Query[]>([
      {updated: [SECOND, 6 * SECOND], sort: 'updated', page: 1, attempt: 0},
    ]);
    expect(records.map((record) => key.instantOf(record))).toEqual([4, 5, 5, 5].map((at) => at * SECOND));
  });

  test('tells its window what a page shows', () => {
    const {window, key} = keyOf();
    key.onPage(
      {first: SECOND, last: 2 * SECOND, records: 3, total: {count: 10, atLeast: false}},
      window.reach,
    );
    expect([window.read, window.remaining]).toEqual([3, 7]);
  });
});

describe('a tie', () => {
  test('is read along createdAt, by questions for its instant alone', async () => {
    const {ids, readTo, source} = await readTie();
    expect([ids, readTo]).toEqual(['abcdef', INSTANT]);
    expect(new Set(source.queries.map(({sort}) => sort))).toEqual(new Set(['created']));
    expect(new Set(askedFor(source).flat())).toEqual(new Set([5]));
    expect(source.quirks.inclusive).toBe(true);
  });

  test('is the whole second, while it is not known that records are sorted within it', async () => {
    const {ids, readTo, source} = await readTie(
      {records: recordsOf('a@5/1 b@5.2/2 c@5.9/3 d@6/4')},
      {isFine: false},
    );
    expect([ids.slice(0, 3), readTo]).toEqual(['abc', 5999]);
    expect(askedFor(source)[0]).toEqual([4.999, 6]);
  });

  test('that is read as a second says nothing of the source, if pages show meanwhile that it sorts within one', async () => {
    const options = {before: (_: number, {quirks}: FakePageSource) => (quirks.fine = true)};
    const {source} = await readTie(options, {isFine: false});
    expect([source.quirks.coarse, source.said]).toEqual([false, []]);
  });

  test('is asked for 1 ms further where filters leave out their bounds', async () => {
    const {ids, readTo, source} = await readTie({exclusive: true});
    expect([ids, readTo]).toEqual(['abcdef', INSTANT]);
    expect(askedFor(source)).toContainEqual([4.999, 5.001]);
    expect(source.said).toHaveLength(1);
  });

  test('of a whole page that was created at one instant too is read by page number', async () => {
    const records = recordsOf('a@5/1 b@5/1 c@5/1 d@5/1 e@5/1 f@5/1 g@5/9');
    const {ids, source} = await readTie({records});
    expect([...ids].sort().join('')).toBe('abcdefg');
    expect(source.queries.filter(({page}) => page === 2)).toHaveLength(1);
  });

  test('whose records have all moved on ends without them', async () => {
    const records = recordsOf('x@4 a@9 y@9');
    expect(await readTie({records})).toMatchObject({ids: '', readTo: INSTANT});
  });

  test('that is there, but not in the answer to a question for it, fails by its instant', async () => {
    const hide = ({sort}: Query) => (sort === 'created' ? 'a' : undefined);
    await expect(readTie({records: recordsOf('a@5/1'), hide})).rejects.toThrow(
      'records of 1970-01-01T00:00:05.000Z',
    );
  });
});
