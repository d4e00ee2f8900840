import {createApi} from '../../sandbox/api/api';
import type {Settings} from '../../sandbox/api/settings';
import {type NewRow, worldOf} from '../../sandbox/world/world';
import {type ReadResult, errorsOf, read, recordsOf} from './harness';
import {DAY, NOW, idOf} from './history';
import {costOf, evenly, withBlocks} from '../fakes/still-source';
import {VirtualClock} from '../fakes/virtual-clock';

jest.setTimeout(120_000);

const START = NOW - 700 * DAY;

function conversations(count: number, updatedAt: (at: number) => number, createdAt = updatedAt): NewRow[] {
  return Array.from({length: count}, (_, at) => ({
    object: 'conversations',
    id: idOf(at),
    createdAt: createdAt(at),
    updatedAt: updatedAt(at),
  }));
}

function readAll(
  rows: readonly NewRow[],
  settings: Partial<Settings> = {},
  pageSize = 500,
): Promise<ReadResult> {
  return read({
    api: createApi(worldOf(rows), {requestsPerMinute: 1e9, ...settings}),
    clock: new VirtualClock(NOW),
    streams: ['conversations'],
    mode: 'incremental',
    states: {},
    start: START,
    lookback: 600_000,
    pageSize,
    concurrency: 10,
    latency: () => 300,
  });
}

/** Different records, so that one which comes twice does not count for one that does not come. */
function rowsOf(result: ReadResult): number {
  return new Set(recordsOf(result.messages).map(({id}) => id)).size;
}

describe('requests', () => {
  test('an empty stream takes two: that there is nothing is not believed at once', async () => {
    const result = await readAll([]);
    expect(result.requests).toBe(2);
  });

  test.each([1, 2, 30])('a stream of %p records takes three at the most', async (count) => {
    const result = await readAll(conversations(count, (at) => START + at * DAY));
    expect(rowsOf(result)).toBe(count);
    expect(result.requests).toBeLessThanOrEqual(3);
  });

  test('a stream of a few records of one instant takes three at the most', async () => {
    const result = await readAll(conversations(5, () => START + DAY));
    expect(rowsOf(result)).toBe(5);
    expect(result.requests).toBeLessThanOrEqual(3);
  });

  const histories: [string, (at: number) => number][] = [
    ['evenly spread', (at) => START + Math.floor((at * 699 * DAY) / 100_000)],
    ['ever denser', (at) => START + Math.floor(699 * DAY * Math.sqrt(at / 100_000))],
    ['ever thinner', (at) => START + Math.floor(699 * DAY * (at / 100_000) ** 3)],
    ['in days of much work', (at) => START + Math.floor(at / 10_000) * 60 * DAY + (at % 10_000) * 4_000],
    ['all in the last two days', (at) => NOW - 2 * DAY + at * 1_000],
    ['in the first hour, and one at the end', (at) => START + (at === 99_999 ? 699 * DAY : at * 36)],
  ];
  test.each(histories)(
    '100,000 records %s take 2 %% more than full pages would, at the most',
    async (_, updatedAt) => {
      const result = await readAll(conversations(100_000, updatedAt));
      expect(rowsOf(result)).toBe(100_000);
      expect(result.requests).toBeLessThanOrEqual((100_000 / 500) * 1.02);
    },
  );

  test('a huge stream keeps all lanes busy', async () => {
    const result = await readAll(
      conversations(100_000, (at) => START + at * 480_000),
      {},
      50,
    );
    expect(rowsOf(result)).toBe(100_000);
    expect(result.mostInFlight).toBe(10);
    // Each question repeats two records.
    expect(result.requests).toBeLessThanOrEqual((100_000 / 48) * 1.02);
  });
});

describe('requests for a million records', () => {
  const COUNT = 1_000_000;

  test('are half a percent more than full pages would be, at the most', async () => {
    const {records, ratio} = await costOf(evenly(COUNT));
    expect(records).toBe(COUNT);
    expect(ratio).toBeLessThanOrEqual(1.005);
  });

  test('are 5 % more at the most, where a tenth lie in blocks of one instant', async () => {
    const {records, ratio} = await costOf(withBlocks(COUNT, 1));
    expect(records).toBe(COUNT);
    expect(ratio).toBeLessThanOrEqual(1.05);
  });
});

describe('requests for 200,000 records of which a tenth lie in blocks of one instant', () => {
  test.each([1, 3, 10])(
    'are 4 % more than full pages would be, at the most, with %p workers',
    async (workers) => {
      for (const seed of [1, 2, 3]) {
        const {records, ratio} = await costOf(withBlocks(200_000, seed), workers);
        expect(records).toBe(200_000);
        expect(ratio).toBeLessThanOrEqual(1.04);
      }
    },
  );
});

describe('one instant', () => {
  const instant = (): number => START + DAY;

  test('30,000 records with different createdAt come whole, in 1.3 times the ideal', async () => {
    const result = await readAll(conversations(30_000, instant, (at) => START - at * 7));
    expect(rowsOf(result)).toBe(30_000);
    expect(result.requests).toBeLessThanOrEqual(60 * 1.3);
  });

  test('9,999 records with equal createdAt come whole, in 1.3 times the ideal', async () => {
    const result = await readAll(conversations(9_999, instant, () => START));
    expect(rowsOf(result)).toBe(9_999);
    expect(result.requests).toBeLessThanOrEqual(20 * 1.3);
  });

  test('10,000, which a total cannot count, are read twice to be proved whole', async () => {
    const result = await readAll(conversations(10_000, instant, () => START));
    expect(rowsOf(result)).toBe(10_000);
    expect(result.requests).toBeLessThanOrEqual(20 * 2.5);
  });

  test('more than page numbers reach fail by object, instant and count', async () => {
    const result = await readAll(conversations(50_001, instant, () => START));
    expect(result.failed).toEqual(['conversations']);
    expect(errorsOf(result)[0]).toMatch(
      /more records share updatedAt 2024-12-25T12:00:00.000Z \(to the second\) and createdAt .* \(50000 were read, Kustomer says at least 10000\)/,
    );
  });

  test('as many as page numbers just reach, but cannot be counted, fail too: there may be more', async () => {
    const result = await readAll(
      conversations(10_001, instant, () => START),
      {maxPageSize: 100},
    );
    expect(errorsOf(result)[0]).toContain('10000 were read');
  });
});
