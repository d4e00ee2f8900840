import type {Settings} from './settings';

const window = 60_000;

/** What the quota says to one request. */
export interface Verdict {
  allowed: boolean;
  limit: number;
  remaining: number;
  /** When there will be some again, epoch ms. */
  resetAt: number;
}

/** The organisation's requests a minute (docs/kustomer-api.md, Rate limits), spent by us and by others. Refused ones cost nothing. */
export class Quota {
  readonly foreign = {served: 0, refused: 0};
  /** Times (epoch ms) of what was spent in the window, ascending from `first` on. */
  private spent: number[] = [];
  private first = 0;
  private windowStart: number | undefined;
  private nextForeign: number | undefined;

  constructor(private readonly settings: Settings) {}

  /** Takes one request at `now` (epoch ms), after all that others sent until then. */
  take(now: number): Verdict {
    this.takeForeign(now);
    const allowed = this.spend(now);
    const limit = this.settings.requestsPerMinute;
    return {allowed, limit, remaining: Math.max(0, limit - this.used), resetAt: this.resetAt(now)};
  }

  /** Counts what others sent until `now` (epoch ms). */
  takeForeign(now: number): void {
    const {foreignPerMinute} = this.settings;
    if (foreignPerMinute <= 0) {
      this.nextForeign = undefined;
      return;
    }
    const every = window / foreignPerMinute;
    // What is older than two windows no longer counts for anything.
    this.nextForeign = Math.max(this.nextForeign ?? now, now - 2 * window);
    for (; this.nextForeign <= now; this.nextForeign += every) {
      this.foreign[this.spend(this.nextForeign) ? 'served' : 'refused']++;
    }
  }

  private get used(): number {
    return this.spent.length - this.first;
  }

  private spend(now: number): boolean {
    this.forget(now);
    const allowed = this.used < this.settings.requestsPerMinute;
    if (allowed) {
      this.spent.push(now);
    }
    return allowed;
  }

  private forget(now: number): void {
    this.windowStart ??= now;
    if (this.settings.quotaWindow === 'fixed') {
      const passed = Math.floor((now - this.windowStart) / window);
      if (passed > 0) {
        this.windowStart += passed * window;
        this.spent = [];
        this.first = 0;
      }
      return;
    }
    while (this.first < this.spent.length && (this.spent[this.first] as number) <= now - window) {
      this.first++;
    }
    if (this.first > 1000) {
      this.spent = this.spent.slice(this.first);
      this.first = 0;
    }
  }

  private resetAt(now: number): number {
    const start = this.settings.quotaWindow === 'fixed' ? this.windowStart : this.spent[this.first];
    return (start ?? now) + window;
  }
}
