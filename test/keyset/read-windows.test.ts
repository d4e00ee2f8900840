import type {Page, Query} from '../../src/keyset/page';
import {readWindows} from '../../src/keyset/read-windows';
import type {Batch} from '../../src/keyset/seek';
import {type Window, Windows} from '../../src/keyset/windows';
import {WorkerSlots} from '../../src/keyset/worker-slots';
import type {Interval} from '../../src/time';
import {FakePageSource, SECOND, type SetRecord} from '../fakes/page-source';

/** Records one second apart: `r0` at second 0, and so on. */
function apart(count: number): SetRecord[] {
  return Array.from({length: count}, (_, at) => ({
    id: `r${at}`,
    updatedAt: at * SECOND,
    createdAt: at * SECOND,
  }));
}

const PAGE = 20;

interface Options {
  readonly records: readonly SetRecord[];
  readonly intervals: readonly Interval[];
  /** Workers at most. */
  readonly most?: number;
  readonly sink?: (batch: Batch<string>, window: Window) => Promise<void>;
  readonly page?: (query: Query, answer: Page<string>) => Page<string>;
}

async function read({records, intervals, most = 4, sink = () => Promise.resolve(), page}: Options) {
  const source = new FakePageSource({records, pageSize: PAGE});
  // The bounds of a filter mean what they say: nothing is split before that is known.
  source.quirks.inclusive = true;
  const answer = source.page.bind(source);
  if (page) source.page = async (query) => page(query, await answer(query));
  const slots = new WorkerSlots(most, () => 0);
  const windows = new Set<Window>();
  const ids: string[] = [];
  let [inSink, mostInSink] = [0, 0];
  const reading = readWindows({
    source,
    windows: new Windows(intervals, source.limits),
    workers: slots,
    pageSize: () => PAGE,
    async sink(batch, window) {
      mostInSink = Math.max(mostInSink, ++inSink);
      windows.add(window);
      ids.push(...batch.records.map(({id}) => id));
      await sink(batch, window);
      inSink -= 1;
    },
  });
  await reading.catch((error: unknown) => {
    expect(slots.tryAcquire()).toBe(true);
    throw error;
  });
  return {source, ids, windows: [...windows], mostInSink};
}

const ALL: Interval = [0, 1000 * SECOND];

test.each([1, 2, 8])('gives each record once, with %i workers', async (most) => {
  const {ids} = await read({records: apart(500), intervals: [ALL], most});
  expect(ids).toHaveLength(500);
  expect(new Set(ids).size).toBe(500);
});

test('splits a large window among its workers, into parts that are the whole', async () => {
  const {windows} = await read({records: apart(500), intervals: [ALL]});
  const parts = windows.map(({from, to}) => [from, to] as const).sort(([a], [b]) => a - b);
  expect(parts.length).toBeGreaterThan(1);
  expect([parts[0]?.[0], parts.at(-1)?.[1]]).toEqual(ALL);
  parts.slice(1).forEach(([from], at) => expect(from).toBe((parts[at]?.[1] ?? 0) + 1));
});

test('does not split what one worker reads as fast', async () => {
  expect((await read({records: apart(5 * PAGE), intervals: [ALL]})).windows).toHaveLength(1);
});

test('reads each of several intervals, and nothing between them', async () => {
  const intervals: Interval[] = [
    [0, 9 * SECOND],
    [30 * SECOND, 39 * SECOND],
  ];
  const {ids} = await read({records: apart(50), intervals});
  expect(ids.sort()).toEqual(
    [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 30, 31, 32, 33, 34, 35, 36, 37, 38, 39].map((n) => `r${n}`).sort(),
  );
});

test('has no more batches in hand than workers', async () => {
  const sink = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
  expect(
    (await read({records: apart(2000), intervals: [[0, 3000 * SECOND]], most: 3, sink})).mostInSink,
  ).toBe(3);
});

test('ends with the first failure of any worker, and gives back its slots', async () => {
  let batches = 0;
  const sink = (): Promise<void> =>
    ++batches === 6 ? Promise.reject(new Error('no room')) : Promise.resolve();
  await expect(read({records: apart(500), intervals: [ALL], most: 1, sink})).rejects.toThrow('no room');
});

test('a page to split at that fails costs nothing but speed', async () => {
  const page = (query: Query, answer: Page<string>): Page<string> => {
    if (query.optional) throw new Error('too deep');
    return answer;
  };
  const {ids, windows} = await read({records: apart(500), intervals: [ALL], page});
  expect([new Set(ids).size, windows.length]).toEqual([500, 1]);
});
