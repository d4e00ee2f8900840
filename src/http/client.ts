import http from 'node:http';
import https from 'node:https';
import axios, {type AxiosAdapter, type AxiosInstance, type AxiosResponse} from 'axios';
import type {Clock} from '../clock';
import {ResponseBody, UnusableResponseError} from './body/response-body';
import {type Endpoint, RefusedError, StoppedError, UnavailableError} from './errors';
import {
  type Call,
  type Counts,
  type HttpRequest,
  type RateLimiter,
  type Requester,
  requestClassOf,
} from './call';
import {type Failure, isTransient, retryDelay} from './retry';
import {Gunzip} from './body/gunzip';

export interface ClientOptions {
  /** Without `/v1` and without a slash at the end. */
  readonly baseUrl: string;
  readonly token: string;
  /** Requests in flight at most; as many connections are kept open. */
  readonly connections: number;
  /** `name/version`, for the User-Agent header. */
  readonly agent: string;
  /** How long one request is tried without success: ms. */
  readonly budgetMs: number;
}

export interface ClientDeps {
  readonly clock: Clock;
  /** In [0, 1). */
  readonly random: () => number;
  readonly limiter: RateLimiter;
  /** Aborted when the process is told to stop. */
  readonly stop: AbortSignal;
  /** Each failed attempt that will be made again. */
  readonly onRetry: (endpoint: Endpoint, failure: Failure, delay: number) => void;
  /** Awaited before each stretch of an answer is read: resolves when others have had their turn, and there is room for more output. */
  readonly backpressure: () => Promise<void>;
  /** In the place of the network, for tests. */
  readonly adapter?: AxiosAdapter;
}

/** What is known of a request's attempts so far. */
interface AttemptStats {
  /** When the first was sent: epoch ms. */
  startedAt: number | undefined;
  /** How long their answers have waited until they were read, which is no time that it was tried in: ms. */
  queuedMs: number;
  count(what: keyof Counts): void;
}

/** No answer within this is a failed attempt: ms. */
export const TIMEOUT_MS = 60_000;

/** The only door to the network: authentication, time-outs, attempts. */
export class KustomerClient implements Requester {
  /** What all calls have cost so far. */
  readonly counts: Counts = {requests: 0, retries: 0, refusals: 0};
  /** Requests that wait for something else than Kustomer: for their answer to be read, or for the next attempt. */
  waiting = 0;
  private leastAhead = Infinity;
  /** Resolves when the answer that is being read has been. */
  private reading: Promise<void> = Promise.resolve();
  private readonly unpacker = new Gunzip();
  private readonly http: AxiosInstance;

  constructor(
    private readonly options: ClientOptions,
    private readonly deps: ClientDeps,
  ) {
    const pool = {keepAlive: true, maxSockets: options.connections};
    this.http = axios.create({
      baseURL: options.baseUrl,
      // Whoever waits for an answer does not wait longer for one attempt than for all of them.
      timeout: Math.min(TIMEOUT_MS, options.budgetMs),
      headers: {
        Authorization: `Bearer ${options.token}`,
        Accept: 'application/json',
        'Accept-Encoding': 'gzip',
        'User-Agent': options.agent,
      },
      // Unpacked when it is read, not as it comes: until then it takes a tenth of the memory.
      responseType: 'arraybuffer',
      decompress: false,
      transformResponse: (body: unknown) => body,
      validateStatus: () => true,
      // A redirect would carry the token to another host, and a proxy of the environment in the clear: https it only tunnels.
      maxRedirects: 0,
      ...(options.baseUrl.startsWith('http:') && {proxy: false as const}),
      httpAgent: new http.Agent(pool),
      httpsAgent: new https.Agent(pool),
      signal: deps.stop,
      ...(deps.adapter && {adapter: deps.adapter}),
    });
  }

  /**
   * How far this machine's clock is ahead of Kustomer's at the least, as the Date headers of its answers tell (RFC 9110, 6.6.1):
   * ms, 0 where it is not. What Kustomer changes in that time would lie before the end of a read that goes by our clock.
   */
  get clockAheadMs(): number {
    return this.leastAhead === Infinity ? 0 : Math.max(0, this.leastAhead);
  }

  /**
   * Makes the call until it gives a usable answer.
   * @throws RefusedError, UnavailableError, StoppedError, and whatever `read` throws but UnusableAnswer
   */
  async request<T>(call: Call<T>, ...also: readonly Counts[]): Promise<T> {
    const {clock, random, stop} = this.deps;
    const tally: AttemptStats = {
      startedAt: undefined,
      queuedMs: 0,
      count: (what) => [this.counts, ...also].forEach((counts) => (counts[what] += 1)),
    };
    for (let tries = 1; ; tries++) {
      if (stop.aborted) throw new StoppedError();
      const request = call.build();
      const outcome = await this.attempt(request, call, tally);
      if ('value' in outcome) return outcome.value;
      const {failure} = outcome;
      if (failure.status === 429) tally.count('refusals');
      const changed = call.adapt?.(failure, tries) ?? false;
      const now = clock.now();
      const delay = retryDelay(failure, {
        tries,
        // Waiting for a first turn at the gate is no failure to succeed.
        elapsedMs: now - (tally.startedAt ?? now) - tally.queuedMs,
        budgetMs: this.options.budgetMs,
        now,
        random: random(),
      });
      if (delay === undefined && !changed) throw this.final(request, failure, tries);
      // What was refused for its own sake needs no pause once it asks for something else.
      const pause = isTransient(failure) ? (delay ?? 0) : 0;
      tally.count('retries');
      this.deps.onRetry(request, failure, pause);
      await this.sleep(pause);
    }
  }

  private async attempt<T>(
    request: HttpRequest,
    call: Call<T>,
    tally: AttemptStats,
  ): Promise<{value: T} | {failure: Failure}> {
    let response: AxiosResponse<Buffer>;
    let sentAt = 0;
    try {
      response = await this.deps.limiter.schedule(requestClassOf(request), () => {
        if (this.deps.stop.aborted) throw new StoppedError();
        sentAt = this.deps.clock.now();
        tally.startedAt ??= sentAt;
        tally.count('requests');
        return this.send(request);
      });
    } catch (error) {
      if (this.deps.stop.aborted) throw new StoppedError();
      return {failure: this.redact(networkFailure(error))};
    }
    const headers = plainHeaders(response);
    this.deps.limiter.observe(requestClassOf(request), {status: response.status, headers});
    this.learnTime(headers, sentAt);
    const came = this.deps.clock.now();
    this.waiting += 1;
    const outcome = this.reading.then(async () => {
      await this.deps.backpressure();
      tally.queuedMs += this.deps.clock.now() - came;
      if (this.deps.stop.aborted) throw new StoppedError();
      return this.understand(response, headers, call);
    });
    // One answer after the other: each is ten times as large once it is unpacked, and more while it is understood.
    const done = (): void => void (this.waiting -= 1);
    this.reading = outcome.then(done, done);
    return outcome;
  }

  private async understand<T>(
    {status, data}: AxiosResponse<Buffer>,
    headers: Readonly<Record<string, string>>,
    call: Call<T>,
  ): Promise<{value: T} | {failure: Failure}> {
    const encoding = headers['content-encoding'] ?? 'identity';
    const body = await this.unpacker.gunzip(data, encoding);
    if (status < 200 || status > 299) {
      const text = `${status} ${errorTexts(body?.toString('utf8') ?? '')}`.trim();
      return {failure: this.redact({kind: 'status', status, text, headers})};
    }
    try {
      if (!body) throw new UnusableResponseError(`the body cannot be unpacked (${encoding})`);
      return {value: await call.decode(new ResponseBody(body, this.deps.backpressure))};
    } catch (error) {
      if (!(error instanceof UnusableResponseError)) throw error;
      return {failure: this.redact({kind: 'unreadable', text: error.message, headers})};
    }
  }

  private learnTime(headers: Readonly<Record<string, string>>, sentAt: number): void {
    // The answer was made after the request was sent, and its time is cut to the second.
    const ahead = sentAt - Date.parse(headers['date'] ?? '') - 1000;
    if (ahead < this.leastAhead) this.leastAhead = ahead;
  }

  private send({method, path, params, body}: HttpRequest): Promise<AxiosResponse<Buffer>> {
    return this.http.request<Buffer>({
      method,
      url: path,
      ...(params && {params}),
      ...(body !== undefined && {data: body}),
    });
  }

  private async sleep(ms: number): Promise<void> {
    this.waiting += 1;
    try {
      await this.deps.clock.sleep(ms, this.deps.stop);
    } catch {
      throw new StoppedError();
    } finally {
      this.waiting -= 1;
    }
  }

  /** What answers may repeat the token, as error pages do. */
  private redact(failure: Failure): Failure {
    return {...failure, text: failure.text.replaceAll(this.options.token, '***')};
  }

  private final(request: HttpRequest, failure: Failure, tries: number): Error {
    if (!isTransient(failure)) {
      const {status = 0, text} = failure;
      return new RefusedError(request, status, text.replace(`${status}`, '').trim());
    }
    return new UnavailableError(request, tries, failure.text, failure.status);
  }
}

/** An axios error carries the whole request, token included: only its code and message go on. */
function networkFailure(error: unknown): Failure {
  const {code, message} = error as {code?: string; message?: string};
  const kind = code === 'ECONNABORTED' || code === 'ETIMEDOUT' ? 'timeout' : 'network';
  return {kind, text: [code, message].filter(Boolean).join(': ') || String(error), headers: {}};
}

function plainHeaders(response: AxiosResponse): Record<string, string> {
  const plain: Record<string, string> = {};
  for (const [name, value] of Object.entries(response.headers)) plain[name.toLowerCase()] = String(value);
  return plain;
}

/** What an error answer says for itself: `errors[].title`, `.code`, `.detail` and `.source` (kustomer-api.md, Errors). */
function errorTexts(body: string): string {
  try {
    const {errors} = JSON.parse(body) as {errors?: Record<string, unknown>[]};
    const texts = (errors ?? []).map(({code, title, detail, source}) =>
      [code, title, detail, source && JSON.stringify(source)].filter(Boolean).join(' '),
    );
    return texts.join('; ').slice(0, 500);
  } catch {
    return '';
  }
}
