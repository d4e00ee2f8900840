import type {RequestClass} from '../../src/http/call';
import {AdaptiveRateLimiter, type RateLimiterOptions} from '../../src/http/rate-limiter';
import {LimitedServer, type ServerAnswer, type ServerOptions} from './limited-server';
import {VirtualClock} from './virtual-clock';
import {useVirtualTimers} from './virtual-timers';

export const MINUTE = 60_000;
const START = Date.UTC(2026, 0, 1);

export interface SimulationOptions extends ServerOptions, Partial<RateLimiterOptions> {
  /** How long a request takes, half of it before the server sees it: ms. */
  readonly latencyMs?: () => number;
}

/** Readers that always have more to ask for, the limiter, and the sandbox's limits at the other end, in virtual time. */
export class RateLimitSimulation {
  readonly clock = new VirtualClock(START);
  readonly stop = new AbortController();
  /** Each wait that was announced: when, and until when; ms since the start. */
  readonly waits: {at: number; until: number; scope: string}[] = [];
  readonly learned: string[] = [];
  readonly server: LimitedServer;
  readonly limiter: AdaptiveRateLimiter;
  inFlight = 0;
  mostInFlight = 0;
  private ended = false;

  constructor(private readonly options: SimulationOptions) {
    useVirtualTimers(this.clock);
    this.server = new LimitedServer(START, options);
    this.limiter = new AdaptiveRateLimiter(
      {concurrency: 10, requestsPerMinute: undefined, reservePercent: 10, unpaced: 0, ...options},
      {
        clock: this.clock,
        stop: this.stop.signal,
        onWait: (until, scope) => this.waits.push({at: this.now, until: until - START, scope}),
        onLearned: (message) => this.learned.push(message),
      },
    );
  }

  /** ms since the start. */
  get now(): number {
    return this.clock.now() - START;
  }

  /** Reads with this many workers of each class for so long, and waits for the last answers. */
  async drive(ms: number, workers: Partial<Record<RequestClass, number>> = {other: 60}): Promise<void> {
    this.ended = false;
    void this.clock.sleep(ms).then(() => (this.ended = true));
    const work = (['search', 'other'] as const).flatMap((requestClass) =>
      Array.from({length: workers[requestClass] ?? 0}, () => this.work(requestClass)),
    );
    await this.clock.run(Promise.all(work));
  }

  private async work(requestClass: RequestClass): Promise<void> {
    while (!this.ended && !this.stop.signal.aborted) {
      const answer = await this.limiter.schedule(requestClass, () => this.send(requestClass));
      this.limiter.observe(requestClass, answer);
    }
  }

  private async send(requestClass: RequestClass): Promise<ServerAnswer> {
    this.mostInFlight = Math.max(this.mostInFlight, ++this.inFlight);
    const latencyMs = this.options.latencyMs?.() ?? 300;
    await this.clock.sleep(latencyMs / 2);
    const answer = this.server.answer(requestClass, this.clock.now());
    await this.clock.sleep(latencyMs / 2);
    this.inFlight -= 1;
    return answer;
  }
}
