import Bottleneck from 'bottleneck';
import type {Clock} from '../clock';
import type {HttpResponse, RateLimiter, RequestClass} from './call';
import type {Scope} from './rate-limit/header-scope';
import {RateLimits} from './rate-limit/rate-limits';

export interface RateLimiterOptions {
  /** Requests in flight at most. */
  readonly concurrency: number;
  /** Our own upper bound, requests/min; undefined for none. */
  readonly requestsPerMinute: number | undefined;
  /** Share of each limit that is left to everybody else: percent. */
  readonly reservePercent: number;
  /** This many first requests need not be spread over a minute, while most of the limit is left: for commands that make few. */
  readonly unpaced: number;
}

export interface RateLimiterDeps {
  readonly clock: Clock;
  readonly stop: AbortSignal;
  /** Called each time that a limit is spent, with the time until which nothing is asked under it: epoch ms. */
  readonly onWait: (untilMs: number, scope: Scope) => void;
  /** Called with what was learnt about the limits: one line. */
  readonly onLearned: (message: string) => void;
}

/** Of a request that says nothing of it (call.ts). */
const USUAL_PRIORITY = 5;
/** How often a waiting request reads the pace again. */
const RECHECK_MS = 500;

/**
 * Stands between the client and the network: slots bound the requests in flight, and one gate for each class of requests lets
 * them through evenly, at the pace that the limits allow. So as many requests are in flight as the latency needs, and no more.
 */
export class AdaptiveRateLimiter implements RateLimiter {
  /** Waits for a reset so far. */
  waits = 0;
  /** Requests that wait for the pace or a slot. */
  readonly waiting: Record<RequestClass, number> = {search: 0, other: 0};
  private readonly slots: Bottleneck;
  /** One at a time, and no minTime: bottleneck fixes the start of queued jobs ahead, and the pace may change before they come. */
  private readonly gates: Readonly<Record<RequestClass, Bottleneck>>;
  private readonly limits: RateLimits;
  private unpaced: number;

  constructor(
    options: RateLimiterOptions,
    private readonly deps: RateLimiterDeps,
  ) {
    this.limits = new RateLimits({...options, onLearned: deps.onLearned});
    this.unpaced = options.requestsPerMinute === undefined ? options.unpaced : 0;
    this.slots = new Bottleneck({maxConcurrent: options.concurrency});
    this.gates = {search: new Bottleneck({maxConcurrent: 1}), other: new Bottleneck({maxConcurrent: 1})};
    const stop = () => {
      for (const limiter of [this.slots, ...Object.values(this.gates)]) {
        void limiter.stop({dropWaitingJobs: true, dropErrorMessage: 'stopped'});
      }
    };
    if (deps.stop.aborted) stop();
    else deps.stop.addEventListener('abort', stop, {once: true});
  }

  /** What the organization has left of its limit, as the last answer said: requests; undefined before any did. */
  get left(): {readonly remaining: number; readonly limit: number} | undefined {
    const {remaining, toldLimit: limit} = this.limits.organization;
    return remaining === undefined || limit === undefined ? undefined : {remaining, limit};
  }

  async schedule<T>(
    requestClass: RequestClass,
    job: () => Promise<T>,
    priority = USUAL_PRIORITY,
  ): Promise<T> {
    this.waiting[requestClass] += 1;
    // The gate stays closed until there is a slot, so that no burst is saved up; and waiting for the pace takes no slot.
    const {running} = await this.gates[requestClass].schedule({priority}, async () => {
      await this.waitForPace(requestClass);
      return this.start(requestClass, job);
    });
    return running;
  }

  observe(requestClass: RequestClass, response: Pick<HttpResponse, 'status' | 'headers'>): void {
    const wait = this.limits.observe(requestClass, response, this.deps.clock.now());
    if (!wait) return;
    this.waits += 1;
    this.deps.onWait(wait.untilMs, wait.scope);
  }

  heldUntilMs(requestClass: RequestClass): number {
    return this.limits.heldUntilMs(requestClass);
  }

  /** Resolves when the job has a slot and is running. */
  private start<T>(requestClass: RequestClass, job: () => Promise<T>): Promise<{running: Promise<T>}> {
    return new Promise((resolve, reject) => {
      const running: Promise<T> = this.slots.schedule(async () => {
        this.waiting[requestClass] -= 1;
        resolve({running});
        try {
          return await job();
        } finally {
          this.limits.end(requestClass);
        }
      });
      running.catch(reject);
    });
  }

  /** Resolves when the pace allows the next request of the class, and counts it. */
  private async waitForPace(requestClass: RequestClass): Promise<void> {
    const {clock, stop} = this.deps;
    for (;;) {
      const now = clock.now();
      const isUnpaced = this.unpaced > 0 && this.limits.isPlenty(requestClass, now);
      const waitMs = isUnpaced ? 0 : this.limits.nextAt(requestClass, now) - now;
      if (waitMs <= 0) {
        if (isUnpaced) this.unpaced -= 1;
        this.limits.start(requestClass, now);
        return;
      }
      await clock.sleep(Math.min(waitMs, RECHECK_MS), stop);
    }
  }
}
