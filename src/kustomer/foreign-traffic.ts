/** What others are seen to use is counted over the last: ms. */
const MEMORY = 60_000;
/** Before so much has been watched nothing is said: ms. */
const ENOUGH = 3_000;

/** One answer's view of the purse. */
interface Sight {
  readonly at: number;
  readonly remaining: number;
}

/**
 * How much of the quota others use, told from what goes missing between our own requests: each answer is one of ours, and
 * what `remaining` fell by beyond those was spent by somebody else. When it rises the purse was filled, and counting starts
 * anew with the next pair of answers.
 */
export class ForeignTraffic {
  private sights: Sight[] = [];

  /** @param remaining as the answer said, requests; @param at epoch ms */
  learn(remaining: number, at: number): void {
    this.sights.push({at, remaining});
    const forgotten = this.sights.findIndex((sight) => sight.at >= at - MEMORY);
    if (forgotten > 0) this.sights = this.sights.slice(forgotten);
  }

  /** Requests/min that others make, as seen of late; 0 where too little has been seen. */
  perMinute(now: number): number {
    let spent = 0;
    let watched = 0;
    let previous: Sight | undefined;
    for (const sight of this.sights) {
      if (sight.at < now - MEMORY) continue;
      // Answers overtake each other, so a small rise is no filling; the sum over all pairs levels it out.
      if (previous && sight.remaining - previous.remaining < Math.max(20, previous.remaining * 0.1)) {
        spent += previous.remaining - sight.remaining - 1;
        watched += sight.at - previous.at;
      }
      previous = sight;
    }
    return watched < ENOUGH ? 0 : Math.max(0, (spent * 60_000) / watched);
  }
}
