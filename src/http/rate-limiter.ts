import Bottleneck from 'bottleneck';
import type {Clock} from '../clock';
import type {HttpResponse, RateLimiter, RequestClass} from './call';
import {MINUTE, RateEstimator} from './rate-estimator';
import {quotaReset} from './retry';

export interface QuotaOptions {
  /** Requests in flight at most. */
  readonly concurrency: number;
  /** Our own upper bound, requests/min; undefined for none. */
  readonly requestsPerMinute: number | undefined;
  /** Share of the organisation's quota that is left to everybody else: percent. */
  readonly reservePercent: number;
  /** So many requests of a command that makes few need not be spread over a minute, while most of the quota is left. */
  readonly unpaced: number;
}

export interface QuotaDeps {
  readonly clock: Clock;
  readonly stop: AbortSignal;
  /** Told once for each time that the quota is spent: until when nothing is asked, epoch ms. */
  readonly onWait: (until: number) => void;
}

/** A little under a fixed pace, so that a late timer does not make it a little over. */
const CAUTION = 0.985;
/** What was missed may be made up for at so many times the even pace of our share, and no faster. */
const HASTE = 1.25;
/** With no reserve, so much is kept back all the same for answers that are late: share of the limit. */
const LEAST_RESERVE = 0.01;
/** The pace at which we look whether an empty purse has been filled: share of the limit. */
const PROBING = 0.01;
/** Whoever waits for a turn looks so often whether the pace has changed: ms. */
const LOOK_AGAIN = 500;
/** A turn that is later than this was not asked for in time, and is not made up for by the gate: ms. */
const LATE = 50;
/** After a 429 nothing is sent for at least this long, even where its reset has passed: ms. */
const MIN_PAUSE_MS = 1000;

/**
 * The quota stands between us and the network: lanes bound the requests in flight, and one gate for all lanes lets them
 * through evenly, at the pace that the purse allows. So as many requests are in flight as the latency needs, and no more.
 */
export class AdaptiveRateLimiter implements RateLimiter {
  /** Waits for the quota's reset so far. */
  waits = 0;
  /** Requests that wait for their turn. */
  waiting = 0;
  private readonly lanes: Bottleneck;
  private readonly gate: Bottleneck;
  private readonly purse = new RateEstimator();
  private inFlight = 0;
  private lastTurn = 0;
  private heldUntil = 0;
  private unpaced: number;

  constructor(
    private readonly options: QuotaOptions,
    private readonly deps: QuotaDeps,
  ) {
    this.unpaced = options.requestsPerMinute === undefined ? options.unpaced : 0;
    this.lanes = new Bottleneck({maxConcurrent: options.concurrency});
    // One at a time, and no minTime: bottleneck books turns ahead, and the pace may change before they come.
    this.gate = new Bottleneck({maxConcurrent: 1});
    const stop = () => {
      for (const limiter of [this.lanes, this.gate])
        void limiter.stop({dropWaitingJobs: true, dropErrorMessage: 'stopped'});
    };
    if (deps.stop.aborted) stop();
    else deps.stop.addEventListener('abort', stop, {once: true});
  }

  /** What the organisation has left of its quota, as the last answer said: requests; undefined before any did. */
  get left(): {readonly remaining: number; readonly limit: number} | undefined {
    const {remaining, limit} = this.purse;
    return remaining === undefined ? undefined : {remaining, limit};
  }

  schedule<T>(_requestClass: RequestClass, job: () => Promise<T>): Promise<T> {
    this.waiting += 1;
    return this.lanes.schedule(async () => {
      await this.gate.schedule(() => this.turn());
      this.waiting -= 1;
      this.purse.spend(this.deps.clock.now());
      this.inFlight += 1;
      try {
        return await job();
      } finally {
        this.inFlight -= 1;
      }
    });
  }

  observe(_requestClass: RequestClass, {status, headers}: Pick<HttpResponse, 'status' | 'headers'>): void {
    const now = this.deps.clock.now();
    this.purse.learn(headers, now);
    if (status === 429)
      this.pauseUntil(Math.max(quotaReset(headers, now) ?? now + MINUTE, now + MIN_PAUSE_MS));
  }

  heldUntilMs(): number {
    return this.heldUntil;
  }

  private pauseUntil(reset: number): void {
    const held = this.heldUntil > this.deps.clock.now();
    this.heldUntil = Math.max(this.heldUntil, reset);
    if (held) return;
    this.waits += 1;
    this.deps.onWait(this.heldUntil);
  }

  /** Requests/min that we may make as things stand: more than 0. */
  private pace(): number {
    const {limit} = this.purse;
    const reserve = Math.max(this.options.reservePercent / 100, LEAST_RESERVE) * limit;
    const share = limit - reserve;
    const pace = this.purse.pace(reserve, this.inFlight, this.deps.clock.now()) ?? share * CAUTION;
    const most = Math.min(share * HASTE, (this.options.requestsPerMinute ?? Infinity) * CAUTION);
    return Math.min(Math.max(pace, limit * PROBING), most);
  }

  /** The quota is not held, and more than half of it is left, or nobody has said otherwise yet. */
  private isPlenty(now: number): boolean {
    const {limit, remaining = limit} = this.purse;
    return this.heldUntil <= now && remaining - this.inFlight > limit / 2;
  }

  /**
   * Waits until the next request may go. In a time of no quota one waits here for the reset, and all others behind: then they
   * go on at their pace, not all at once.
   */
  private async turn(): Promise<void> {
    const {clock, stop} = this.deps;
    for (;;) {
      const now = clock.now();
      if (this.unpaced > 0 && this.isPlenty(now)) {
        this.unpaced -= 1;
        this.lastTurn = now;
        return;
      }
      const next = this.lastTurn + MINUTE / this.pace();
      const wait = Math.max(next, this.heldUntil) - now;
      if (wait <= 0) {
        this.lastTurn = now - next < LATE ? next : now;
        return;
      }
      await clock.sleep(Math.min(wait, LOOK_AGAIN), stop);
    }
  }
}
