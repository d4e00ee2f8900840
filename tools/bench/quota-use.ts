import {setTimeout as delay} from 'node:timers/promises';
import {readWith} from './connector';
import {HISTORY_DAYS, startProcess, type Server} from './server';
import {table} from './table';

const LIMIT = 2000;
/** Small pages: what is measured is requests, and the processor should not be what limits them. */
const PAGE = 20;
/** From the start until counting begins: so many latencies, in which the windows are spread over the lanes, and 5 s. */
const WARM_UP = 10;
/** How long requests are counted: ms. */
const COUNTED = 25_000;

interface Case {
  /** ms. */
  readonly latency: number;
  readonly reserve: number;
  /** Requests/min of others. */
  readonly foreign: number;
}

const CASES: readonly Case[] = [
  {latency: 50, reserve: 10, foreign: 0},
  {latency: 300, reserve: 10, foreign: 0},
  {latency: 300, reserve: 0, foreign: 0},
  {latency: 2000, reserve: 10, foreign: 0},
  {latency: 300, reserve: 10, foreign: LIMIT / 2},
];

/** How much of our share of a quota of 2,000 a minute is used while a stream has more to give than we may ask for. */
export async function measureQuotaUse(): Promise<void> {
  const rows = [];
  for (const one of CASES) rows.push(await measure(one));
  table(`Quota use: ${LIMIT} requests a minute, ${COUNTED / 1000} s each`, rows);
}

async function measure({latency, reserve, foreign}: Case): Promise<Record<string, string>> {
  const server = await startProcess({
    size: 0,
    sizes: {messages: 80_000},
    historyDays: HISTORY_DAYS,
    settings: {
      requestsPerMinute: LIMIT + 1,
      // Searches' answers tell the limit that is measured, and others spend from it.
      searchesPerMinute: LIMIT,
      maxPageSize: PAGE,
      latency,
      foreignSearchesPerMinute: foreign,
    },
  });
  const warmUp = 5_000 + WARM_UP * latency;
  const reading = readWith(
    server.url,
    ['messages'],
    {include_archived: false, quota_reserve_percent: reserve},
    {stopAfter: warmUp + COUNTED + 3000},
  );
  await delay(warmUp);
  const [before, began] = [await served(server), Date.now()];
  await delay(COUNTED);
  const perMinute = ((await served(server)) - before) / ((Date.now() - began) / 60_000);
  await reading;
  const stats = await server.stats();
  server.close();
  const share = LIMIT * (1 - reserve / 100) - foreign;
  return {
    'latency ms': String(latency),
    'reserve %': String(reserve),
    'others/min': String(foreign),
    'requests/min': perMinute.toFixed(0),
    share: String(share),
    'used %': ((100 * perMinute) / share).toFixed(1),
    bar: reserve === 0 ? '>= 97' : '>= 95',
    '429s': String(stats.statuses['429'] ?? 0),
    'of others refused': String(stats.foreign.refused),
  };
}

async function served({stats}: Server): Promise<number> {
  return (await stats()).statuses['200'] ?? 0;
}
