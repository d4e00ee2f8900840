const MINUTE_MS = 60_000;
/** A little under a fixed pace, so that a late timer does not make it a little over. */
const SAFETY_FACTOR = 0.985;
/** What was missed is made up for at this many times the even pace of our share, and no faster. */
const CATCH_UP_FACTOR = 1.25;
/** With no reserve, this share of the limit is kept back all the same for answers that are late. */
const MIN_RESERVE_SHARE = 0.01;
/** The least pace, which shows whether there is more again: share of the limit, and requests per window. */
const MIN_PACE_SHARE = 0.01;
const MIN_PACE_REQUESTS = 4;
/** A request that leaves late does not delay the next ones if it is no later than one interval, within these bounds. */
const MIN_CREDIT_MS = 50;
const MAX_CREDIT_MS = 1_000;

/** What we may spend. */
export interface Allowance {
  /** The limit: requests per window. */
  readonly requests: number;
  readonly windowMs: number;
  /** Share of the limit that is left to other clients: 0 to 1. */
  readonly reserveShare: number;
  /** Our own upper bound: requests/min. */
  readonly maxPerMinute: number;
}

/** Requests of each window that are left to others. */
export function reservedRequests({requests, reserveShare}: Allowance): number {
  return Math.max(reserveShare, MIN_RESERVE_SHARE) * requests;
}

/** Requests/min if we spend our share evenly and nobody else spends more than the reserve. */
export function evenPerMinute(allowance: Allowance): number {
  return Math.min(sharePerMinute(allowance), allowance.maxPerMinute) * SAFETY_FACTOR;
}

/** Time between two requests: ms. @param leftPerMinute what the level of the limit leaves us, if it is known */
export function intervalMs(allowance: Allowance, leftPerMinute: number | undefined): number {
  const {requests, windowMs, maxPerMinute} = allowance;
  const min = (Math.max(requests * MIN_PACE_SHARE, MIN_PACE_REQUESTS) * MINUTE_MS) / windowMs;
  const max = Math.min(sharePerMinute(allowance) * CATCH_UP_FACTOR, maxPerMinute * SAFETY_FACTOR);
  return MINUTE_MS / Math.min(Math.max(leftPerMinute ?? evenPerMinute(allowance), min), max);
}

function sharePerMinute(allowance: Allowance): number {
  return ((allowance.requests - reservedRequests(allowance)) * MINUTE_MS) / allowance.windowMs;
}

/** When requests are due, each one interval after the one before. Times are epoch ms. */
export class Schedule {
  /** When the last request left. */
  startedAt = 0;
  /** When it was due. */
  private dueAt = 0;

  nextAt(intervalMs: number): number {
    return this.dueAt + intervalMs;
  }

  /** Called when a request leaves. */
  start(now: number, intervalMs: number): void {
    const creditMs = Math.min(Math.max(intervalMs, MIN_CREDIT_MS), MAX_CREDIT_MS);
    this.dueAt = Math.min(now, Math.max(this.nextAt(intervalMs), now - creditMs));
    this.startedAt = now;
  }
}
