/** Limits are documented per minute (docs/kustomer-api.md, Rate limits). */
export const DOCUMENTED_WINDOW_MS = 60_000;
/** Answers that overtake each other make the use look smaller by a few requests. */
const MIN_SLACK = 3;
/** Differences smaller than this factor are noise. */
const NOISE_FACTOR = 0.8;
/** Resets are rounded to the second, so shorter differences say nothing. */
const RESET_TOLERANCE_MS = 2_000;

/** Intervals in a row that have to agree, since the first begins anywhere in a window and answers overtake each other. */
const MIN_INTERVALS = 3;

/** A moment at which requests of ours came back, and how many of our requests had been answered until then. */
interface Refill {
  readonly at: number;
  readonly answered: number;
}

/**
 * How long a limit's window is. In any window the use is at least what we spent in it; where it is less, requests have come
 * back, so the time between two such moments is a window's length (a little more, as far as it is seen late).
 */
export class WindowLength {
  ms = DOCUMENTED_WINDOW_MS;
  private lastRefill: Refill | undefined;
  /** Between the last refills: ms. */
  private intervalsMs: number[] = [];

  /** @param onLearned called when the length was corrected */
  constructor(private readonly onLearned: (ms: number) => void) {}

  /**
   * Called with each level that an answer tells.
   * @param used requests of the window, ours and others' @param answered our answers so far @param inFlight our requests under way
   */
  observeUse(used: number, answered: number, inFlight: number, at: number): void {
    this.lastRefill ??= {at, answered: answered - 1};
    const ours = answered - this.lastRefill.answered;
    if (ours <= inFlight || used >= ours - MIN_SLACK - inFlight / 4) return;
    this.intervalsMs = [...this.intervalsMs, at - this.lastRefill.at].slice(-MIN_INTERVALS);
    this.lastRefill = {at, answered};
    if (this.intervalsMs.length < MIN_INTERVALS) return;
    const [shortest, longest] = [Math.min(...this.intervalsMs), Math.max(...this.intervalsMs)];
    if (longest < this.ms * NOISE_FACTOR) this.set(longest);
    // Other clients' use delays what we see, so a documented window is not made longer by this.
    else if (shortest > this.ms / NOISE_FACTOR) {
      this.set(Math.min(shortest, Math.max(this.ms, DOCUMENTED_WINDOW_MS)));
    }
  }

  /** Forgets what was seen of refills, since the limit itself has changed. */
  restart(): void {
    this.lastRefill = undefined;
    this.intervalsMs = [];
  }

  /** Forgets all, since it was seen of another limit. */
  forget(): void {
    this.restart();
    this.ms = DOCUMENTED_WINDOW_MS;
  }

  /** Called when an answer tells a reset, or a refusal has lasted so long: the window is at least this long. */
  observeAtLeast(ms: number): void {
    if (ms > this.ms / NOISE_FACTOR + RESET_TOLERANCE_MS) this.set(ms);
  }

  /** Called when more than a limit was granted within the window that we believed in: it is shorter. */
  observeAtMost(ms: number): void {
    if (ms < this.ms * NOISE_FACTOR) this.set(ms);
  }

  private set(ms: number): void {
    if (ms === this.ms) return;
    this.ms = ms;
    this.onLearned(ms);
  }
}
