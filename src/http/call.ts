import type {ResponseBody} from './body/response-body';
import type {Endpoint} from './errors';
import type {Failure} from './failure';

/** One HTTP request to Kustomer. */
export interface HttpRequest extends Endpoint {
  readonly params?: Readonly<Record<string, string | number>>;
  readonly body?: unknown;
}

/** What came back over the network. */
export interface HttpResponse {
  readonly status: number;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  /** As it was sent: still compressed. */
  readonly body: Buffer;
}

/** The network: one attempt of one request. */
export interface Transport {
  /** @throws NetworkError (errors.ts) where no response came */
  send(request: HttpRequest): Promise<HttpResponse>;
}

/** What counts against one rate limit: searches have one of their own beside the organization's (docs/kustomer-api.md, Rate limits). */
export type RequestClass = 'search' | 'other';

/** Which limit a request counts against: a search names its query context. */
export function requestClassOf({context}: Endpoint): RequestClass {
  return context === undefined ? 'other' : 'search';
}

/** What stands between the client and the network: slots and pace. The only one that waits after a 429. */
export interface RateLimiter {
  /** Runs the job when a slot is free and the limits of its class allow it. @param priority see {@link Call.priority} */
  schedule<T>(requestClass: RequestClass, job: () => Promise<T>, priority?: number): Promise<T>;
  /** Called with each response, refusals (429) included. */
  observe(requestClass: RequestClass, response: Pick<HttpResponse, 'status' | 'headers'>): void;
  /** When requests of this class may be sent again after a 429: epoch ms; not after now where nothing holds them. */
  heldUntilMs(requestClass: RequestClass): number;
}

/** A request that may be built anew for each attempt, and how its response is decoded. */
export interface Call<T> {
  build(): HttpRequest;
  /** Takes what is needed of the response. @throws UnusableResponseError (response-body.ts) when the same request should be made again */
  decode(body: ResponseBody): T | Promise<T>;
  /** Called after each failure. Returns true if `build` will now give another request, so that even a final refusal is worth another try; ends the call with what it throws. */
  adapt?(failure: Failure, tries: number): boolean;
  /** Attempts at most, where less than the retry budget is worth it. */
  readonly maxTries?: number;
  /** Waited before the first attempt: ms. */
  readonly delayMs?: number;
  /** Among the requests of one class that wait: 0 goes first, 9 last, 5 where it is left out. Called for each attempt. */
  priority?(): number;
}

/** What requests have cost. */
export interface Counts {
  /** That were sent. */
  requests: number;
  /** Attempts that failed and were made again. */
  retries: number;
  /** Responses that refused for the rate limit. */
  refusals: number;
}

/** Makes calls. */
export interface Requester {
  /** How far this machine's clock is ahead of Kustomer's at least: ms (clock-skew.ts). */
  readonly clockAheadMs: number;
  /** @param also further counters of its cost @throws as KustomerClient does (client.ts) */
  request<T>(call: Call<T>, ...also: readonly Counts[]): Promise<T>;
}
