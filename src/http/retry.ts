/** One failed attempt, as far as it matters for the next. */
export interface Failure {
  readonly kind: 'network' | 'timeout' | 'status' | 'unreadable';
  /** HTTP status; only with `kind: 'status'`. */
  readonly status?: number;
  /** One line for logs, without any secret. */
  readonly text: string;
  /** Response headers, lower case; empty where there was no answer. */
  readonly headers: Readonly<Record<string, string>>;
}

/** Where the request stands when the question is asked. */
export interface AttemptState {
  /** Attempts made so far, the failed one included: 1 and up. */
  readonly tries: number;
  /** ms since the first attempt of this request. */
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
/** Worth another attempt besides all 5xx (docs/kustomer-api.md, Errors; RFC 9110 and RFC 8470 for 408 and 425). */
const TRANSIENT_STATUSES = new Set([408, 425, 429]);

/** Whether the same request may succeed later. */
export function isTransient(failure: Failure): boolean {
  if (failure.kind !== 'status') return true;
  const status = failure.status ?? 0;
  return status >= 500 || TRANSIENT_STATUSES.has(status);
}

/** ms to wait before the next attempt, or undefined when there is none: final, or the budget is spent. */
export function retryDelay(failure: Failure, standing: AttemptState): number | undefined {
  if (!isTransient(failure)) return undefined;
  const delay = hintedDelay(failure, standing.now) ?? backoff(standing.tries, standing.random);
  return standing.elapsedMs + delay > standing.budgetMs ? undefined : delay;
}

/**
 * When a refusal for quota is over, as epoch ms: `x-ratelimit-reset` (epoch seconds) or `Retry-After` (seconds or a date).
 * A header that makes no sense gives undefined and costs no more than its hint.
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

/** A hint that has passed says nothing about how long to wait: on it alone the next attempts would come in a tight loop. */
function hintedDelay(failure: Failure, now: number): number | undefined {
  if (failure.status !== 429 && failure.status !== 503) return undefined;
  const reset = quotaReset(failure.headers, now);
  return reset === undefined || reset <= now ? undefined : reset - now;
}

/** Exponential with full jitter above a half, so that lanes that failed together do not return together. */
function backoff(tries: number, random: number): number {
  const ceiling = Math.min(MAX_DELAY_MS, FIRST_DELAY_MS * 2 ** Math.min(tries - 1, 16));
  return ceiling * (0.5 + random / 2);
}
