import type {AxiosAdapter} from 'axios';
import type {Log} from './airbyte/outlet';
import type {SyncStream} from './airbyte/stream';
import type {Clock} from './clock';
import type {Config} from './config';
import {KustomerClient} from './http/client';
import {describeEndpoint} from './http/errors';
import {WorkerSlots} from './keyset/read-windows';
import {AdaptiveRateLimiter} from './http/rate-limiter';
import {DeletedRecords} from './kustomer/search';
import {allStreams} from './streams';
import {KlassGroup} from './streams/per-klass/group';
import type {KustomerStream, StreamDeps} from './streams/stream';

/** What the program is given from outside. */
export interface Runtime {
  readonly clock: Clock;
  /** In [0, 1). */
  readonly random: () => number;
  /** Aborted when the process is told to stop. */
  readonly stop: AbortSignal;
  readonly version: string;
  readonly log: Log;
  /** Resolves when everything else has had its turn, and there is room for more output. */
  readonly backpressure: () => Promise<void>;
  /** In the place of the network, for tests. */
  readonly adapter?: AxiosAdapter;
}

/** One connection to one organisation's Kustomer: the client, its quota, and the streams that read through them. */
export interface Connection {
  readonly client: KustomerClient;
  readonly quota: AdaptiveRateLimiter;
  readonly streams: readonly KustomerStream[];
  /** The streams of klasses, by name: all that will be read, since they are read together. */
  klassStreams(names: readonly string[]): readonly SyncStream[];
}

/**
 * Wires a connection.
 * @param budget how long one request is tried without success, ms
 * @param onWait told until when the quota holds everything up, epoch ms
 * @param unpaced so many requests need not be spread over a minute
 */
export function connect(
  config: Config,
  around: Runtime,
  budget: number,
  onWait: (until: number) => void,
  unpaced = 0,
): Connection {
  const {clock, random, stop, log, backpressure: turn, version, adapter} = around;
  const quota = new AdaptiveRateLimiter(
    {...config, reservePercent: config.quotaReservePercent, unpaced},
    {clock, stop, onWait, onLearned: (message) => log('INFO', message)},
  );
  const client = new KustomerClient(
    {
      baseUrl: config.baseUrl,
      token: config.token,
      connections: config.concurrency,
      agent: `source-kustomer/${version}`,
      budgetMs: budget,
    },
    {
      clock,
      random,
      limiter: quota,
      stop,
      onRetry: (endpoint, failure, delay) =>
        log(
          'INFO',
          `${describeEndpoint(endpoint)}: ${failure.text}; again in ${(delay / 1000).toFixed(1)} s`,
        ),
      backpressure: turn,
      ...(adapter && {adapter}),
    },
  );
  const deps: StreamDeps = {
    ...config,
    client,
    clock,
    workers: new WorkerSlots(config.concurrency, () => quota.waiting + client.waiting),
    deleted: new DeletedRecords(config.includeDeleted, (message) => log('WARN', message)),
  };
  const klassStreams = (names: readonly string[]) => new KlassGroup(names, deps).streams;
  return {client, quota, streams: allStreams(deps), klassStreams};
}
