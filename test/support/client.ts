import type {AxiosAdapter} from 'axios';
import {UnusableAnswer} from '../../src/kustomer/answer';
import {type Gate, KustomerClient} from '../../src/kustomer/client';
import {type Endpoint, describeEndpoint} from '../../src/kustomer/errors';
import type {Call} from '../../src/kustomer/requester';
import type {Failure} from '../../src/kustomer/retry';
import {VirtualClock} from './clock';

export const TOKEN = 'secret-token-5f2b';
export const BUDGET = 10 * 60_000;

/** A gate that is open, and remembers what it was told. */
export class OpenGate implements Gate {
  readonly learned: Readonly<Record<string, string>>[] = [];
  readonly refusals: (number | undefined)[] = [];

  async run<T>(job: () => Promise<T>): Promise<T> {
    return job();
  }

  learn(headers: Readonly<Record<string, string>>): void {
    this.learned.push(headers);
  }

  refused(reset: number | undefined): void {
    this.refusals.push(reset);
  }
}

/** A client of a server on this machine, with everything around it in plain sight. */
export interface Bench {
  readonly client: KustomerClient;
  readonly clock: VirtualClock;
  readonly gate: OpenGate;
  readonly stop: AbortController;
  /** What was told of failed attempts. */
  readonly retries: string[];
}

export function clientOf(
  baseUrl: string,
  options: {adapter?: AxiosAdapter; gate?: OpenGate; random?: () => number; turn?: () => Promise<void>} = {},
): Bench {
  const {adapter, gate = new OpenGate(), random = () => 0.5, turn = () => Promise.resolve()} = options;
  const clock = new VirtualClock();
  const stop = new AbortController();
  const retries: string[] = [];
  const onRetry = (endpoint: Endpoint, failure: Failure, delay: number) =>
    void retries.push(`${describeEndpoint(endpoint)} ${failure.kind} ${failure.text} ${delay}`);
  const client = new KustomerClient(
    {baseUrl, token: TOKEN, connections: 4, agent: 'source-kustomer/test', budget: BUDGET},
    {
      clock,
      random,
      gate,
      stop: stop.signal,
      onRetry,
      turn,
      ...(adapter && {adapter}),
    },
  );
  return {client, clock, gate, stop, retries};
}

/** A call that takes any JSON object. */
export const TAGS: Call<unknown> = {
  build: () => ({method: 'GET', path: '/v1/tags', params: {page: 1, pageSize: 100}}),
  read(answer) {
    const json = answer.json();
    if (typeof json !== 'object' || json === null) throw new UnusableAnswer('the answer is no object');
    return json;
  },
};
