import type {Settings} from './settings';

const MINUTE_MS = 60_000;

/** What the limits say to one request. */
export interface Verdict {
  allowed: boolean;
  /** The rate limit headers of its answer. */
  headers: Record<string, string>;
}

/**
 * The limits of requests (docs/kustomer-api.md, Rate limits): the organization's, spent by us and by others, and one of
 * searches besides. A request that either refuses costs nothing.
 */
export class Quota {
  /** Requests of others, of either kind. */
  readonly foreign = {served: 0, refused: 0};
  private readonly organization: Counter;
  private readonly searches: Counter;
  private readonly foreignTimes = {other: new Ticks(), search: new Ticks()};

  constructor(private readonly settings: Settings) {
    this.organization = new Counter(settings, () => settings.requestsPerMinute);
    this.searches = new Counter(settings, () => settings.searchesPerMinute ?? Infinity);
  }

  /** Takes one request at `now` (epoch ms), after all that others sent until then. */
  take(now: number, isSearch: boolean): Verdict {
    this.takeForeign(now);
    const allowed = this.spend(now, isSearch);
    return {allowed, headers: this.headers(now, isSearch, allowed)};
  }

  /** Counts what others sent until `now` (epoch ms). */
  takeForeign(now: number): void {
    const {foreignPerMinute, foreignSearchesPerMinute, windowMs} = this.settings;
    const times = [
      ...this.foreignTimes.other.until(now, foreignPerMinute, windowMs).map((at) => ({at, isSearch: false})),
      ...this.foreignTimes.search
        .until(now, foreignSearchesPerMinute, windowMs)
        .map((at) => ({at, isSearch: true})),
    ].sort((a, b) => a.at - b.at);
    for (const {at, isSearch} of times) this.foreign[this.spend(at, isSearch) ? 'served' : 'refused']++;
  }

  private spend(now: number, isSearch: boolean): boolean {
    const counters = isSearch ? [this.organization, this.searches] : [this.organization];
    if (counters.some((counter) => counter.remaining(now) < 1)) return false;
    counters.forEach((counter) => counter.add(now));
    return true;
  }

  private headers(now: number, isSearch: boolean, allowed: boolean): Record<string, string> {
    const {rateLimitHeaders, searchHeaders, searchesPerMinute} = this.settings;
    const told = isSearch ? searchHeaders : 'organization';
    if (told === 'none' || rateLimitHeaders === 'none' || (allowed && rateLimitHeaders === 'refusals')) {
      return {};
    }
    const counter = told === 'search' && searchesPerMinute !== null ? this.searches : this.organization;
    return {
      'x-ratelimit-limit': String(counter.limit),
      'x-ratelimit-remaining': String(counter.remaining(now)),
      ...(!allowed && this.reset(counter.resetAt(now), now)),
    };
  }

  private reset(at: number, now: number): Record<string, string> {
    const text = {
      seconds: () => String(Math.ceil(at / 1000)),
      milliseconds: () => String(at),
      iso: () => new Date(at).toISOString(),
      delta: () => String(Math.ceil((at - now) / 1000)),
      none: () => undefined,
    }[this.settings.resetFormat]();
    return text === undefined ? {} : {'x-ratelimit-reset': text};
  }
}

/** One limit and what was spent of it: in windows that follow each other, or always in the last `windowMs`. */
class Counter {
  /** Epoch ms, ascending from `first` on. */
  private spent: number[] = [];
  private first = 0;
  private windowStart: number | undefined;

  constructor(
    private readonly settings: Settings,
    private readonly perMinute: () => number,
  ) {}

  /** Requests in one window. */
  get limit(): number {
    const {windowMs} = this.settings;
    return windowMs === MINUTE_MS ? this.perMinute() : Math.ceil((this.perMinute() * windowMs) / MINUTE_MS);
  }

  remaining(now: number): number {
    this.forget(now);
    return Math.max(0, this.limit - (this.spent.length - this.first));
  }

  add(now: number): void {
    this.spent.push(now);
  }

  /** When there will be some again: epoch ms. */
  resetAt(now: number): number {
    this.forget(now);
    const start = this.settings.quotaWindow === 'fixed' ? this.windowStart : this.spent[this.first];
    return (start ?? now) + this.settings.windowMs;
  }

  private forget(now: number): void {
    const {quotaWindow, windowMs} = this.settings;
    this.windowStart ??= now;
    if (quotaWindow === 'fixed') {
      const passed = Math.floor((now - this.windowStart) / windowMs);
      if (passed === 0) return;
      this.windowStart += passed * windowMs;
      this.spent = [];
      this.first = 0;
      return;
    }
    while (this.first < this.spent.length && (this.spent[this.first] as number) <= now - windowMs) {
      this.first++;
    }
    if (this.first <= 1000) return;
    this.spent = this.spent.slice(this.first);
    this.first = 0;
  }
}

/** Evenly spread times at which others ask. */
class Ticks {
  private next: number | undefined;

  /** The times until `now` that were not given yet: epoch ms, ascending. */
  until(now: number, perMinute: number, windowMs: number): number[] {
    if (perMinute <= 0) {
      this.next = undefined;
      return [];
    }
    const times: number[] = [];
    // What is older than two windows no longer counts for anything.
    let next = Math.max(this.next ?? now, now - 2 * windowMs);
    for (; next <= now; next += MINUTE_MS / perMinute) times.push(next);
    this.next = next;
    return times;
  }
}
