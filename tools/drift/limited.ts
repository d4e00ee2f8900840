import type {Config} from '../../src/config';
import {type Connection, type Runtime, connect} from '../../src/connection';

/** No account is asked more: requests. */
export const MOST_REQUESTS = 80;
/** How long one request is tried without success: ms. */
const BUDGET = 20_000;

/** A connection that stops when attempts that fail have used up what may be asked. */
export function connectLimited(
  config: Config,
  around: Omit<Runtime, 'log' | 'stop'>,
  onWait: (until: number) => void,
): Connection {
  const stop = new AbortController();
  // Told of each attempt that failed and will be made again.
  const log = (): void => {
    if (connection.client.counts.requests >= MOST_REQUESTS) stop.abort();
  };
  const connection = connect({
    config,
    runtime: {...around, stop: stop.signal, log},
    budgetMs: BUDGET,
    unpaced: MOST_REQUESTS,
    onWait,
  });
  return connection;
}
