import {createApi} from '../../sandbox/api/api';
import type {Settings} from '../../sandbox/api/settings';
import {worldOf} from '../../sandbox/world/world';
import {Outlet} from '../../src/airbyte/outlet';
import {Sync} from '../../src/airbyte/sync';
import {explain} from '../../src/error-messages';
import {useRealTimers, useVirtualTimers} from '../fakes/virtual-timers';
import {DAY, NOW, idOf} from './history';
import {VirtualClock} from '../fakes/virtual-clock';
import {connectVirtually} from '../fakes/virtual-connection';
import {VirtualNetwork} from '../fakes/virtual-network';

jest.setTimeout(120_000);
afterEach(useRealTimers);

const LIMIT = 1000;
const SHARE = 0.9 * LIMIT;
const PAGE = 20;
/** When the use of a whole minute is counted: ms since the start. */
const [FROM, TO] = [40_000, 100_000];

interface Paced {
  /** When each request was made: ms since the start. */
  readonly sent: readonly number[];
  readonly mostInFlight: number;
}

/** Reads one stream as `read` does, at this latency (ms), under these limits, for two minutes of our share. */
async function readPaced(latency: number, share: number, settings: Partial<Settings>): Promise<Paced> {
  const records = 2 * share * PAGE;
  const clock = new VirtualClock(NOW);
  useVirtualTimers(clock);
  const rows = Array.from({length: records}, (_, at) => {
    const instant = NOW - 600 * DAY + at * 60_000;
    return {object: 'conversations' as const, id: idOf(at), createdAt: instant, updatedAt: instant};
  });
  const api = createApi(worldOf(rows), {requestsPerMinute: LIMIT, ...settings});
  const sent: number[] = [];
  const network = new VirtualNetwork(api, clock, {
    latency: () => latency,
    before: () => void sent.push(clock.now() - NOW),
    behind: 0,
    stop: new AbortController().signal,
  });
  const outlet = new Outlet(() => Promise.resolve(), clock);
  const {streams} = connectVirtually(network, {clock, outlet, pageSize: PAGE});
  const sync = new Sync({outlet, clock, explain, quota: () => undefined});
  const conversations = streams.filter(({name}) => name === 'conversations');
  await clock.run(
    sync.run(conversations.map((stream) => ({stream, mode: 'full_refresh', state: undefined}))),
  );
  expect(sync.written).toBe(records);
  return {sent, mostInFlight: network.mostInFlight};
}

test.each([50, 300, 2000])(
  'at %d ms an answer our share is used, by no more requests at once than that takes',
  async (latency) => {
    const {sent, mostInFlight} = await readPaced(latency, SHARE, {searchesPerMinute: LIMIT - 1});
    const used = sent.filter((at) => at >= FROM && at < TO).length;
    expect(used).toBeGreaterThan(0.95 * SHARE);
    expect(used).toBeLessThanOrEqual(1.01 * SHARE);
    expect(mostInFlight).toBeLessThanOrEqual(1.3 * (SHARE / 60_000) * latency + 3);
  },
);

test.each(['search', 'organization', 'none'] as const)(
  'so is our share of what searches may, when their answers tell the limit of: %s',
  async (searchHeaders) => {
    const {sent} = await readPaced(300, 90, {searchesPerMinute: 100, searchHeaders});
    expect(sent.filter((at) => at >= FROM && at < TO).length).toBeGreaterThan(0.95 * 90);
  },
);
