import type {RateLimitHeaders} from '../rate-limit-headers';
import {AssumedLimit} from './assumed-limit';
import {Hold} from './hold';
import {OBSERVATION_MS, RateEstimator} from './rate-estimator';
import {RequestLog} from './request-log';
import {WindowLength} from './window-length';

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
/** A request that leaves late does not delay the next ones where it is no later than this: one request's time, within these bounds. */
const MIN_CREDIT_MS = 50;
const MAX_CREDIT_MS = 1_000;
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
  /** Requests per window, as an answer told. */
  private told: number | undefined;
  private inFlight = 0;
  private answered = 0;
  /** When the last request left, and when it should have: the next one's time counts from there. */
  private lastSentAt = 0;
  private lastTurn = 0;
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

  /** Requests per window, as an answer told; undefined before any did. */
  get toldLimit(): number | undefined {
    return this.told;
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
    const hasTried = this.lastSentAt >= this.hold.untilMs;
    if (this.hold.isTrying && hasTried && this.inFlight > 0) return Infinity;
    return Math.max(this.lastTurn + this.intervalMs(now), this.hold.untilMs);
  }

  /** Whether a few requests need not wait for their turn: nothing is refused, and more than half of the limit is left. */
  isPlenty(now: number): boolean {
    const requests = this.requests;
    const left = this.remaining ?? requests - this.sent.count(now - this.window.ms, now);
    return !this.hold.isTrying && left - this.inFlight > requests / 2;
  }

  /** Called when a request takes its turn. */
  takeTurn(now: number): void {
    const intervalMs = this.intervalMs(now);
    const creditMs = Math.min(Math.max(intervalMs, MIN_CREDIT_MS), MAX_CREDIT_MS);
    this.lastTurn = Math.min(now, Math.max(this.lastTurn + intervalMs, now - creditMs));
    this.lastSentAt = now;
    this.inFlight += 1;
    this.passing ??= {since: now, answeredBefore: this.answered};
    if (this.told === undefined) {
      this.assumed.sent(now, this.window.ms, (this.evenPace * this.window.ms) / MINUTE_MS);
    }
    this.sent.add(now, this.window.ms + OBSERVATION_MS);
  }

  /** Called when a request that took a turn has come to its end, with an answer or without. */
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
    if (remaining === undefined || this.told === undefined) return;
    // At 0, more may be used than the limit says.
    if (remaining > 0) this.window.observeUse(this.told - remaining, this.answered, this.inFlight, now);
    this.estimator.observe(remaining, this.answered, {limit: this.told, windowMs: this.window.ms}, now);
  }

  /**
   * Called for a refusal by this limit. Returns until when nothing is asked, or undefined if that was known.
   * @param limit requests per window, if the refusal tells it @param resetAt when it tells that there will be more
   */
  refused(now: number, limit?: number, resetAt?: number): number | undefined {
    this.learnLimit(limit);
    const windowMs = this.window.ms;
    const told = this.told === undefined ? undefined : {limit: this.told, windowMs};
    const isFirst = !this.hold.isTrying;
    const until = resetAt ?? (told && this.estimator.nextRefillAt(told, now));
    if (!this.hold.refused(now, until, windowMs)) return undefined;
    if (resetAt !== undefined) this.window.observeAtLeast(resetAt - now);
    if (isFirst) this.learnFromRefusal(now);
    return this.hold.untilMs;
  }

  /** Forgets what answers told: it was told of another limit. */
  forget(): void {
    this.told = undefined;
    this.estimator.restart();
    this.window.forget();
  }

  private learnFromRefusal(now: number): void {
    const sentInWindow = this.sent.count(now - this.window.ms, now);
    this.estimator.restart();
    if (this.told === undefined) this.assumed.refused(now, sentInWindow);
    // Two windows that follow each other may grant twice the limit in one window's time, but no more.
    else if (sentInWindow > 2 * this.told) {
      this.window.observeAtMost((this.window.ms * this.told) / sentInWindow);
    }
  }

  private learnLimit(limit: number | undefined): void {
    if (limit === undefined || limit === this.told) return;
    this.told = limit;
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

  /** Requests per window. */
  private get requests(): number {
    return this.told ?? this.assumed.requests;
  }

  private get reserve(): number {
    return Math.max(this.options.reserveShare, MIN_RESERVE_SHARE) * this.requests;
  }

  /** Requests/min if we spend our share evenly and nobody else spends more than the reserve. */
  private get evenPace(): number {
    const share = ((this.requests - this.reserve) * MINUTE_MS) / this.window.ms;
    return Math.min(share, this.options.maxPerMinute) * SAFETY_FACTOR;
  }

  private intervalMs(now: number): number {
    const {evenPace} = this;
    const toPerMinute = MINUTE_MS / this.window.ms;
    const told = this.told === undefined ? undefined : {limit: this.told, windowMs: this.window.ms};
    const pace = told && this.estimator.pace(this.reserve, this.inFlight, told, now);
    const minPace = Math.max(this.requests * MIN_PACE_SHARE, MIN_PACE_REQUESTS) * toPerMinute;
    const maxPace = Math.min(
      (evenPace / SAFETY_FACTOR) * CATCH_UP_FACTOR,
      this.options.maxPerMinute * SAFETY_FACTOR,
    );
    return MINUTE_MS / Math.min(Math.max(pace ?? evenPace, minPace), maxPace);
  }
}
