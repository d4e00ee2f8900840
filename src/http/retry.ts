import type {Failure} from './failure';
import {readRateLimitHeaders} from './rate-limit-headers';

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
/** A 503 that asks for more is retried as if it had not. */
const MAX_RETRY_AFTER_MS = 5 * 60_000;
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

/** ms that a 503 asks to wait. A time that has passed or is far away does not count. */
function retryAfter({status, headers}: Failure, now: number): number | undefined {
  if (status !== 503) return undefined;
  const {resetAt, retryAt} = readRateLimitHeaders(headers, now);
  const at = resetAt ?? retryAt;
  return at === undefined || at > now + MAX_RETRY_AFTER_MS ? undefined : at - now;
}

/** Exponential, with full jitter in the upper half, so that requests that failed together do not return together. */
function backoff(tries: number, random: number): number {
  const ceiling = Math.min(MAX_DELAY_MS, FIRST_DELAY_MS * 2 ** Math.min(tries - 1, 16));
  return ceiling * (0.5 + random / 2);
}
