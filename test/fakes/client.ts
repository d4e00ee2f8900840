import {UnusableResponseError} from '../../src/http/body/response-body';
import type {Call, HttpResponse, RateLimiter, RequestClass, Transport} from '../../src/http/call';
import {KustomerClient} from '../../src/http/client';
import {type Endpoint, describeEndpoint} from '../../src/http/errors';
import {type Failure, describeFailure} from '../../src/http/failure';
import {AxiosTransport} from '../../src/http/transport';
import {SleeplessClock} from './sleepless-clock';

export const TOKEN = 'secret-token-5f2b';
/** How long a test client tries one request, and how long it lets one be refused for the rate limit: ms. */
export const BUDGET = 10 * 60_000;
export const RATE_LIMIT_BUDGET = 3 * 60 * 60_000;

/** A limiter that lets everything pass, waits a while after each 429, and remembers what it was told. */
export class OpenLimiter implements RateLimiter {
  readonly observed: (readonly [RequestClass, Pick<HttpResponse, 'status' | 'headers'>])[] = [];
  private heldUntil = 0;

  /** @param holdMs how long it waits after a 429 */
  constructor(
    private readonly clock: SleeplessClock,
    private readonly holdMs = 60_000,
  ) {}

  async schedule<T>(_requestClass: RequestClass, job: () => Promise<T>): Promise<T> {
    this.clock.time = Math.max(this.clock.time, this.heldUntil);
    return job();
  }

  observe(requestClass: RequestClass, response: Pick<HttpResponse, 'status' | 'headers'>): void {
    this.observed.push([requestClass, response]);
    if (response.status === 429) this.heldUntil = this.clock.now() + this.holdMs;
  }

  heldUntilMs(): number {
    return this.heldUntil;
  }
}

/** A client of a server on this machine, with everything around it in plain sight. */
export interface TestClient {
  readonly client: KustomerClient;
  readonly clock: SleeplessClock;
  readonly limiter: OpenLimiter;
  readonly stop: AbortController;
  /** What was told of failed attempts. */
  readonly retries: string[];
}

export function clientOf(
  baseUrl: string,
  options: {
    transport?: Transport;
    random?: () => number;
    backpressure?: () => Promise<void>;
    rateLimitBudgetMs?: number;
  } = {},
): TestClient {
  const {
    random = () => 0.5,
    backpressure = () => Promise.resolve(),
    rateLimitBudgetMs = RATE_LIMIT_BUDGET,
  } = options;
  const clock = new SleeplessClock();
  const limiter = new OpenLimiter(clock);
  const stop = new AbortController();
  const retries: string[] = [];
  const onRetry = (endpoint: Endpoint, failure: Failure, pauseMs: number) =>
    void retries.push(`${describeEndpoint(endpoint)} ${failure.kind} ${describeFailure(failure)} ${pauseMs}`);
  const {
    transport = new AxiosTransport({
      baseUrl,
      token: TOKEN,
      userAgent: 'source-kustomer/test',
      timeoutMs: 60_000,
      stop: stop.signal,
    }),
  } = options;
  const client = new KustomerClient(
    {budgetMs: BUDGET, rateLimitBudgetMs},
    {transport, clock, random, limiter, stop: stop.signal, onRetry, backpressure},
  );
  return {client, clock, limiter, stop, retries};
}

/** A call that takes any JSON object. */
export const TAGS: Call<unknown> = {
  build: () => ({method: 'GET', path: '/v1/tags', params: {page: 1, pageSize: 100}}),
  decode(body) {
    const json = body.json();
    if (typeof json !== 'object' || json === null) throw new UnusableResponseError('the answer is no object');
    return json;
  },
};
