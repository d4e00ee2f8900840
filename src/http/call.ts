import type {ResponseBody} from './body/response-body';
import type {Endpoint} from './errors';
import type {Failure} from './retry';

/** One HTTP request to Kustomer. */
export interface HttpRequest extends Endpoint {
  readonly params?: Readonly<Record<string, string | number>>;
  readonly body?: unknown;
}

/** A request that may be built anew for each attempt, and how its answer is understood. */
export interface Call<T> {
  build(): HttpRequest;
  /** Takes what is needed of the answer; throws UnusableAnswer (answer.ts) when the same request should be made again. */
  decode(answer: ResponseBody): T | Promise<T>;
  /** Told of each failure; true when `build` will now give something else, so that even a final no is worth another try. */
  adapt?(failure: Failure, tries: number): boolean;
}

/** What requests have cost. */
export interface Counts {
  /** That were sent. */
  requests: number;
  /** Attempts that failed and were made again. */
  retries: number;
  /** Answers that refused for quota. */
  refusals: number;
}

/** Makes calls. */
export interface Requester {
  /** How far this machine's clock is ahead of Kustomer's at the least: ms (client.ts). */
  readonly clockAheadMs: number;
  /** @param also what counts it besides @throws as KustomerClient does (client.ts) */
  request<T>(call: Call<T>, ...also: readonly Counts[]): Promise<T>;
}
