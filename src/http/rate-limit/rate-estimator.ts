import type {RequestLog} from './request-log';

const MINUTE_MS = 60_000;
/** Other clients' use is measured over this time. */
export const OBSERVATION_MS = 6_000;
/** Shorter observations are too noisy. */
const MIN_OBSERVATION_MS = 2_000;
/** In a moving window the pace is planned for this part of the window. */
const HORIZON_SHARE = 1 / 12;
/** In a shorter window, a level is outdated before it arrives. */
const MIN_WINDOW_MS = 3_000;
/** No plan is for less, since clocks and answers are late by some of it. */
const MIN_HORIZON_MS = 1_000;
/** Answers from before a refill may still come for this part of the window after it. */
const SETTLING_SHARE = 1 / 20;
/** A smaller rise is answers that overtook each other: requests, and share of the limit. */
const MIN_REFILL = 10;
const MIN_REFILL_SHARE = 1 / 20;

/** What one answer says is left. */
interface Sample {
  readonly at: number;
  readonly remaining: number;
  /** Our own answers so far, this one included. */
  readonly answered: number;
}

/** A limit as answers tell it. */
export interface ToldLimit {
  /** Requests per window. */
  readonly limit: number;
  readonly windowMs: number;
}

/**
 * How fast we may go by what answers say is left of a limit. Kustomer does not say how its windows are counted, so both ways
 * are met: a fixed window, seen by what is left jumping up at its end, and a moving one, where each request comes back one
 * window after it was made.
 */
export class RateEstimator {
  private samples: Sample[] = [];
  /** Requests/min that other clients spend, less what comes back of theirs. */
  private othersPerMinute = 0;
  private firstAt: number | undefined;
  /** The last refill of a fixed window: when it was seen, and the middle between what was left before and after. */
  private refill: {readonly at: number; readonly middle: number} | undefined;

  /** @param sent our own requests */
  constructor(private readonly sent: RequestLog) {}

  /** What the last answer said is left. */
  get remaining(): number | undefined {
    return this.samples.at(-1)?.remaining;
  }

  /** Called with what an answer says is left. @param answered our answers so far @param at epoch ms */
  observe(remaining: number, answered: number, told: ToldLimit, at: number): void {
    if (this.isLate(remaining, told, at)) return;
    this.firstAt ??= at;
    const before = this.remaining ?? remaining;
    const rise = remaining - before;
    const minRise = Math.max(3, Math.min(MIN_REFILL, told.limit * MIN_REFILL_SHARE));
    if (rise >= minRise && rise > (told.limit - before) / 2) {
      this.refill = {at, middle: (before + remaining) / 2};
      this.samples = [];
    }
    this.measureOthers({at, remaining, answered}, told);
  }

  /** Forgets all levels: the limit has changed, or a refusal has shown that they are wrong. */
  restart(): void {
    this.samples = [];
    this.othersPerMinute = 0;
    this.firstAt = undefined;
    this.refill = undefined;
  }

  /** When the fixed window that we know ends: epoch ms; undefined if that is not known. */
  nextRefillAt(told: ToldLimit, now: number): number | undefined {
    return this.refill && this.endAt(told, now);
  }

  /**
   * Requests per minute left to us after other clients' recent use and the reserve; 0 or less where they need it all.
   * Undefined where no level is known that still means something.
   * @param reserve requests of each window that are left to others @param inFlight our requests under way @param now epoch ms
   */
  leftPerMinute(reserve: number, inFlight: number, told: ToldLimit, now: number): number | undefined {
    const last = this.samples.at(-1);
    const {limit, windowMs} = told;
    if (!last || windowMs < MIN_WINDOW_MS) return undefined;
    if (this.isRefillUnseen(last, windowMs, now)) {
      return ((limit - inFlight - reserve) * MINUTE_MS) / windowMs - this.othersPerMinute;
    }
    if (now - last.at > windowMs) return undefined;
    const end = this.endAt(told, now);
    const horizonMs = Math.max(MIN_HORIZON_MS, end === undefined ? windowMs * HORIZON_SHARE : end - now);
    const back =
      this.refill && end !== undefined ? 0 : this.sent.count(now - windowMs, now - windowMs + horizonMs);
    return ((last.remaining - inFlight - reserve + back) * MINUTE_MS) / horizonMs - this.othersPerMinute;
  }

  /** If the window is a fixed one it has ended, and no answer has shown the refill yet: only a request can. */
  private isRefillUnseen(last: Sample, windowMs: number, now: number): boolean {
    const from = this.refill?.at ?? this.firstAt;
    const due = from === undefined ? Infinity : from + windowMs;
    return now >= due && last.at < due;
  }

  /**
   * When the window ends, if it is a fixed one: a window after the last refill, or after the first answer. Undefined where
   * that has passed without a refill: then it is a moving one.
   */
  private endAt({windowMs}: ToldLimit, now: number): number | undefined {
    const end = (this.refill?.at ?? this.firstAt ?? now) + windowMs;
    return now < end ? end : undefined;
  }

  private isLate(remaining: number, {windowMs}: ToldLimit, at: number): boolean {
    const {refill} = this;
    return refill !== undefined && at < refill.at + windowMs * SETTLING_SHARE && remaining < refill.middle;
  }

  /** Other clients have spent what is missing beyond what we spent and what came back of ours. */
  private measureOthers(sample: Sample, told: ToldLimit): void {
    this.samples.push(sample);
    while ((this.samples[0] ?? sample).at < sample.at - OBSERVATION_MS) this.samples.shift();
    const first = this.samples[0] ?? sample;
    const observedMs = sample.at - first.at;
    if (observedMs < MIN_OBSERVATION_MS) return;
    const back =
      this.endAt(told, sample.at) === undefined
        ? this.sent.count(first.at - told.windowMs, sample.at - told.windowMs)
        : 0;
    const spent = first.remaining - sample.remaining - (sample.answered - first.answered) + back;
    this.othersPerMinute = Math.max(0, (spent * MINUTE_MS) / observedMs);
  }
}
