/** Part of the pace that has to be used for a window to prove it. */
const FULL_USE = 0.9;
/** How long after a refusal a higher pace is tried again; twice as long after each further refusal. */
const RETRY_AFTER_MS = 10 * 60_000;
const MAX_RETRY_AFTER_MS = 60 * 60_000;
/** A refusal after fewer of our requests than this share of the limit may be others' doing. */
const OTHERS_DOING = 0.25;
const MIN_REQUESTS = 4;

/**
 * A limit that no successful answer tells: starts as documented, is doubled where a whole window at its pace passed without a refusal,
 * and falls back to what passed before when there is one.
 */
export class AssumedLimit {
  private proven: number;
  private failedRaises = 0;
  private nextRaiseAt = -Infinity;
  private refusedEarly = false;
  private windowStart: number | undefined;
  private sentInWindow = 0;

  /** @param requests per window, where it starts @param onChanged called with the requests per window before and after a change */
  constructor(
    public requests: number,
    private readonly onChanged: (before: number, after: number) => void,
  ) {
    this.proven = requests;
  }

  /** Called for each request that leaves. @param paceRequests what the pace allows in a window */
  sent(now: number, windowMs: number, paceRequests: number): void {
    this.windowStart ??= now;
    if (now - this.windowStart >= windowMs) {
      if (this.sentInWindow >= FULL_USE * paceRequests) this.passed(now);
      this.windowStart = now;
      this.sentInWindow = 0;
    }
    this.sentInWindow += 1;
  }

  /** Called for the first refusal after others have passed. @param sentInWindow requests of ours in the last window */
  refused(now: number, sentInWindow: number): void {
    const before = this.requests;
    this.windowStart = undefined;
    this.sentInWindow = 0;
    if (this.requests > this.proven) {
      this.requests = this.proven;
      this.nextRaiseAt = now + Math.min(RETRY_AFTER_MS * 2 ** this.failedRaises++, MAX_RETRY_AFTER_MS);
    } else {
      const isEarly = sentInWindow < OTHERS_DOING * this.requests;
      const lower = Math.max(this.requests / 2, Math.min(sentInWindow, 0.95 * this.requests), MIN_REQUESTS);
      if (!isEarly || this.refusedEarly) this.requests = Math.min(this.requests, Math.floor(lower));
      this.refusedEarly = isEarly && !this.refusedEarly;
      this.proven = this.requests;
      this.nextRaiseAt = now + RETRY_AFTER_MS;
    }
    if (this.requests < before) this.onChanged(before, this.requests);
  }

  /** Sets what was counted in a whole window, or what a refusal tells. */
  set(requests: number): void {
    this.windowStart = undefined;
    this.sentInWindow = 0;
    this.requests = this.proven = Math.max(requests, MIN_REQUESTS);
  }

  private passed(now: number): void {
    this.proven = this.requests;
    this.refusedEarly = false;
    if (now < this.nextRaiseAt) return;
    this.requests *= 2;
    this.onChanged(this.proven, this.requests);
  }
}
