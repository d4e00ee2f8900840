import type {Clock} from '../clock';
import {AttemptStats} from './attempt-stats';
import {DecodeQueue} from './body/decode-queue';
import {Decompressor} from './body/decompress';
import {ResponseBody, UnusableResponseError} from './body/response-body';
import {
  type Call,
  type Counts,
  type HttpRequest,
  type HttpResponse,
  type RateLimiter,
  type Requester,
  type Transport,
  requestClassOf,
} from './call';
import {ClockSkew} from './clock-skew';
import {
  ConnectionError,
  type Endpoint,
  NetworkError,
  RefusedError,
  StoppedError,
  UnavailableError,
} from './errors';
import {type Failure, describeFailure, networkFailure, statusFailure} from './failure';
import {isTransient, retryDelay} from './retry';

export interface ClientOptions {
  /** How long one request is tried without success, its time in queues of our own not counted: ms. */
  readonly budgetMs: number;
  /** How long one request may be refused for the rate limit (429) again and again, the waiting included: ms. */
  readonly rateLimitBudgetMs: number;
}

export interface ClientDeps {
  readonly transport: Transport;
  readonly clock: Clock;
  /** In [0, 1). */
  readonly random: () => number;
  readonly limiter: RateLimiter;
  /** Aborted when the process is told to stop. */
  readonly stop: AbortSignal;
  /** Called with each failed attempt that will be made again, and the pause before: ms. */
  readonly onRetry: (endpoint: Endpoint, failure: Failure, pauseMs: number) => void;
  /** Awaited before each 256 kB that are decoded: resolves when other work has had its chance, and there is space for more output. */
  readonly backpressure: () => Promise<void>;
}

interface FailedAttempt {
  readonly request: HttpRequest;
  readonly failure: Failure;
  /** Attempts made so far, this one included. */
  readonly tries: number;
  readonly stats: AttemptStats;
}

type Outcome<T> = {readonly value: T} | {readonly failure: Failure};

/** Makes each request until it succeeds, is refused for good, or its budget is spent. */
export class KustomerClient implements Requester {
  /** What all calls have cost so far. */
  readonly counts: Counts = {requests: 0, retries: 0, refusals: 0};
  /** Requests not in flight: queued for decoding, or backing off. */
  waiting = 0;
  private readonly clockSkew = new ClockSkew();
  private readonly decodeQueue: DecodeQueue;
  private readonly decompressor = new Decompressor();

  constructor(
    private readonly options: ClientOptions,
    private readonly deps: ClientDeps,
  ) {
    this.decodeQueue = new DecodeQueue(deps.backpressure);
  }

  get clockAheadMs(): number {
    return this.clockSkew.aheadMs;
  }

  /** @throws RefusedError, ConnectionError, UnavailableError, StoppedError, and what `decode` throws but UnusableResponseError */
  async request<T>(call: Call<T>, ...also: readonly Counts[]): Promise<T> {
    const stats = new AttemptStats([this.counts, ...also]);
    if (call.delayMs !== undefined) await this.pause(call.delayMs);
    for (let tries = 1; ; tries++) {
      if (this.deps.stop.aborted) throw new StoppedError();
      const request = call.build();
      const outcome = await this.attempt(request, call, stats);
      if ('value' in outcome) return outcome.value;
      const {failure} = outcome;
      const isChanged = call.adapt?.(failure, tries) ?? false;
      const delayMs = this.delayAfter({request, failure, tries, stats});
      const isLast = delayMs === undefined || tries >= (call.maxTries ?? Infinity);
      if (isLast && !isChanged) throw finalError(request, failure, tries);
      // A request that was refused for good and then changed is made again at once.
      const pauseMs = isTransient(failure) ? (delayMs ?? 0) : 0;
      stats.count('retries');
      this.deps.onRetry(request, failure, pauseMs);
      await this.pause(pauseMs);
    }
  }

  private async attempt<T>(request: HttpRequest, call: Call<T>, stats: AttemptStats): Promise<Outcome<T>> {
    const {clock, limiter, stop, transport} = this.deps;
    const requestClass = requestClassOf(request);
    const queuedAt = clock.now();
    let sentAt = queuedAt;
    let response: HttpResponse;
    try {
      const send = (): Promise<HttpResponse> => {
        if (stop.aborted) throw new StoppedError();
        sentAt = clock.now();
        stats.send(queuedAt, sentAt);
        return transport.send(request);
      };
      response = await limiter.schedule(requestClass, send, call.priority?.());
    } catch (error) {
      if (stop.aborted) throw new StoppedError();
      if (!(error instanceof NetworkError)) throw error;
      return {failure: networkFailure(error)};
    }
    limiter.observe(requestClass, response);
    this.clockSkew.observe(response.headers['date'], sentAt);
    if (response.status === 429) stats.count('refusals');
    return this.enqueue(response, call, stats);
  }

  private async enqueue<T>(response: HttpResponse, call: Call<T>, stats: AttemptStats): Promise<Outcome<T>> {
    const cameAt = this.deps.clock.now();
    this.waiting += 1;
    try {
      return await this.decodeQueue.run(() => {
        stats.queue(this.deps.clock.now() - cameAt);
        if (this.deps.stop.aborted) throw new StoppedError();
        return this.decode(response, call);
      });
    } finally {
      this.waiting -= 1;
    }
  }

  private async decode<T>(response: HttpResponse, call: Call<T>): Promise<Outcome<T>> {
    const {status, headers, body} = response;
    const encoding = headers['content-encoding'] ?? 'identity';
    const bytes = await this.decompressor.decompress(body, encoding);
    if (status < 200 || status > 299) return {failure: statusFailure(response, bytes)};
    try {
      if (!bytes) throw new UnusableResponseError(`the body cannot be decompressed (${encoding})`);
      const {backpressure} = this.deps;
      return {
        value: await call.decode(
          new ResponseBody(bytes, backpressure, {status, contentType: headers['content-type'] ?? ''}),
        ),
      };
    } catch (error) {
      if (!(error instanceof UnusableResponseError)) throw error;
      return {failure: {kind: 'unreadable', text: error.message, headers}};
    }
  }

  /** ms until the next attempt; undefined when there is none. After a 429 the limiter waits, so there is no delay of our own. */
  private delayAfter({request, failure, tries, stats}: FailedAttempt): number | undefined {
    const {clock, limiter, random} = this.deps;
    const {budgetMs, rateLimitBudgetMs} = this.options;
    const now = clock.now();
    const isRefused = failure.status === 429;
    const refusedSince = stats.refusedSince(isRefused, now);
    if (isRefused) {
      const nextAt = Math.max(now, limiter.heldUntilMs(requestClassOf(request)));
      return nextAt - refusedSince > rateLimitBudgetMs ? undefined : 0;
    }
    return retryDelay(failure, {tries, elapsedMs: stats.elapsedMs(now), budgetMs, now, random: random()});
  }

  private async pause(ms: number): Promise<void> {
    this.waiting += 1;
    try {
      await this.deps.clock.sleep(ms, this.deps.stop);
    } catch {
      throw new StoppedError();
    } finally {
      this.waiting -= 1;
    }
  }
}

function finalError(request: HttpRequest, failure: Failure, tries: number): Error {
  if (failure.obstacle) return new ConnectionError(request, failure.obstacle, failure.text);
  if (!isTransient(failure)) return new RefusedError(request, failure.status ?? 0, failure.text);
  const {status} = failure;
  return new UnavailableError({endpoint: request, tries, lastFailure: describeFailure(failure), status});
}
