import {BadResponseError, StoppedError} from '../../src/http/errors';
import {seek} from '../../src/keyset/seek';
import {byUpdatedAt} from '../../src/keyset/sort-keys';
import {type SplitWindow, split, splitSize} from '../../src/keyset/split';
import {Window} from '../../src/keyset/windows';
import {FakePageSource, type PageSourceOptions, SECOND, recordsOf} from '../fakes/page-source';

const END = 100 * SECOND;
const TWELVE = recordsOf('a@5 b@10 c@15 d@20 e@25 f@30 g@35 h@40 i@45 j@50 k@55 l@60');

/** Asks for the second page of three in a window, of such a set: e, f, g and h. */
async function splitInTheMiddle(
  options: Partial<PageSourceOptions> = {},
  window = new Window(0, END),
): Promise<{source: FakePageSource; window: Window; part: SplitWindow<string> | undefined}> {
  const source = new FakePageSource({records: TWELVE, pageSize: 4, ...options});
  return {source, window, part: await split({source, window, number: 2, size: 4})};
}

async function readWindow(
  source: FakePageSource,
  window: Window,
  page?: SplitWindow<string>['page'],
): Promise<string> {
  const ids: string[] = [];
  for await (const {records} of seek(byUpdatedAt(source, window), window, page)) {
    ids.push(...records.map(({id}) => id));
  }
  return ids.join('');
}

test('cuts a window at a page in its middle: each instant belongs to exactly one of the two', async () => {
  const {window, part} = await splitInTheMiddle();
  expect(window.from).toBe(0);
  expect(window.to).toBeGreaterThanOrEqual(25 * SECOND);
  expect(window.to).toBeLessThan(35 * SECOND);
  expect([part?.window.from, part?.window.to]).toEqual([window.to + 1, END]);
});

test('the page that was asked for begins the later part, less what stays with the earlier one', async () => {
  const {window, part} = await splitInTheMiddle();
  const instants = part?.page?.records.map(({updatedAt}) => updatedAt) ?? [];
  expect(instants).toEqual(
    [25, 30, 35, 40].map((second) => second * SECOND).filter((instant) => instant > window.to),
  );
});

test.each<[string, PageSourceOptions['before']]>([
  ['', undefined],
  [
    ', also if a record before it leaves while it is asked for',
    (number, source) => number === 1 && source.remove('a'),
  ],
  [', also if one behind it does', (number, source) => number === 1 && source.touch('l', 200 * SECOND)],
])('both parts together are the whole%s', async (_what, before) => {
  const {source, window, part} = await splitInTheMiddle({before});
  const later = part && (await readWindow(source, part.window, part.page));
  const earlier = await readWindow(source, window);
  expect(earlier + later).toBe(
    source.records
      .filter(({updatedAt}) => updatedAt <= END)
      .map(({id}) => id)
      .join(''),
  );
});

test('what both share at an instant stays together, with the earlier part', async () => {
  const {source, window, part} = await splitInTheMiddle({
    records: recordsOf('a@5 b@10 c@15 d@20/1 e@20/2 f@20/3 g@35 h@40 i@45'),
  });
  const later = part && (await readWindow(source, part.window, part.page));
  expect(later).not.toMatch(/[def]/);
  expect((await readWindow(source, window)) + later).toBe('abcdefghi');
});

test('a page that shows fewer than it counts ends nothing: the part is asked for from its beginning', async () => {
  // Of the four that are due one is hidden, as in an index that lags.
  const {part} = await splitInTheMiddle({hide: (query) => (query.page === 2 ? 'g' : undefined)});
  expect(part?.window).toBeDefined();
  expect(part?.page).toBeUndefined();
});

describe('a window stays whole, and is not asked for a part again, where', () => {
  const unsorted = TWELVE.map((record) =>
    record.id === 'f' ? {...record, place: record.updatedAt, updatedAt: 90 * SECOND} : record,
  );
  const fails = (): void => {
    throw new BadResponseError({method: 'POST', path: '/v1/fake'}, 'refused');
  };
  test.each<[string, Partial<PageSourceOptions>]>([
    ['the page is empty', {records: TWELVE.slice(0, 3)}],
    ['it is refused', {before: fails}],
    ['a record is newer than its place', {records: unsorted}],
  ])('%s', async (_what, options) => {
    const {window, part} = await splitInTheMiddle(options);
    expect([part, window.to, window.isSplitting]).toEqual([undefined, END, true]);
  });

  test('its worker has read past it meanwhile', async () => {
    const window = new Window(0, END);
    const {part} = await splitInTheMiddle({before: () => (window.cursor = 50 * SECOND)}, window);
    expect([part, window.to]).toEqual([undefined, END]);
  });

  test('its worker has shown what lies there, though it has not gone on from there yet', async () => {
    const window = new Window(0, END);
    const {part} = await splitInTheMiddle({before: () => (window.shownTo = 50 * SECOND)}, window);
    expect([part, window.to]).toEqual([undefined, END]);
  });
});

test('only a stop is passed on', async () => {
  const stopped = splitInTheMiddle({
    before: () => {
      throw new StoppedError();
    },
  });
  await expect(stopped).rejects.toThrow(StoppedError);
});

test('asks for the page as one that only saves time, and by its own size', async () => {
  const {source} = await splitInTheMiddle();
  expect(source.queries).toEqual([expect.objectContaining({page: 2, size: 4, optional: true})]);
});

test('leaves room on the page for what questions repeat', () => {
  expect(splitSize(500)).toBe(498);
});
