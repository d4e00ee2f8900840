/**
 * How far this machine's clock is ahead of Kustomer's, told from the Date headers of its responses (RFC 9110, 6.6.1). What is
 * changed within that time would be stamped earlier than a read by our clock takes for granted.
 */
export class ClockSkew {
  private smallestMs = Infinity;

  /** ms that our clock is ahead at least; 0 where it is not, or no response has told. */
  get aheadMs(): number {
    return this.smallestMs === Infinity ? 0 : Math.max(0, this.smallestMs);
  }

  /** Called with each response. @param date its Date header @param sentAt when its request was sent by our clock: epoch ms */
  observe(date: string | undefined, sentAt: number): void {
    // The response was made after the request was sent, and its date is cut to the second.
    const aheadMs = sentAt - Date.parse(date ?? '') - 1000;
    if (aheadMs < this.smallestMs) this.smallestMs = aheadMs;
  }
}
