import type {RateLimitHeaders} from '../rate-limit-headers';
import {AssumedLimit} from './assumed-limit';
import {Hold} from './hold';
import {type Allowance, Schedule, evenPerMinute, intervalMs, reservedRequests} from './pace';
import {OBSERVATION_MS, RateEstimator, type ToldLimit} from './rate-estimator';
import {RequestLog} from './request-log';
import {WindowLength} from './window-length';

const MINUTE_MS = 60_000;
/** Refusals that last longer than this show a longer window. */
const MIN_LONG_REFUSAL_MS = 5 * 60_000;

export interface RateLimitOptions {
  /** In messages, as `the limit of searches`. */
  readonly name: string;
  /** The documented limit, until an answer tells another: requests/min. */
  readonly assumedPerMinute: number;
  /** Share of the limit that is left to other clients: 0 to 1. */
  readonly reserveShare: number;
  /** Our own upper bound: requests/min. */
  readonly maxPerMinute: number;
  /** Called with what was learnt about the limit: one line. */
  readonly onLearned: (message: string) => void;
}

/** One limit of Kustomer's: what is known of it, and when the next request may go. Times are epoch ms. */
export class RateLimit {
  private readonly sent = new RequestLog();
  private readonly window: WindowLength;
  private readonly estimator = new RateEstimator(this.sent);
  private readonly assumed: AssumedLimit;
  private readonly hold = new Hold();
  private readonly schedule = new Schedule();
  /** Requests per window, as a successful answer told; undefined before any did. */
  toldLimit: number | undefined;
  /** As a refusal told last: where it is the first to tell, it does not tell how long the window is. */
  private toldByRefusal: number | undefined;
  private inFlight = 0;
  private answered = 0;
  /** Since when requests pass without a longer time of refusals, and how many had been answered before. */
  private passing: {readonly since: number; readonly answeredBefore: number} | undefined;

  constructor(private readonly options: RateLimitOptions) {
    this.window = new WindowLength(() => this.report(`is counted per ${this.windowText}`));
    this.assumed = new AssumedLimit(options.assumedPerMinute, (before, after) =>
      this.report(
        after > before
          ? `is not told, and ${before} requests per ${this.windowText} were not refused: trying ${after}`
          : `is not told, and ${before} requests per ${this.windowText} were refused: going back to ${after}`,
      ),
    );
  }

  /** What the last answer said is left of the told limit. */
  get remaining(): number | undefined {
    return this.estimator.remaining;
  }

  /** When requests may go again after a refusal: epoch ms. */
  get heldUntilMs(): number {
    return this.hold.untilMs;
  }

  /** When the next request may go: not after `now` if it may go at once. */
  nextAt(now: number): number {
    const hasTried = this.schedule.startedAt >= this.hold.untilMs;
    if (this.hold.isTrying && hasTried && this.inFlight > 0) return Infinity;
    return Math.max(this.schedule.nextAt(this.intervalMs(now)), this.hold.untilMs);
  }

  /** Whether a few requests need not be spread out: nothing is refused, and more than half of the limit is left. */
  isPlenty(now: number): boolean {
    const {requests} = this.allowance;
    const left = this.remaining ?? requests - this.sent.count(now - this.window.ms, now);
    return !this.hold.isTrying && left - this.inFlight > requests / 2;
  }

  /** Called when a request leaves. */
  start(now: number): void {
    this.schedule.start(now, this.intervalMs(now));
    this.inFlight += 1;
    this.passing ??= {since: now, answeredBefore: this.answered};
    if (this.toldLimit === undefined) {
      this.assumed.sent(now, this.window.ms, (evenPerMinute(this.allowance) * this.window.ms) / MINUTE_MS);
    }
    this.sent.add(now, this.window.ms + OBSERVATION_MS);
  }

  /** Called when a request has come to its end, with an answer or without. */
  end(): void {
    this.inFlight -= 1;
  }

  /** Called for each answer that is no refusal, and counts against this limit. */
  passed(now: number): void {
    this.answered += 1;
    const refusedMs = this.hold.passed(now);
    if (refusedMs === undefined) return;
    const {since, answeredBefore} = this.passing ?? {since: now, answeredBefore: 0};
    this.passing = {since: now, answeredBefore: this.answered - 1};
    if (refusedMs < MIN_LONG_REFUSAL_MS || refusedMs < 2 * this.window.ms) return;
    this.window.observeAtLeast(now - since);
    this.assumed.set(this.answered - 1 - answeredBefore);
  }

  /** Called with what a successful answer tells of this limit. */
  observe({limit, remaining, resetAt}: RateLimitHeaders, now: number): void {
    this.learnLimit(limit);
    if (resetAt !== undefined) this.window.observeAtLeast(resetAt - now);
    if (remaining === undefined || this.toldLimit === undefined) return;
    // At 0, more may be used than the limit says.
    if (remaining > 0) this.window.observeUse(this.toldLimit - remaining, this.answered, this.inFlight, now);
    this.estimator.observe(remaining, this.answered, {limit: this.toldLimit, windowMs: this.window.ms}, now);
  }

  /** Called when another limit shows that this one, as long as nothing tells it, is no lower. */
  assumeAtLeast(requests: number): void {
    if (this.toldByRefusal === undefined && requests > this.assumed.requests) this.assumed.set(requests);
  }

  /**
   * Called for a refusal by this limit. Returns until when nothing is asked, or undefined if that was known.
   * @param limit requests per window, if the refusal tells it @param resetAt when it tells that there will be more
   */
  refused(now: number, limit?: number, resetAt?: number): number | undefined {
    if (this.toldLimit !== undefined) this.learnLimit(limit);
    const {toldWindow} = this;
    const isFirst = !this.hold.isTrying;
    const until = resetAt ?? (toldWindow && this.estimator.nextRefillAt(toldWindow, now));
    if (!this.hold.refused(now, until, this.window.ms)) return undefined;
    if (resetAt !== undefined) this.window.observeAtLeast(resetAt - now);
    if (isFirst) this.learnFromRefusal(now, limit);
    return this.hold.untilMs;
  }

  /** Forgets what answers told: it was told of another limit. */
  forget(): void {
    this.toldLimit = undefined;
    this.estimator.restart();
    this.window.forget();
  }

  private learnFromRefusal(now: number, limit: number | undefined): void {
    const windowMs = this.window.ms;
    const sentInWindow = this.sent.count(now - windowMs, now);
    const known = this.toldLimit ?? limit;
    this.estimator.restart();
    // Two windows that follow each other may grant twice the limit in one window's time, but no more.
    if (known !== undefined && sentInWindow > 2 * known + this.inFlight) {
      this.window.observeAtMost((windowMs * known) / sentInWindow);
    }
    if (this.toldLimit !== undefined) return;
    const isNews = limit !== undefined && (limit !== this.toldByRefusal || this.window.ms !== windowMs);
    this.toldByRefusal = limit ?? this.toldByRefusal;
    if (!isNews) this.assumed.refused(now, sentInWindow);
    else {
      this.assumed.set(limit);
      this.report(`is ${limit} requests per ${this.windowText}, as a refusal tells`);
    }
  }

  private learnLimit(limit: number | undefined): void {
    if (limit === undefined || limit === this.toldLimit) return;
    this.toldLimit = limit;
    this.estimator.restart();
    this.window.restart();
    this.report(`is ${limit} requests per ${this.windowText}`);
  }

  private report(what: string): void {
    this.options.onLearned(`${this.options.name} ${what}`);
  }

  private get windowText(): string {
    return `${Number((this.window.ms / 1000).toFixed(1))} s`;
  }

  private get allowance(): Allowance {
    const {reserveShare, maxPerMinute} = this.options;
    return {
      requests: this.toldLimit ?? this.assumed.requests,
      windowMs: this.window.ms,
      reserveShare,
      maxPerMinute,
    };
  }

  private get toldWindow(): ToldLimit | undefined {
    return this.toldLimit === undefined ? undefined : {limit: this.toldLimit, windowMs: this.window.ms};
  }

  private intervalMs(now: number): number {
    const {allowance, toldWindow} = this;
    const reserved = reservedRequests(allowance);
    const left = toldWindow && this.estimator.leftPerMinute(reserved, this.inFlight, toldWindow, now);
    return intervalMs(allowance, left);
  }
}
