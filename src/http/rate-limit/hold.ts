/** Without a told reset, a refused limit is tried again after this part of its window, */
const TRY_SHARE = 1 / 8;
/** then after this factor of it, and so on, */
const TRY_BACKOFF = 1.5;
/** but never sooner than this, */
const MIN_HOLD_MS = 1_000;
/** nor later. */
const MAX_HOLD_MS = 15 * 60_000;

/** The time after a refusal in which nothing is asked, and then one request at a time until one has passed. */
export class Hold {
  /** Epoch ms. */
  untilMs = 0;
  /** Epoch ms: when the first of the present refusals came; undefined while requests pass. */
  since: number | undefined;
  private refusals = 0;

  /** A request may go only when no other is under way. */
  get isTrying(): boolean {
    return this.since !== undefined;
  }

  /** Called for a refusal. Returns true if it began a hold: others that were sent before it only confirm it. */
  refused(now: number, resetAt: number | undefined, windowMs: number): boolean {
    if (now < this.untilMs) return false;
    this.since ??= now;
    this.refusals += 1;
    const tryMs = windowMs * TRY_SHARE * TRY_BACKOFF ** (this.refusals - 1);
    // A reset that was told and did not come is told again: then it is believed less and less.
    const ownMs = Math.min(MAX_HOLD_MS, resetAt === undefined ? tryMs : 2 ** (this.refusals - 1) * 1000);
    this.untilMs = Math.max(resetAt ?? 0, now + Math.max(MIN_HOLD_MS, ownMs));
    return true;
  }

  /** Called for an answer that is no refusal. Returns how long requests were refused, if this one ends that: ms. */
  passed(now: number): number | undefined {
    if (this.since === undefined || now < this.untilMs) return undefined;
    const lasted = now - this.since;
    this.since = undefined;
    this.refusals = 0;
    return lasted;
  }
}
