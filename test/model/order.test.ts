import {createApi} from '../../sandbox/api/api';
import {type NewRow, worldOf} from '../../sandbox/world/world';
import {Outlet} from '../../src/airbyte/outlet';
import {Sync} from '../../src/airbyte/sync';
import {explain} from '../../src/error-messages';
import {useRealTimers, useVirtualTimers} from '../fakes/virtual-timers';
import {VirtualClock} from '../fakes/virtual-clock';
import {connectVirtually} from '../fakes/virtual-connection';
import {VirtualNetwork} from '../fakes/virtual-network';
import {DAY, NOW, idOf} from './history';

jest.setTimeout(120_000);
afterEach(useRealTimers);

const PAGE = 20;
/** Of the documented 100 searches a minute, 10 % are left to others. */
const SEARCHES_PER_MINUTE = 90;
type Searched = 'conversations' | 'customers' | 'kobjects' | 'messages' | 'notes';
type Pages = Readonly<Record<Searched, number>>;

interface Finished {
  /** Stream -> when it ended: ms since the start. */
  readonly ends: ReadonlyMap<string, number>;
  readonly searches: number;
}

/** Reads five searched streams of so many pages and four lists, as `read` does, under the documented limits. */
async function readAll(pages: Pages, latencyMs: number): Promise<Finished> {
  const clock = new VirtualClock(NOW);
  useVirtualTimers(clock);
  const rows = (Object.keys(pages) as Searched[]).flatMap((object, index) =>
    Array.from({length: pages[object] * PAGE}, (_, at): NewRow => {
      const instant = NOW - 600 * DAY + at * 60_000;
      return {object, id: idOf(index * 100_000 + at), createdAt: instant, updatedAt: instant};
    }),
  );
  const api = createApi(worldOf(rows), {requestsPerMinute: 1000, searchesPerMinute: 100});
  const network = new VirtualNetwork(api, clock, {
    latency: () => latencyMs,
    before: () => undefined,
    behind: 0,
    stop: new AbortController().signal,
  });
  const ends = new Map<string, number>();
  const outlet = new Outlet(async (bytes) => {
    for (const line of bytes.toString().split('\n')) {
      const [, name] = /"name":"(\w+)"},"status":"COMPLETE"/.exec(line) ?? [];
      if (name !== undefined) ends.set(name, clock.now() - NOW);
    }
  }, clock);
  const {streams} = connectVirtually(network, {clock, outlet, pageSize: PAGE});
  const names = [...Object.keys(pages), 'tags', 'teams', 'users', 'shortcuts'];
  const jobs = streams
    .filter(({name}) => names.includes(name))
    .map((stream) => ({stream, mode: 'full_refresh', state: undefined}) as const);
  const sync = new Sync({outlet, clock, explain, quota: () => undefined});
  expect(await clock.run(sync.run(jobs))).toEqual([]);
  expect(sync.written).toBeGreaterThanOrEqual(rows.length);
  const searches = jobs
    .filter(({stream}) => stream.name in pages)
    .reduce((sum, {stream}) => sum + stream.counts.requests, 0);
  return {ends, searches};
}

const FIRST_SYNC: Pages = {conversations: 60, customers: 45, kobjects: 25, messages: 150, notes: 30};

// With 2 s an answer, a stream that has half of all pages needs more than its one worker for half of all searches.
test.each([
  [50, 0.8],
  [300, 0.8],
  [2000, 0.5],
])(
  'at %d ms an answer, a sync takes no longer than its searches alone, and its large streams end together',
  async (latencyMs, firstEnd) => {
    const {ends, searches} = await readAll(FIRST_SYNC, latencyMs);
    const last = Math.max(...ends.values());
    expect(last).toBeLessThanOrEqual(1.05 * (searches / SEARCHES_PER_MINUTE) * 60_000 + latencyMs);
    for (const stream of Object.keys(FIRST_SYNC)) expect(ends.get(stream)).toBeGreaterThan(firstEnd * last);
    for (const list of ['tags', 'teams', 'users', 'shortcuts']) {
      expect(ends.get(list)).toBeLessThan(0.1 * last);
    }
  },
);

test('small streams are done before a large one is half read', async () => {
  const {ends} = await readAll({conversations: 2, customers: 1, kobjects: 0, messages: 60, notes: 2}, 300);
  const last = ends.get('messages') ?? 0;
  for (const stream of ['conversations', 'customers', 'kobjects', 'notes']) {
    expect(ends.get(stream)).toBeLessThan(0.5 * last);
  }
});
