import type {Api} from '../../sandbox/api/api';
import {Outlet} from '../../src/airbyte/outlet';
import type {Message, SyncMode} from '../../src/airbyte/messages';
import {Sync} from '../../src/airbyte/sync';
import {explain} from '../../src/error-messages';
import type {RateLimiter} from '../../src/http/call';
import {KustomerClient} from '../../src/http/client';
import {WorkerSlots} from '../../src/keyset/worker-slots';
import {Lists} from '../../src/kustomer/list';
import {PageSizes} from '../../src/kustomer/page-size';
import {allStreams} from '../../src/streams';
import type {VirtualClock} from '../fakes/virtual-clock';
import {VirtualNetwork} from '../fakes/virtual-network';

export interface ReadOptions {
  readonly api: Api;
  readonly clock: VirtualClock;
  readonly streams: readonly string[];
  readonly mode: SyncMode;
  /** Stream name -> the state it is handed. */
  readonly states: Readonly<Record<string, unknown>>;
  /** Epoch ms. */
  readonly start: number;
  readonly end?: number;
  /** ms. */
  readonly lookback: number;
  readonly pageSize: number;
  readonly concurrency: number;
  readonly includeDeleted?: boolean;
  readonly includeArchived?: boolean;
  readonly latency?: () => number;
  readonly random?: () => number;
  /** Called before each request is answered, with the number of requests so far. */
  readonly before?: (requests: number) => void;
  /** How far Kustomer's clock is behind ours: ms. */
  readonly behind?: number;
  /** The process is told to stop before this request. */
  readonly stopAt?: number;
  /** A read that takes longer goes on for ever: ms. */
  readonly mostMs?: number;
}

export interface RecordSeen {
  readonly stream: string;
  readonly id: string;
  readonly updatedAt: string;
}

/** What one read has written, message by message. */
export interface ReadResult {
  readonly messages: readonly (Message & {readonly [key: string]: never})[];
  readonly failed: readonly string[];
  readonly requests: number;
  readonly mostInFlight: number;
  /** When the read began: epoch ms. */
  readonly began: number;
}

/** Runs one read through everything but the command line: sync, streams, search and client, over the sandbox's pure API. */
export async function read(options: ReadOptions): Promise<ReadResult> {
  const {
    api,
    clock,
    start,
    end,
    lookback,
    pageSize,
    concurrency,
    includeDeleted = true,
    includeArchived = true,
  } = options;
  const began = clock.now();
  const stop = new AbortController();
  const network: VirtualNetwork = new VirtualNetwork(api, clock, {
    latency: options.latency ?? (() => 10),
    behind: options.behind ?? 0,
    stop: stop.signal,
    before: () => {
      options.before?.(network.requests);
      if (network.requests === options.stopAt) stop.abort();
    },
  });
  const lines: string[] = [];
  const outlet = new Outlet((piece) => {
    lines.push(String(piece));
    return Promise.resolve();
  }, clock);
  const client = new KustomerClient(
    {budgetMs: 600_000, rateLimitBudgetMs: 10_800_000},
    {
      transport: network,
      clock,
      random: options.random ?? (() => 0.5),
      limiter: lanes(concurrency),
      stop: stop.signal,
      onRetry: () => undefined,
      backpressure: () => Promise.resolve(),
    },
  );
  const pageSizes = new PageSizes(pageSize);
  const streams = allStreams({
    client,
    clock,
    workers: new WorkerSlots(concurrency, () => 0),
    startMs: start,
    endMs: end,
    lookbackMs: lookback,
    includeDeleted,
    includeArchived,
    pageSizes,
    lists: new Lists(pageSizes, 'http://localhost'),
  });
  const sync = new Sync({outlet, clock, explain, quota: () => undefined});
  const tasks = streams
    .filter(({name}) => options.streams.includes(name))
    .map((stream) => ({stream, mode: options.mode, state: options.states[stream.name]}));
  const failed = await clock.run(sync.run(tasks), options.mostMs);
  const messages = lines
    .join('')
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as never);
  return {messages, failed, requests: network.requests, mostInFlight: network.mostInFlight, began};
}

/** The records among the messages. */
export function recordsOf(messages: readonly unknown[]): RecordSeen[] {
  return (messages as {type: string; record: {stream: string; data: {id: string; updated_at: string}}}[])
    .filter(({type}) => type === 'RECORD')
    .map(({record}) => ({stream: record.stream, id: record.data.id, updatedAt: record.data.updated_at}));
}

/** What the streams that failed say of it. */
export function errorsOf({messages}: ReadResult): string[] {
  return (messages as readonly {trace?: {error?: {internal_message: string}}}[]).flatMap(
    ({trace}) => trace?.error?.internal_message ?? [],
  );
}

/** Where each STATE of a stream stands among the messages, and what it says. */
export function statesOf(
  messages: readonly unknown[],
  stream: string,
): {at: number; state: unknown; count: number}[] {
  type StateMessage = {
    type: string;
    state: {
      stream: {stream_descriptor: {name: string}; stream_state: unknown};
      sourceStats: {recordCount: number};
    };
  };
  return (messages as StateMessage[]).flatMap(({type, state}, at) =>
    type === 'STATE' && state.stream.stream_descriptor.name === stream
      ? [{at, state: state.stream.stream_state, count: state.sourceStats.recordCount}]
      : [],
  );
}

/** Only lanes: the pace of the quota has tests of its own. */
function lanes(room: number): RateLimiter {
  let running = 0;
  const waiting: (() => void)[] = [];
  return {
    async schedule(_requestClass, job) {
      if (running >= room) await new Promise<void>((resolve) => waiting.push(resolve));
      running += 1;
      try {
        return await job();
      } finally {
        running -= 1;
        waiting.shift()?.();
      }
    },
    observe: () => undefined,
    heldUntilMs: () => 0,
  };
}
