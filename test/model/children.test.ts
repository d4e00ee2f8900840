import {setMaxListeners} from 'node:events';
import fc from 'fast-check';
import {createApi} from '../../sandbox/api/api';
import {attachmentsOf} from '../../sandbox/world/bodies/parts';
import {Random} from '../../sandbox/world/random';
import {type NewRow, type World, worldOf} from '../../sandbox/world/world';
import {Outlet} from '../../src/airbyte/outlet';
import {Sync} from '../../src/airbyte/sync';
import {explain} from '../../src/error-messages';
import {VirtualClock} from '../fakes/virtual-clock';
import {connectVirtually} from '../fakes/virtual-connection';
import {VirtualNetwork} from '../fakes/virtual-network';
import {useRealTimers, useVirtualTimers} from '../fakes/virtual-timers';
import {type ReadOptions, type ReadResult, read, statesOf} from './harness';
import {DAY, NOW, START, histories, idOf} from './history';

/** How many histories are tried: jest.config.js says. */
declare const __HISTORIES__: number;
jest.setTimeout(300_000);
afterEach(useRealTimers);

describe('under both limits, others at work', () => {
  const LIMIT = {all: 1000, searches: 100};
  const OTHERS = {all: 300, searches: 20};
  const SHARE = {all: 0.9 * LIMIT.all - OTHERS.all, searches: 0.9 * LIMIT.searches - OTHERS.searches};
  const PAGE = 100;

  interface Sizes {
    readonly conversations: number;
    readonly messages: number;
  }

  function inTurn(object: 'conversations' | 'messages', count: number): NewRow[] {
    return Array.from({length: count}, (_, at) => {
      const instant = NOW - 600 * DAY + at * 60_000;
      const id = idOf(at + (object === 'messages' ? 1_000_000 : 0));
      return {object, id, createdAt: instant, updatedAt: instant};
    });
  }

  /** Reads messages, and the attachments of each conversation. */
  async function readBoth(
    {conversations, messages}: Sizes,
    latencyMs: number,
  ): Promise<{
    sent: (from: number, to: number) => Record<keyof typeof SHARE, number>;
    childrenDoneMs: number;
  }> {
    const clock = new VirtualClock(NOW);
    useVirtualTimers(clock);
    const world = worldOf([...inTurn('conversations', conversations), ...inTurn('messages', messages)]);
    const api = createApi(world, {
      requestsPerMinute: LIMIT.all,
      searchesPerMinute: LIMIT.searches,
      foreignPerMinute: OTHERS.all - OTHERS.searches,
      foreignSearchesPerMinute: OTHERS.searches,
    });
    const {signal: stop} = new AbortController();
    setMaxListeners(0, stop);
    const [searches, others]: number[][] = [[], []];
    const before = (): void => undefined;
    const network = new VirtualNetwork(api, clock, {latency: () => latencyMs, behind: 0, before, stop});
    api.faults.hook = ({path}) => {
      (path.endsWith('/search') ? searches : others)?.push(clock.now() - NOW);
      return undefined;
    };
    let childrenDoneMs = 0;
    const outlet = new Outlet(async (bytes) => {
      if (/"attachments"},"status":"COMPLETE"/.test(bytes.toString())) childrenDoneMs = clock.now() - NOW;
    }, clock);
    const {streams} = connectVirtually(network, {clock, outlet, pageSize: PAGE});
    const jobs = streams
      .filter(({name}) => ['attachments', 'messages'].includes(name))
      .map((stream) => ({stream, mode: 'full_refresh', state: undefined}) as const);
    const sync = new Sync({outlet, clock, explain, quota: () => undefined});
    expect(await clock.run(sync.run(jobs))).toEqual([]);
    expect(api.stats.statuses['429']).toBeUndefined();
    const within = (times: readonly number[] = [], from: number, to: number): number =>
      times.filter((at) => at >= from && at < to).length;
    const sent = (from: number, to: number): Record<keyof typeof SHARE, number> => {
      const found = within(searches, from, to);
      return {searches: found, all: found + within(others, from, to)};
    };
    return {sent, childrenDoneMs};
  }

  test.each([50, 300, 2000])('at %d ms an answer our share of each is used', async (latencyMs) => {
    const {sent} = await readBoth({conversations: 1300, messages: 140 * PAGE}, latencyMs);
    const {all, searches} = sent(40_000, 100_000);
    expect(all).toBeGreaterThanOrEqual(0.95 * SHARE.all);
    expect(searches).toBeGreaterThanOrEqual(0.95 * SHARE.searches);
  });

  test('the search for parents does not wait for a larger stream', async () => {
    const conversations = 2600;
    const {childrenDoneMs} = await readBoth({conversations, messages: 420 * PAGE}, 2000);
    expect(childrenDoneMs).toBeLessThan((1.1 * conversations * 60_000) / (SHARE.all - SHARE.searches));
  });
});

describe('answers that come in any order', () => {
  interface Scene {
    readonly rows: readonly NewRow[];
    readonly pageSize: number;
    readonly concurrency: number;
    readonly seed: number;
  }

  const PAGE_SIZES = [3, 10];
  const scenes: fc.Arbitrary<Scene> = fc.constantFrom(...PAGE_SIZES).chain((pageSize) =>
    fc.record({
      rows: histories(['conversations'], pageSize),
      pageSize: fc.constant(pageSize),
      concurrency: fc.integer({min: 1, max: 10}),
      seed: fc.nat(),
    }),
  );

  function attachmentsRead(
    {rows, pageSize, concurrency, seed}: Scene,
    more: Partial<ReadOptions> = {},
  ): {world: World; result: Promise<ReadResult>} {
    const world = worldOf(rows);
    const random = new Random(seed);
    const result = read({
      api: createApi(world, {requestsPerMinute: 1e9}),
      clock: new VirtualClock(NOW),
      streams: ['attachments'],
      mode: 'incremental',
      states: {},
      start: START,
      lookback: 0,
      latency: () => random.int(10, 20_000),
      ...{pageSize, concurrency},
      ...more,
    });
    return {world, result};
  }

  /** `id conversation` of what was written. */
  function found(messages: readonly unknown[]): string[] {
    type RecordMessage = {type: string; record: {data: {id: string; conversation: {id: string}}}};
    return (messages as RecordMessage[])
      .filter(({type}) => type === 'RECORD')
      .map(({record: {data}}) => `${data.id} ${data.conversation.id}`)
      .sort();
  }

  function truth(world: World): string[] {
    return [...world.table('conversations').rows()]
      .flatMap((row) => attachmentsOf(world, row).map(({id}) => `${String(id)} ${row.id}`))
      .sort();
  }

  const options = {numRuns: __HISTORIES__};

  test('bring each row once', async () => {
    await fc.assert(
      fc.asyncProperty(scenes, async (scene) => {
        const {world, result} = attachmentsRead(scene);
        expect(found((await result).messages)).toEqual(truth(world));
      }),
      options,
    );
  });

  test('leave nothing out where the read is stopped at any request, and then killed or not: the next read brings the rest', async () => {
    await fc.assert(
      fc.asyncProperty(
        scenes,
        fc.integer({min: 1, max: 60}),
        fc.double({min: 0, max: 1, noNaN: true}),
        async (scene, stopAt, cut) => {
          const {messages} = await attachmentsRead(scene, {stopAt}).result;
          const written = messages.slice(0, Math.ceil(cut * messages.length));
          const state = statesOf(written, 'attachments').at(-1)?.state;
          const {world, result} = attachmentsRead(scene, {states: {attachments: state}});
          const {messages: rest} = await result;
          const both = new Set([...found(written), ...found(rest)]);
          expect([...both].sort()).toEqual([...new Set(truth(world))]);
        },
      ),
      options,
    );
  });
});
