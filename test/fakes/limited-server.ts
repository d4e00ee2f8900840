import {Quota} from '../../sandbox/api/quota';
import {defaultSettings, type Settings} from '../../sandbox/api/settings';
import type {RequestClass} from '../../src/http/call';

/** One request as the server saw it. */
export interface Arrival {
  readonly requestClass: RequestClass;
  /** ms since the start. */
  readonly at: number;
  readonly allowed: boolean;
}

export interface ServerAnswer {
  readonly status: number;
  readonly headers: Record<string, string>;
}

export interface ServerOptions {
  readonly settings?: Partial<Settings> | undefined;
  /** What becomes of the headers on the way. */
  readonly spoil?: ((headers: Record<string, string>, nth: number) => Record<string, string>) | undefined;
}

/** The sandbox's limits at the other end, and a record of what came there. */
export class LimitedServer {
  readonly arrivals: Arrival[] = [];
  readonly settings: Settings;
  readonly quota: Quota;
  private isRefused: (nth: number) => boolean = () => false;

  constructor(
    private readonly startMs: number,
    private readonly options: ServerOptions,
  ) {
    this.settings = {...defaultSettings(), requestsPerMinute: 2000, ...options.settings};
    this.quota = new Quota(this.settings);
  }

  answer(requestClass: RequestClass, now: number): ServerAnswer {
    const {allowed: isLeft, headers} = this.quota.take(now, requestClass === 'search');
    const allowed = isLeft && !this.isRefused(this.arrivals.length + 1);
    this.arrivals.push({requestClass, at: now - this.startMs, allowed});
    return {
      status: allowed ? 200 : 429,
      headers: this.options.spoil?.(headers, this.arrivals.length) ?? headers,
    };
  }

  /** Refuses these requests whatever is left: the nth that came, from 1 on. */
  refuse(isRefused: (nth: number) => boolean): void {
    this.isRefused = isRefused;
  }

  /** Requests that were served in these ms since the start. */
  served(from: number, to: number, requestClass?: RequestClass): number {
    return this.of(requestClass).filter(({at, allowed}) => allowed && at >= from && at < to).length;
  }

  refused(requestClass?: RequestClass): number {
    return this.of(requestClass).filter(({allowed}) => !allowed).length;
  }

  /** The most requests that arrived in any `ms`, from `from` on. */
  busiest(ms: number, from = 0): number {
    const times = this.arrivals.map(({at}) => at).filter((at) => at >= from);
    let most = 0;
    for (let first = 0, last = 0; last < times.length; last++) {
      while ((times[last] as number) - (times[first] as number) >= ms) first++;
      most = Math.max(most, last - first + 1);
    }
    return most;
  }

  /** The longest time between two requests of the class that were served: ms. */
  longestGap(requestClass: RequestClass): number {
    const times = this.of(requestClass).map(({at}) => at);
    return times.reduce((longest, at, index) => Math.max(longest, at - (times[index - 1] ?? 0)), 0);
  }

  private of(requestClass: RequestClass | undefined): readonly Arrival[] {
    return requestClass === undefined
      ? this.arrivals
      : this.arrivals.filter((arrival) => arrival.requestClass === requestClass);
  }
}
