import type {AxiosAdapter} from 'axios';
import {UnusableResponseError} from '../../src/http/body/response-body';
import {KustomerClient} from '../../src/http/client';
import {type Endpoint, describeEndpoint} from '../../src/http/errors';
import type {Call, HttpResponse, RateLimiter, RequestClass} from '../../src/http/call';
import type {Failure} from '../../src/http/retry';
import {SleeplessClock} from './sleepless-clock';

export const TOKEN = 'secret-token-5f2b';
export const BUDGET = 10 * 60_000;

/** A gate that is open, and remembers what it was told. */
export class OpenGate implements RateLimiter {
  readonly learned: Readonly<Record<string, string>>[] = [];

  async schedule<T>(_requestClass: RequestClass, job: () => Promise<T>): Promise<T> {
    return job();
  }

  observe(_requestClass: RequestClass, {headers}: Pick<HttpResponse, 'status' | 'headers'>): void {
    this.learned.push(headers);
  }

  heldUntilMs(): number {
    return 0;
  }
}

/** A client of a server on this machine, with everything around it in plain sight. */
export interface TestClient {
  readonly client: KustomerClient;
  readonly clock: SleeplessClock;
  readonly gate: OpenGate;
  readonly stop: AbortController;
  /** What was told of failed attempts. */
  readonly retries: string[];
}

export function clientOf(
  baseUrl: string,
  options: {adapter?: AxiosAdapter; gate?: OpenGate; random?: () => number; turn?: () => Promise<void>} = {},
): TestClient {
  const {adapter, gate = new OpenGate(), random = () => 0.5, turn = () => Promise.resolve()} = options;
  const clock = new SleeplessClock();
  const stop = new AbortController();
  const retries: string[] = [];
  const onRetry = (endpoint: Endpoint, failure: Failure, delay: number) =>
    void retries.push(`${describeEndpoint(endpoint)} ${failure.kind} ${failure.text} ${delay}`);
  const client = new KustomerClient(
    {baseUrl, token: TOKEN, connections: 4, agent: 'source-kustomer/test', budgetMs: BUDGET},
    {
      clock,
      random,
      limiter: gate,
      stop: stop.signal,
      onRetry,
      backpressure: turn,
      ...(adapter && {adapter}),
    },
  );
  return {client, clock, gate, stop, retries};
}

/** A call that takes any JSON object. */
export const TAGS: Call<unknown> = {
  build: () => ({method: 'GET', path: '/v1/tags', params: {page: 1, pageSize: 100}}),
  decode(answer) {
    const json = answer.json();
    if (typeof json !== 'object' || json === null) throw new UnusableResponseError('the answer is no object');
    return json;
  },
};
