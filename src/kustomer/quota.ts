import Bottleneck from 'bottleneck';
import type {Clock} from '../clock';
import type {Gate} from './client';
import {ForeignTraffic} from './foreign-traffic';

export interface QuotaOptions {
  /** Requests in flight at most. */
  readonly concurrency: number;
  /** Our own upper bound, requests/min; undefined for none. */
  readonly requestsPerMinute: number | undefined;
  /** Share of the organisation's quota that is left to everybody else: percent. */
  readonly reservePercent: number;
}

export interface QuotaDeps {
  readonly clock: Clock;
  readonly stop: AbortSignal;
  /** Told once for each time that the quota is spent: until when nothing is asked, epoch ms. */
  readonly onWait: (until: number) => void;
}

/** Until an answer says otherwise: requests/min, the smallest plan (kustomer-api.md, Rate limit). */
const ASSUMED_LIMIT = 300;
/** A little under our share, so that a late timer does not make it a little over. */
const CAUTION = 0.985;
/** The purse is as good as empty with this share of it left, beyond what others are expected to need. */
const NEARLY_EMPTY = 0.005;
/** The pace at which we look whether an empty purse has been filled: requests/min. */
const PROBING = 30;
/** The quota is counted per minute: ms. */
const MINUTE = 60_000;

/**
 * The quota stands between us and the network: it spreads requests evenly over the minute, at the pace that leaves to others
 * what they use and the reserve besides. It learns the organisation's limit and what is left of it from each answer
 * (kustomer-api.md, Rate limit: x-ratelimit-limit, x-ratelimit-remaining; the limit is per organisation, shared by all keys).
 */
export class Quota implements Gate {
  /** What it has met so far: answers that refused for quota, and waits for its reset. */
  readonly counts = {refusals: 0, waits: 0};
  private readonly limiter: Bottleneck;
  private readonly foreign = new ForeignTraffic();
  private limit = ASSUMED_LIMIT;
  private remaining: number | undefined;
  private heldUntil = 0;

  constructor(
    private readonly options: QuotaOptions,
    private readonly deps: QuotaDeps,
  ) {
    this.limiter = new Bottleneck({maxConcurrent: options.concurrency, minTime: MINUTE / this.pace()});
    const stop = () => void this.limiter.stop({dropWaitingJobs: true, dropErrorMessage: 'stopped'});
    if (deps.stop.aborted) stop();
    else deps.stop.addEventListener('abort', stop, {once: true});
  }

  run<T>(job: () => Promise<T>): Promise<T> {
    return this.limiter.schedule(job);
  }

  learn(headers: Readonly<Record<string, string>>): void {
    const limit = Number(headers['x-ratelimit-limit']);
    if (Number.isInteger(limit) && limit > 0) this.limit = limit;
    const remaining = Number(headers['x-ratelimit-remaining'] ?? NaN);
    if (Number.isInteger(remaining) && remaining >= 0) {
      this.remaining = remaining;
      this.foreign.learn(remaining, this.deps.clock.now());
    }
    this.limiter.updateSettings({minTime: MINUTE / this.pace()});
  }

  refused(reset: number | undefined): void {
    this.counts.refusals += 1;
    const now = this.deps.clock.now();
    const until = reset ?? now + MINUTE;
    if (until <= this.heldUntil) return;
    const held = this.heldUntil > now;
    this.heldUntil = until;
    this.limiter.updateSettings({reservoir: 0});
    if (held) return;
    this.counts.waits += 1;
    this.deps.onWait(until);
    void this.release();
  }

  /** Requests/min that we may make as things stand: more than 0. */
  pace(): number {
    const reserve = (this.limit * this.options.reservePercent) / 100;
    const others = this.foreign.perMinute(this.deps.clock.now());
    const nearlyEmpty = this.remaining !== undefined && this.remaining <= this.limit * NEARLY_EMPTY;
    const share = nearlyEmpty ? PROBING : (this.limit - reserve - others) * CAUTION;
    return Math.max(1, Math.min(share, this.options.requestsPerMinute ?? Infinity));
  }

  /** One wait for all lanes; after it they go on at their pace, not all at once. */
  private async release(): Promise<void> {
    try {
      for (let now = this.deps.clock.now(); now < this.heldUntil; now = this.deps.clock.now()) {
        await this.deps.clock.sleep(this.heldUntil - now, this.deps.stop);
      }
    } catch {
      return; // Stopped: nothing is to go on.
    }
    this.remaining = undefined;
    this.limiter.updateSettings({reservoir: null});
  }
}
