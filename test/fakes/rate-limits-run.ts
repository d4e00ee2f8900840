import type {RequestClass} from '../../src/http/call';
import {RateLimits, type RateLimitsOptions} from '../../src/http/rate-limit/rate-limits';
import {LimitedServer, type ServerOptions} from './limited-server';

export const MINUTE = 60_000;
const START_MS = Date.UTC(2026, 0, 1);
const RECHECK_MS = 500;

export interface RunOptions extends ServerOptions, Partial<RateLimitsOptions> {
  readonly classes?: readonly RequestClass[];
  readonly concurrency?: number;
  /** How long a request takes, half of it before the server sees it: ms. */
  readonly latencyMs?: () => number;
}

/** The limits' pace against the server's limits, as fast as it can be computed: events in order of their time, no promises. */
export class RateLimitsRun {
  readonly server: LimitedServer;
  /** What was learnt about the limits; ms since the start. */
  readonly events: {at: number; message: string}[] = [];
  readonly waits: {scope: string; at: number; until: number}[] = [];
  readonly limits: RateLimits;
  private queue: {at: number; act: () => void}[] = [];
  private now = START_MS;
  private inFlight = 0;
  private readonly blocked = new Set<RequestClass>();

  constructor(private readonly options: RunOptions) {
    this.server = new LimitedServer(START_MS, options);
    this.limits = new RateLimits({
      requestsPerMinute: undefined,
      reservePercent: 10,
      onLearned: (message) => this.events.push({at: this.now - START_MS, message}),
      ...options,
    });
    for (const requestClass of options.classes ?? ['search', 'other']) {
      this.at(START_MS, () => this.tryNext(requestClass));
    }
  }

  get learned(): readonly string[] {
    return this.events.map(({message}) => message);
  }

  /** Calls `act` so many ms after the start. */
  later(ms: number, act: () => void): void {
    this.at(START_MS + ms, act);
  }

  /** Lets time pass until so many ms after the start. */
  runUntil(ms: number): this {
    for (;;) {
      const next = this.queue[0];
      if (!next || next.at > START_MS + ms) return this;
      this.queue.shift();
      this.now = next.at;
      next.act();
    }
  }

  private at(at: number, act: () => void): void {
    let index = this.queue.length;
    while (index > 0 && (this.queue[index - 1] as {at: number}).at > at) index--;
    this.queue.splice(index, 0, {at, act});
  }

  private tryNext(requestClass: RequestClass): void {
    if (this.inFlight >= (this.options.concurrency ?? 20)) {
      this.blocked.add(requestClass);
      return;
    }
    const waitMs = this.limits.nextAt(requestClass, this.now) - this.now;
    if (waitMs <= 0) this.send(requestClass);
    this.at(this.now + Math.min(Math.max(waitMs, 0), RECHECK_MS), () => this.tryNext(requestClass));
  }

  private send(requestClass: RequestClass): void {
    const halfMs = (this.options.latencyMs?.() ?? 300) / 2;
    this.limits.start(requestClass, this.now);
    this.inFlight += 1;
    this.at(this.now + halfMs, () => {
      const answer = this.server.answer(requestClass, this.now);
      this.at(this.now + halfMs, () => {
        this.inFlight -= 1;
        this.limits.end(requestClass);
        const wait = this.limits.observe(requestClass, answer, this.now);
        if (wait) {
          this.waits.push({scope: wait.scope, at: this.now - START_MS, until: wait.untilMs - START_MS});
        }
        const blocked = [...this.blocked];
        this.blocked.clear();
        blocked.forEach((other) => this.tryNext(other));
      });
    });
  }
}
