import type {Log} from './airbyte/outlet';
import type {SyncStream} from './airbyte/stream';
import type {Watch} from './airbyte/sync-view';
import type {Clock} from './clock';
import type {Config} from './config';
import type {Transport} from './http/call';
import {KustomerClient} from './http/client';
import {type Endpoint, describeEndpoint} from './http/errors';
import {type Failure, describeFailure} from './http/failure';
import type {Scope} from './http/rate-limit/header-scope';
import {AdaptiveRateLimiter} from './http/rate-limiter';
import {AxiosTransport} from './http/transport';
import {WorkerSlots} from './keyset/worker-slots';
import {Lists} from './kustomer/list';
import {PageSizes} from './kustomer/page-size';
import {allStreams} from './streams';
import {KlassGroup} from './streams/per-klass/group';
import type {KustomerStream, StreamDeps} from './streams/stream';

/** No response within this is a failed attempt: ms. */
const TIMEOUT_MS = 60_000;

/** What the program is given from outside. */
export interface Runtime {
  readonly clock: Clock;
  /** In [0, 1). */
  readonly random: () => number;
  /** Aborted when the process is told to stop. */
  readonly stop: AbortSignal;
  readonly version: string;
  readonly log: Log;
  /** Resolves when all other work has had its chance, and there is space for more output. */
  readonly backpressure: () => Promise<void>;
  /** Shows what a read is doing, where somebody watches. */
  readonly watch?: Watch;
  /** Instead of the network, for tests. */
  readonly transport?: Transport;
}

/** One connection to one organization's Kustomer: the client, its rate limiter, and the streams that read through them. */
export interface Connection {
  readonly client: KustomerClient;
  readonly limiter: AdaptiveRateLimiter;
  readonly lists: Lists;
  readonly streams: readonly KustomerStream[];
  /** The streams of klasses, by name: all that will be read, since they are read together. */
  klassStreams(names: readonly string[]): readonly SyncStream[];
}

export interface ConnectOptions {
  readonly config: Config;
  readonly runtime: Runtime;
  /** How long one request is tried without success: ms. */
  readonly budgetMs: number;
  /** How long one request may be refused for the rate limit again and again: ms. As long as `budgetMs` unless given. */
  readonly rateLimitBudgetMs?: number;
  /** Requests that need not be spread over a minute. None unless given. */
  readonly unpaced?: number;
  /** Called when a rate limit is spent, with the time until which nothing is asked under it: epoch ms. */
  readonly onWait?: (untilMs: number, scope: Scope) => void;
  /** Called with what was learnt about the rate limits: one line. */
  readonly onLearned?: (message: string) => void;
}

/** Wires a connection. Nothing is sent yet. */
export function connect(options: ConnectOptions): Connection {
  const {config, runtime, budgetMs, rateLimitBudgetMs = budgetMs, unpaced = 0} = options;
  const {clock, random, stop, log, backpressure} = runtime;
  const limiter = new AdaptiveRateLimiter(
    {...config, reservePercent: config.quotaReservePercent, unpaced},
    {
      clock,
      stop,
      onWait: options.onWait ?? (() => undefined),
      onLearned: options.onLearned ?? (() => undefined),
    },
  );
  const client = new KustomerClient(
    {budgetMs, rateLimitBudgetMs},
    {
      transport: runtime.transport ?? transportFor(config, runtime, budgetMs),
      clock,
      random,
      limiter,
      stop,
      onRetry: (endpoint, failure, pauseMs) => log('INFO', describeRetry(endpoint, failure, pauseMs)),
      backpressure,
    },
  );
  const pageSizes = new PageSizes(config.pageSize);
  const lists = new Lists(pageSizes, config.baseUrl);
  const deps: StreamDeps = {
    ...config,
    client,
    pageSizes,
    lists,
    clock,
    workers: new WorkerSlots(config.concurrency, () => limiter.waiting.search + client.waiting),
  };
  const klassStreams = (names: readonly string[]) => new KlassGroup(names, deps).streams;
  return {client, limiter, lists, streams: allStreams(deps), klassStreams};
}

function transportFor({baseUrl, token}: Config, {stop, version}: Runtime, budgetMs: number): Transport {
  // Where somebody waits for the command, no attempt may take longer than all of them together.
  const timeoutMs = Math.min(TIMEOUT_MS, budgetMs);
  return new AxiosTransport({baseUrl, token, userAgent: `source-kustomer/${version}`, timeoutMs, stop});
}

/** `GET /v1/tags: 503 Something went wrong; retrying in 3.0 s` */
function describeRetry(endpoint: Endpoint, failure: Failure, pauseMs: number): string {
  const when =
    failure.status === 429
      ? 'when the rate limit allows it'
      : pauseMs === 0
        ? 'at once'
        : `in ${(pauseMs / 1000).toFixed(1)} s`;
  return `${describeEndpoint(endpoint)}: ${describeFailure(failure)}; retrying ${when}`;
}
