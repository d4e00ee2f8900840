/** The quota is counted per minute (docs/kustomer-api.md, Rate limits): ms. */
export const MINUTE = 60_000;
/** Until an answer says otherwise: requests/min, the smallest plan (docs/kustomer-api.md, Rate limits). */
const ASSUMED_LIMIT = 300;
/** What others spend is told from the answers of the last: ms. */
const MEMORY = 6_000;
/** Before so much has been watched, nothing new is said of others: ms. */
const ENOUGH = 2_000;
/** Where the purse is filled bit by bit, it is planned so far ahead: ms. */
const HORIZON = 5_000;
/** No plan is for less, since clocks and answers are late by some of it: ms. */
const SHORTEST = 1_000;
/** For so long after the purse was filled, answers from before may come: ms. */
const SETTLING = 3_000;
/** A smaller rise is answers that overtook each other: requests. */
const SMALLEST_FILL = 10;

/** One answer's view of the purse. */
interface Sight {
  readonly at: number;
  readonly remaining: number;
  /** Our own answers so far, this one included. */
  readonly answered: number;
}

/**
 * The organisation's quota as the answers show it, and how fast we may spend from it. Kustomer does not say how its minute is
 * counted, so both ways are met: a purse filled whole at the end of each minute, seen by what remains jumping up, and one
 * where each request comes back 60 s after it was made.
 */
export class RateEstimator {
  /** Requests/min of the whole organisation. */
  limit = ASSUMED_LIMIT;
  /** What the last answer said is left: requests; undefined before any did. */
  remaining: number | undefined;
  /** Requests/min that others spend, less what comes back of theirs. */
  private others = 0;
  private answered = 0;
  /** When our own requests of the last minute left: epoch ms, ascending. */
  private sent: number[] = [];
  private sights: Sight[] = [];
  private firstAt: number | undefined;
  /** The last filling: when it was seen, and what lies halfway between what was left before and after. */
  private filling: {readonly at: number; readonly halfway: number} | undefined;

  /** Told when a request of ours leaves: epoch ms. */
  spend(at: number): void {
    this.sent.push(at);
    const kept = this.sent.findIndex((time) => time > at - MINUTE - MEMORY);
    // In batches: moving a whole minute of requests for each new one is not needed.
    if (kept > 200) this.sent = this.sent.slice(kept);
  }

  /** Told the headers of each answer, lower case; what makes no sense in them is passed over. @param at epoch ms */
  learn(headers: Readonly<Record<string, string>>, at: number): void {
    this.answered += 1;
    const limit = countOf(headers['x-ratelimit-limit']);
    if (limit) this.limit = limit;
    const remaining = countOf(headers['x-ratelimit-remaining']);
    if (remaining === undefined || remaining > this.limit || this.isLate(remaining, at)) return;
    this.firstAt ??= at;
    const before = this.remaining ?? remaining;
    this.remaining = remaining;
    const rise = remaining - before;
    if (rise >= SMALLEST_FILL && rise > (this.limit - before) / 2) {
      this.filling = {at, halfway: (before + remaining) / 2};
      this.sights = [];
    }
    this.watchOthers({at, remaining, answered: this.answered});
  }

  /**
   * Requests/min that we may make from now on so that others find what they have been spending of late, and `reserve` besides;
   * not more than 0 where they need it all. Undefined while no answer has told what is left.
   * @param inFlight our requests under way; @param now epoch ms
   */
  pace(reserve: number, inFlight: number, now: number): number | undefined {
    if (this.remaining === undefined) return undefined;
    if (this.isFullUnseen(now)) return this.limit - inFlight - reserve - this.others;
    const end = this.fullAt(now);
    const horizon = Math.max(SHORTEST, end === undefined ? HORIZON : end - now);
    const back = this.filling && end !== undefined ? 0 : this.sentIn(now - MINUTE, now - MINUTE + horizon);
    return ((this.remaining - inFlight - reserve + back) * MINUTE) / horizon - this.others;
  }

  /** The time of the next filling has come, and no answer has yet shown whether it took place: one has to ask to see. */
  private isFullUnseen(now: number): boolean {
    const due = this.filling && this.filling.at + MINUTE;
    return due !== undefined && now >= due && (this.sights.at(-1)?.at ?? now) < due;
  }

  /**
   * When the purse is full again, at the latest: a minute after it was filled last, or after it was seen first. Undefined
   * where that time has passed without it: then it is filled bit by bit.
   */
  private fullAt(now: number): number | undefined {
    const from = this.filling?.at ?? this.firstAt ?? now;
    return now < from + MINUTE ? from + MINUTE : undefined;
  }

  private isLate(remaining: number, at: number): boolean {
    return this.filling !== undefined && at < this.filling.at + SETTLING && remaining < this.filling.halfway;
  }

  /** What is missing beyond what we have spent and what has come back of ours, others have spent. */
  private watchOthers(sight: Sight): void {
    this.sights.push(sight);
    while ((this.sights[0] ?? sight).at < sight.at - MEMORY) this.sights.shift();
    const first = this.sights[0] ?? sight;
    const watched = sight.at - first.at;
    if (watched < ENOUGH) return;
    const back = this.fullAt(sight.at) === undefined ? this.sentIn(first.at - MINUTE, sight.at - MINUTE) : 0;
    const spent = first.remaining - sight.remaining - (sight.answered - first.answered) + back;
    this.others = Math.max(0, (spent * MINUTE) / watched);
  }

  private sentIn(after: number, to: number): number {
    return this.sent.reduce((count, at) => (at > after && at <= to ? count + 1 : count), 0);
  }
}

function countOf(header: string | undefined): number | undefined {
  return header !== undefined && /^\d{1,9}$/.test(header) ? Number(header) : undefined;
}
