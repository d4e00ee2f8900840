import type {Failure} from '../http/failure';

/**
 * Sizes worth trying, in records: the documented maximum of conversation times, of searches, users and teams, and of other
 * lists (docs/kustomer-api.md, Lists and Search), then two that only a server under strain calls for.
 */
const LADDER = [1000, 500, 100, 50, 25];
/** No server was seen to refuse so few; still smaller pages would only spend the rate limit. */
export const SMALLEST_PAGE = 25;
/** One time-out or 5xx is chance; two for the same request are a page that the server cannot make. */
const FAILURES_BEFORE_SHRINK = 2;
/** Good responses in a row after which a size that failed is tried again, one rung up. */
const SUCCESSES_BEFORE_GROWTH = 50;
const REFUSALS = new Set([400, 413, 422]);
/** `must not be greater than 250`, `maximum allowed is 250`, `<= 250`, `between 1 and 250`. */
const NAMED_MAXIMUM =
  /(?:(?:greater|more|larger|higher) than|less than or equal to|exceed|max|at most|up to|between \d+ and|limit|<=|≤)\D{0,30}?(\d+)/i;
/** A smaller number in an error text is one of something else. */
const SMALLEST_NAMED = 10;

/**
 * How many records to ask one kind of endpoint for. What its requests learn is shared, but a size only counts as too large
 * once a request that it failed for has succeeded with a smaller one: a refusal for any other reason changes nothing.
 */
export class PageSize {
  /** What the next request asks for: records. */
  now: number;
  /** Never grows beyond it. */
  private ceiling: number;
  /** The largest size that a response came for. */
  private answered = 0;
  /** The most records that came at once. */
  private served = 0;
  private successes = 0;

  /** @param wish records; the first request asks for as many */
  constructor(wish: number) {
    this.now = this.ceiling = wish;
  }

  /** The size for one request through all its attempts, or for one reading of numbered pages. */
  request(): RequestedSize {
    return new RequestedSize(this);
  }

  /** The most records that a page can be expected to hold: one that holds as many may have been cut there. */
  get full(): number {
    return Math.min(this.now, this.served);
  }

  /** Called by the requests: a response came with `records`. @param failed the size that the same request failed for before */
  onSuccess(asked: number, records: number, failed: FailedSize | undefined): void {
    this.answered = Math.max(this.answered, asked);
    if (failed && asked < this.now) {
      this.now = asked;
      this.successes = 0;
      if (failed.isRefused && failed.size > this.answered) this.ceiling = asked;
    }
    if (asked >= this.now) this.served = Math.max(this.served, records);
    if (++this.successes < SUCCESSES_BEFORE_GROWTH || this.now >= this.ceiling) return;
    this.successes = 0;
    this.now = Math.min(this.ceiling, rungAbove(this.now));
  }

  /** Called by the requests: one failed for a reason that a smaller page may cure. */
  onFailure(): void {
    this.successes = 0;
  }
}

interface FailedSize {
  readonly size: number;
  /** Refused, and not merely too much for now. */
  readonly isRefused: boolean;
}

/** The size that one request asks for. It never grows, so page numbers mean the same until it shrinks. */
export class RequestedSize {
  private asked: number;
  private failure: FailedSize | undefined;

  constructor(private readonly shared: PageSize) {
    this.asked = shared.now;
  }

  /** Records to ask for in the next attempt. */
  next(): number {
    this.asked = Math.min(this.asked, this.shared.now);
    return this.asked;
  }

  /** Asks for no more from now on, though nothing failed. @param most records, at least 1 */
  limit(most: number): void {
    this.asked = Math.min(this.asked, most);
  }

  /** Called after a failed attempt. Returns true if the next one will ask for fewer. @param tries attempts so far: 1 and up */
  failed({kind, status = 0, text}: Failure, tries: number): boolean {
    const isRefused = REFUSALS.has(status);
    const isOverload = kind === 'timeout' || kind === 'unreadable' || status >= 500;
    if (!isRefused && !isOverload) return false;
    this.shared.onFailure();
    if (this.shared.now < this.asked) return true;
    if (isOverload && tries < FAILURES_BEFORE_SHRINK) return false;
    const smaller = (isRefused && namedMaximum(text, this.asked)) || rungBelow(this.asked);
    if (smaller === undefined) return false;
    this.failure = {size: this.asked, isRefused};
    this.asked = smaller;
    return true;
  }

  /** Called with the number of records of each response. */
  came(records: number): void {
    this.shared.onSuccess(this.asked, records, this.failure);
    this.failure = undefined;
  }
}

/** The page sizes of one connection, by kind of endpoint: what is learnt once is known for the whole read. */
export class PageSizes {
  private readonly sizes = new Map<string, PageSize>();

  /** @param most an upper bound for all of them: records */
  constructor(private readonly most: number) {}

  /**
   * @param kind one name for all requests that a server treats alike, such as `/v1/users` or `search note`
   * @param wish records; the documented maximum
   */
  of(kind: string, wish: number): PageSize {
    const size = this.sizes.get(kind) ?? new PageSize(Math.min(wish, this.most));
    this.sizes.set(kind, size);
    return size;
  }
}

/** A maximum that an error text names, where it is one that can be asked for. */
function namedMaximum(text: string, asked: number): number | undefined {
  const named = Number(NAMED_MAXIMUM.exec(text)?.[1]);
  return named >= SMALLEST_NAMED && named < asked ? named : undefined;
}

function rungBelow(size: number): number | undefined {
  return LADDER.find((rung) => rung < size);
}

function rungAbove(size: number): number {
  return LADDER.findLast((rung) => rung > size) ?? Infinity;
}
