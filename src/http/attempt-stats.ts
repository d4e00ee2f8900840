import type {Counts} from './call';

/** What one request has cost so far, in attempts and in time. */
export class AttemptStats {
  /** When the first attempt was sent: epoch ms. */
  private sentAt: number | undefined;
  private queuedMs = 0;
  private refusedAt: number | undefined;

  /** @param counters what each attempt is counted in */
  constructor(private readonly counters: readonly Counts[]) {}

  count(what: keyof Counts): void {
    for (const counts of this.counters) counts[what] += 1;
  }

  /** Called when an attempt leaves. @param queuedAt since when it waited in the rate limiter: epoch ms */
  send(queuedAt: number, now: number): void {
    // Queueing before the first attempt does not use up the budget either.
    if (this.sentAt === undefined) this.sentAt = now;
    else this.queuedMs += now - queuedAt;
    this.count('requests');
  }

  /** Called with the time that a response has spent in the decode queue. */
  queue(ms: number): void {
    this.queuedMs += ms;
  }

  /** ms that Kustomer and the pauses have taken since the first attempt: without the time in queues of our own. */
  elapsedMs(now: number): number {
    return now - (this.sentAt ?? now) - this.queuedMs;
  }

  /** Called after each response or failure. @returns since when there has been nothing but refusals for the rate limit: epoch ms */
  refusedSince(isRefused: boolean, now: number): number {
    this.refusedAt = isRefused ? (this.refusedAt ?? now) : undefined;
    return this.refusedAt ?? now;
  }
}
