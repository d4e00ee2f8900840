import {setTimeout as delay} from 'node:timers/promises';
import {readWith} from './connector';
import {type DataSet, MESSAGES, MESSAGES_AND_CONVERSATIONS} from './data-sets';
import type {Minute, QuotaUse} from './result';
import {requestsIn, searchesIn, type Server, startProcess} from './server';
import type {ServerSettings} from '../../sandbox/server/options';

/** Of searches, and no plan's limit, so that it is not taken for the organization's; just below the largest: requests/min. */
const LIMIT = 1_990;
/** Of an Enterprise organization, and what Kustomer allows an API key of it: requests/min (docs/kustomer-api.md, Rate limits). */
const BOTH = {all: 1000, searches: 100};
/** What others send under both limits: requests/min. */
const OTHERS = {all: 300, searches: 20};
const RESERVE_PERCENT = 10;
/** A small page where searches alone are measured: the processor should not be what limits them. */
const SMALL_PAGE = 10;
/** More than can be read in the time. */
const RECORDS = 80_000;
/** From the start until counting begins: so many latencies, in which the windows are spread over the lanes, and 5 s. */
const WARM_UP_LATENCIES = 10;
const WARM_UP_MS = 5_000;
/** How long requests are counted under one limit: ms. */
const COUNTED_MS = 25_000;
const MINUTE_MS = 60_000;
const SAMPLE_MS = 1_000;

/** ms, %, and requests/min. */
type Case = Pick<QuotaUse, 'latency' | 'reserve' | 'others'>;

const CASES: readonly Case[] = [
  {latency: 50, reserve: 10, others: 0},
  {latency: 300, reserve: 10, others: 0},
  {latency: 300, reserve: 0, others: 0},
  {latency: 2000, reserve: 10, others: 0},
  {latency: 300, reserve: 10, others: 1000},
];
const LATENCIES = [50, 300, 2000];

/**
 * How much of our share of one limit is used while a stream has more to give than we may ask for; then the same under both limits for
 * a minute, others at work: searches, and a request for each conversation that they find. The cases of each are measured at once.
 */
export async function measureQuota(): Promise<{quotaUse: QuotaUse[]; minutes: Minute[]}> {
  const quotaUse = await Promise.all(CASES.map(measureOne));
  return {quotaUse, minutes: await Promise.all(LATENCIES.map(measureMinute))};
}

async function measureOne({latency, reserve, others}: Case): Promise<QuotaUse> {
  const [dataSet, countedMs] = [MESSAGES, COUNTED_MS];
  const settings = {
    requestsPerMinute: 2_000,
    searchesPerMinute: LIMIT,
    foreignSearchesPerMinute: others,
    maxPageSize: SMALL_PAGE,
    latency,
  };
  return whileReading({dataSet, streams: ['messages'], reserve, settings, countedMs}, async (server) => {
    const [before, began] = [await server.stats(), Date.now()];
    await delay(countedMs);
    const after = await server.stats();
    const minutes = (Date.now() - began) / MINUTE_MS;
    return {
      ...{latency, reserve, others},
      limit: LIMIT,
      ours: ((after.statuses['200'] ?? 0) - (before.statuses['200'] ?? 0)) / minutes,
      refused: after.statuses['429'] ?? 0,
      refusedOthers: after.foreign.refused,
    };
  });
}

async function measureMinute(latency: number): Promise<Minute> {
  const [dataSet, reserve, countedMs] = [MESSAGES_AND_CONVERSATIONS, RESERVE_PERCENT, MINUTE_MS];
  const settings = {
    requestsPerMinute: BOTH.all,
    searchesPerMinute: BOTH.searches,
    foreignPerMinute: OTHERS.all - OTHERS.searches,
    foreignSearchesPerMinute: OTHERS.searches,
    latency,
  };
  const streams = ['messages', 'attachments'];
  return whileReading({dataSet, streams, reserve, settings, countedMs}, async (server) => {
    const [first, began] = [await server.stats(), Date.now()];
    const moments: Minute['moments'][number][] = [];
    let last = first;
    for (let at = 0; at <= countedMs; at += SAMPLE_MS) {
      await delay(began + at - Date.now());
      last = await server.stats();
      const others = last.foreign.served - first.foreign.served;
      moments.push({
        second: (Date.now() - began) / 1000,
        ours: {searches: searchesIn(last) - searchesIn(first), all: requestsIn(last) - requestsIn(first)},
        // The sandbox spreads what others send evenly over the minute, whichever kind it is.
        others: {searches: (others * OTHERS.searches) / OTHERS.all, all: others},
      });
    }
    return {
      ...{latency, reserve, moments, limits: BOTH, others: OTHERS},
      refused: last.statuses['429'] ?? 0,
      refusedOthers: last.foreign.refused,
    };
  });
}

interface Read {
  readonly dataSet: DataSet;
  readonly streams: readonly string[];
  readonly reserve: number;
  readonly settings: Partial<ServerSettings> & {readonly latency: number};
  /** How long there must be something to read after the warm-up: ms. */
  readonly countedMs: number;
}

/** Counts while a read is well under way. */
async function whileReading<T>(
  {dataSet, streams, reserve, settings, countedMs}: Read,
  count: (server: Server) => Promise<T>,
): Promise<T> {
  const server = await startProcess({
    dataSet,
    size: RECORDS,
    settings,
  });
  const warmUp = WARM_UP_MS + WARM_UP_LATENCIES * settings.latency;
  const config = {include_archived: false, quota_reserve_percent: reserve};
  const reading = readWith(server.url, streams, config, {stopAfter: warmUp + countedMs + 3000});
  await delay(warmUp);
  const counted = await count(server);
  await reading;
  server.close();
  return counted;
}
