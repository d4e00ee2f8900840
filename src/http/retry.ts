import type {Failure} from './failure';

/** Where a request stands after a failed attempt. */
export interface AttemptState {
  /** Attempts made so far, the failed one included: 1 and up. */
  readonly tries: number;
  /** ms since the first attempt of this request, without the time that it spent in queues of our own. */
  readonly elapsedMs: number;
  /** How long one request is tried without success: ms. */
  readonly budgetMs: number;
  /** Epoch ms. */
  readonly now: number;
  /** A random number in [0, 1). */
  readonly random: number;
}

const FIRST_DELAY_MS = 500;
const MAX_DELAY_MS = 30_000;
/** A reset further away than this is no reset of a limit counted per minute: ms. */
const MAX_RESET_MS = 5 * 60_000;
/** Transient besides 5xx (docs/kustomer-api.md, Errors; RFC 9110 and RFC 8470 for 408 and 425). */
const TRANSIENT_STATUSES = new Set([408, 425, 429]);
const NOT_IMPLEMENTED = 501;

/** Whether the same request may succeed later. */
export function isTransient({kind, status = 0, obstacle}: Failure): boolean {
  if (kind !== 'status') return obstacle === undefined;
  return TRANSIENT_STATUSES.has(status) || (status >= 500 && status !== NOT_IMPLEMENTED);
}

/**
 * ms to wait before the next attempt; undefined when there is none: the failure is final, or the budget is spent. Not for a 429:
 * the rate limiter waits there.
 */
export function retryDelay(failure: Failure, state: AttemptState): number | undefined {
  if (!isTransient(failure)) return undefined;
  const delay = retryAfter(failure, state.now) ?? backoff(state.tries, state.random);
  return state.elapsedMs + delay > state.budgetMs ? undefined : delay;
}

/**
 * When a refusal for the rate limit is over, as epoch ms: `x-ratelimit-reset` (epoch seconds) or `Retry-After` (seconds or a
 * date). A header that makes no sense gives undefined and costs no more than its hint.
 */
export function quotaReset(headers: Readonly<Record<string, string>>, now: number): number | undefined {
  const reset = Number(headers['x-ratelimit-reset']) * 1000;
  if (isNear(reset, now)) return Math.max(reset, now);
  const after = headers['retry-after'];
  if (after === undefined || after.trim() === '') return undefined;
  const seconds = Number(after);
  const at = Number.isNaN(seconds) ? Date.parse(after) : now + seconds * 1000;
  return isNear(at, now) ? Math.max(at, now) : undefined;
}

function isNear(at: number, now: number): boolean {
  return at >= now - 60_000 && at <= now + MAX_RESET_MS;
}

/** What a 503 asks for. A time that has passed does not count: on it alone the next attempts would come in a tight loop. */
function retryAfter({status, headers}: Failure, now: number): number | undefined {
  if (status !== 503) return undefined;
  const reset = quotaReset(headers, now);
  return reset === undefined || reset <= now ? undefined : reset - now;
}

/** Exponential, with full jitter in the upper half, so that requests that failed together do not return together. */
function backoff(tries: number, random: number): number {
  const ceiling = Math.min(MAX_DELAY_MS, FIRST_DELAY_MS * 2 ** Math.min(tries - 1, 16));
  return ceiling * (0.5 + random / 2);
}
