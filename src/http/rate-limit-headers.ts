/** What an answer's headers say of a rate limit. What makes no sense in them is undefined. */
export interface RateLimitHeaders {
  /** Requests per window: 1 and up. */
  readonly limit: number | undefined;
  /** Requests left in the window. */
  readonly remaining: number | undefined;
  /** When the limit that they tell resets (x-ratelimit-reset): epoch ms, after `now`. */
  readonly resetAt: number | undefined;
  /** When this request may be made again (Retry-After): epoch ms, after `now`. */
  readonly retryAt: number | undefined;
}

/** A reset further away is not believed: a little over the longest usual window. */
const MAX_RESET_MS = 61 * 60_000;
/** Up to this, a difference from the server's Date header is latency and rounding, not a wrong clock. */
const CLOCK_TOLERANCE_MS = 2_000;
/** Larger numbers are epoch seconds (2001 and later), smaller ones seconds from now. */
const MIN_EPOCH_SECONDS = 1e9;
/** Larger numbers are epoch milliseconds. */
const MIN_EPOCH_MS = 1e11;

/**
 * Reads the x-ratelimit headers and Retry-After (docs/kustomer-api.md, Rate limits). Documented are epoch seconds for the
 * reset; seconds from now, epoch milliseconds and dates are understood too.
 * @param headers names in lower case @param now epoch ms
 */
export function readRateLimitHeaders(
  headers: Readonly<Record<string, string>>,
  now: number,
): RateLimitHeaders {
  const limit = parseCount(headers['x-ratelimit-limit']) || undefined;
  const remaining = parseCount(headers['x-ratelimit-remaining']);
  const serverNow = serverTime(headers['date'], now);
  const parse = (text: string | undefined): number | undefined => {
    const waitMs = parseTime(text, serverNow) - serverNow;
    return waitMs > 0 && waitMs <= MAX_RESET_MS ? now + Math.ceil(waitMs) : undefined;
  };
  return {
    limit,
    remaining: remaining !== undefined && limit !== undefined && remaining > limit ? undefined : remaining,
    resetAt: parse(headers['x-ratelimit-reset']),
    retryAt: parse(headers['retry-after']),
  };
}

function parseCount(text: string | undefined): number | undefined {
  return text !== undefined && /^\d{1,9}$/.test(text) ? Number(text) : undefined;
}

/** Epoch ms by the server's clock; NaN where the text is no time. */
function parseTime(text: string | undefined, serverNow: number): number {
  if (text === undefined || text.trim() === '') return NaN;
  const value = Number(text);
  if (Number.isNaN(value)) return Date.parse(text);
  if (value >= MIN_EPOCH_MS) return value;
  return value >= MIN_EPOCH_SECONDS ? value * 1000 : serverNow + value * 1000;
}

/** A reset by the server's clock means nothing by ours where one of them is wrong. */
function serverTime(date: string | undefined, now: number): number {
  const at = Date.parse(date ?? '');
  return Math.abs(at - now) > CLOCK_TOLERANCE_MS ? at : now;
}
