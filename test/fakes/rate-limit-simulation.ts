import {Quota as TheirQuota} from '../../sandbox/api/quota';
import {defaultSettings, type Settings} from '../../sandbox/api/settings';
import {AdaptiveRateLimiter, type QuotaOptions} from '../../src/http/rate-limiter';
import {VirtualClock} from './virtual-clock';
import {useVirtualTimers} from './virtual-timers';

export const MINUTE = 60_000;
const START = Date.UTC(2026, 0, 1);

export interface RoadOptions extends Partial<QuotaOptions> {
  readonly server?: Partial<Settings>;
  /** How long a request takes, half of it before the server sees it: ms. */
  readonly latency?: () => number;
  /** Others begin to spend so long after us, so many requests/min. */
  readonly foreign?: {readonly after: number; readonly perMinute: number};
  /** What becomes of the headers on the way. */
  readonly spoil?: (headers: Record<string, string>, nth: number) => Record<string, string>;
}

/** One request as the server saw it. */
export interface Arrival {
  /** ms since the start. */
  readonly at: number;
  readonly allowed: boolean;
}

/** A reader that always has more to ask for, and the quota of the sandbox at the other end of the road, in virtual time. */
export class RateLimitSimulation {
  readonly clock = new VirtualClock(START);
  readonly stop = new AbortController();
  /** Each wait that was announced: when, and until when; ms since the start. */
  readonly waits: {at: number; until: number}[] = [];
  readonly arrivals: Arrival[] = [];
  inFlight = 0;
  mostInFlight = 0;
  readonly settings: Settings;
  readonly theirs: TheirQuota;
  readonly quota: AdaptiveRateLimiter;
  private ended = false;

  constructor(private readonly options: RoadOptions) {
    useVirtualTimers(this.clock);
    this.settings = {...defaultSettings(), requestsPerMinute: 2000, ...options.server};
    this.theirs = new TheirQuota(this.settings);
    this.quota = new AdaptiveRateLimiter(
      {concurrency: 10, requestsPerMinute: undefined, reservePercent: 10, unpaced: 0, ...options},
      {
        clock: this.clock,
        stop: this.stop.signal,
        onWait: (until) => this.waits.push({at: this.now, until: until - START}),
      },
    );
  }

  /** ms since the start. */
  get now(): number {
    return this.clock.now() - START;
  }

  /** Reads with so many workers for so long, and waits for the last answers. */
  async drive(ms: number, workers = 60): Promise<void> {
    this.ended = false;
    const {foreign} = this.options;
    if (foreign)
      void this.clock.sleep(foreign.after).then(() => (this.settings.foreignPerMinute = foreign.perMinute));
    void this.clock.sleep(ms).then(() => (this.ended = true));
    await this.clock.run(Promise.all(Array.from({length: workers}, () => this.work())));
  }

  /** Requests that were served in these ms since the start. */
  served(from: number, to: number): number {
    return this.arrivals.filter(({at, allowed}) => allowed && at >= from && at < to).length;
  }

  get refused(): number {
    return this.arrivals.filter(({allowed}) => !allowed).length;
  }

  /** The most requests that arrived in any so many ms, from `from` on. */
  busiest(ms: number, from = 0): number {
    const times = this.arrivals.map(({at}) => at).filter((at) => at >= from);
    let most = 0;
    for (let first = 0, last = 0; last < times.length; last++) {
      while ((times[last] as number) - (times[first] as number) >= ms) first++;
      most = Math.max(most, last - first + 1);
    }
    return most;
  }

  private async work(): Promise<void> {
    while (!this.ended && !this.stop.signal.aborted) {
      const response = await this.quota.schedule('other', () => this.send());
      this.quota.observe('other', response);
    }
  }

  private async send(): Promise<{status: number; headers: Record<string, string>}> {
    this.mostInFlight = Math.max(this.mostInFlight, ++this.inFlight);
    const latency = this.options.latency?.() ?? 300;
    await this.clock.sleep(latency / 2);
    const {allowed, limit, remaining, resetAt} = this.theirs.take(this.clock.now());
    this.arrivals.push({at: this.now, allowed});
    await this.clock.sleep(latency / 2);
    this.inFlight -= 1;
    const headers: Record<string, string> = {
      'x-ratelimit-limit': String(limit),
      'x-ratelimit-remaining': String(remaining),
      ...(!allowed && {'x-ratelimit-reset': String(Math.ceil(resetAt / 1000))}),
    };
    const told = this.settings.quotaHeaders ? headers : {};
    const spoilt = this.options.spoil?.(told, this.arrivals.length) ?? told;
    return {status: allowed ? 200 : 429, headers: spoilt};
  }
}
