import type {Scope} from '../http/rate-limit/header-scope';
import {readConfiguredCatalog} from '../airbyte/configured-catalog';
import {readIncomingState} from '../airbyte/incoming-state';
import {InputError} from '../airbyte/input-error';
import type {Outlet} from '../airbyte/outlet';
import type {SyncStream} from '../airbyte/stream';
import {describeCosts} from '../airbyte/stream-run';
import {Sync} from '../airbyte/sync';
import type {Config} from '../config';
import {type Connection, type Runtime, connect} from '../connection';
import {explain} from '../error-messages';
import {KLASS_PREFIX} from '../streams/per-klass/names';

/** How long one request is tried without success: ms. */
const BUDGET_MS = 10 * 60_000;
/** How long one request may be refused for the rate limit again and again: windows of an hour are conceivable. */
const RATE_LIMIT_BUDGET_MS = 3 * 60 * 60_000;

export interface ReadRequest {
  readonly config: Config;
  /** What of the config may be shown. */
  readonly shown: string;
  /** JSON of `--catalog`. */
  readonly catalog: unknown;
  /** JSON of `--state`. */
  readonly state: unknown;
  readonly runtime: Runtime;
  readonly outlet: Outlet;
}

/**
 * Reads the configured streams. Everything is written to the outlet but the closing line.
 * @returns the closing line, and the names of the streams that failed
 * @throws InputError before anything is read
 */
export async function readStreams(request: ReadRequest): Promise<{summary: string; failed: string[]}> {
  const {config, runtime, outlet} = request;
  const {clock, version, log} = runtime;
  const configured = readConfiguredCatalog(request.catalog);
  const states = readIncomingState(request.state);
  let heldUntilMs: number | undefined;
  const onWait = (untilMs: number, scope: Scope): void => {
    const which = scope === 'search' ? 'the limit of searches' : "the organization's limit";
    log('INFO', `${which} is spent; waiting until ${new Date(untilMs).toISOString()}`);
    heldUntilMs = untilMs;
    sync.rateLimited(untilMs);
  };
  const connection = connect({
    config,
    runtime,
    budgetMs: BUDGET_MS,
    rateLimitBudgetMs: RATE_LIMIT_BUDGET_MS,
    onWait,
    onLearned: (message) => log('INFO', message),
  });
  const sync = new Sync({outlet, clock, explain, quota: () => connection.limiter.left});
  log('INFO', `source-kustomer ${version} with ${request.shown}`);
  const ofKlasses = configured.map(({name}) => name).filter((name) => name.startsWith(KLASS_PREFIX));
  const streams = new Map<string, SyncStream>(
    [...connection.streams, ...connection.klassStreams(ofKlasses)].map((stream) => [stream.name, stream]),
  );
  const startedMs = clock.now();
  const unwatch = runtime.watch?.(() => ({
    elapsedMs: clock.now() - startedMs,
    streams: sync.streams,
    requests: connection.client.counts.requests,
    quota: connection.limiter.left,
    heldUntilMs,
  }));
  const failed = await sync.run(
    configured.map(({name, mode, schema}) => ({
      stream: streams.get(name) ?? unknownStream(name, streams),
      mode,
      state: states.get(name),
      schema,
    })),
  );
  unwatch?.();
  return {summary: summarize(connection, {written: sync.written, warnings: outlet.warnings, failed}), failed};
}

function unknownStream(name: string, known: ReadonlyMap<string, unknown>): SyncStream {
  const message = `There is no stream "${name}" in Kustomer; known are ${[...known.keys()].join(', ')}. Refresh the source's schema.`;
  const counts = {requests: 0, retries: 0, refusals: 0};
  return {name, counts, read: () => Promise.reject(new InputError(message))};
}

function summarize(
  {client, limiter}: Connection,
  {written, warnings, failed}: {written: number; warnings: number; failed: readonly string[]},
): string {
  const {waits} = limiter;
  const outcome = failed.length === 0 ? 'all streams are complete' : `failed: ${failed.join(', ')}`;
  return `${written} records in ${describeCosts({...client.counts, waits, warnings})}; ${outcome}`;
}
