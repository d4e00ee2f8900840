import type {Failure} from '../http/failure';

/** Smaller pages would only spend the quota: a page of 25 costs as much of it as one of 500. */
export const SMALLEST_PAGE = 25;
/** One time-out or 5xx is chance; two for the same request are a page that the server cannot make. */
const FAILURES_BEFORE_SHRINK = 2;
/** Good answers in a row after which a size that could not be served is tried again, twice as large. */
const SUCCESSES_BEFORE_GROWTH = 50;

/**
 * How many records to ask for in one request: as asked in the config, halved when the server refuses the size or cannot
 * serve it, and doubled again slowly after failures that may pass. Also learns how many records really come.
 */
export class PageSize {
  /** What the next request asks for: records. */
  now: number;
  /** The largest page that came: records. */
  private served = 0;
  private good = 0;
  private ceiling: number;

  constructor(configured: number) {
    this.now = configured;
    this.ceiling = configured;
  }

  /** Told of a page that came. */
  came(records: number): void {
    this.served = Math.max(this.served, records);
    if (++this.good < SUCCESSES_BEFORE_GROWTH || this.now >= this.ceiling) return;
    this.good = 0;
    this.now = Math.min(this.ceiling, this.now * 2);
  }

  /**
   * Told of a failure of one request that asked for so many; true when another try will ask for fewer. Requests that fail
   * side by side for one reason halve the size once.
   */
  failed(failure: Failure, tries: number, asked: number): boolean {
    this.good = 0;
    if (this.now < asked) return true;
    const refused = failure.status === 400 || failure.status === 413;
    const overloaded =
      failure.kind === 'timeout' || (failure.status ?? 0) >= 500 || failure.kind === 'unreadable';
    if (!refused && !(overloaded && tries >= FAILURES_BEFORE_SHRINK)) return false;
    if (this.now <= SMALLEST_PAGE) return false;
    this.now = Math.max(SMALLEST_PAGE, Math.floor(this.now / 2));
    if (refused) this.ceiling = this.now;
    return true;
  }

  /** Back to this size, when it turned out that the size was not to blame. */
  reset(size: number): void {
    this.now = this.ceiling = size;
  }

  /** How many records fill a page, as far as is known: a page of so many may have been cut there. */
  get full(): number {
    return Math.min(this.now, this.served);
  }
}
