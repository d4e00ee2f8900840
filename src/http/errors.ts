/** Which request an error is about: method, path and, for a search, its query context. Never headers. */
export interface Endpoint {
  readonly method: 'GET' | 'POST';
  /** Starts with `/v1`. */
  readonly path: string;
  /** The `queryContext` of a search. */
  readonly context?: string;
}

/** `POST /v1/customers/search (notes)`: how an endpoint is named to people. */
export function describeEndpoint({method, path, context}: Endpoint): string {
  return `${method} ${path}${context === undefined ? '' : ` (${context})`}`;
}

/** What keeps a connection from being made until somebody changes the set-up: another attempt cannot succeed. */
export interface Obstacle {
  readonly kind:
    'certificate' | 'plain port' | 'proxy URL' | 'proxy unreachable' | 'proxy credentials' | 'proxy refusal';
  /** `host:port` of the proxy, where one is used; never its user or password. */
  readonly proxy?: string;
}

/** No response came. The message is one line: the code and what it means. */
export class NetworkError extends Error {
  constructor(
    message: string,
    /** Such as ECONNRESET; undefined where there is none. */
    readonly code: string | undefined,
    readonly obstacle?: Obstacle,
  ) {
    super(message);
    this.name = 'NetworkError';
  }
}

/** Every error that the client throws about a request. `message` may be shown, `detail` is for us. */
export abstract class KustomerError extends Error {
  constructor(
    message: string,
    readonly endpoint: Endpoint | undefined,
    readonly detail: string,
  ) {
    super(message);
    this.name = new.target.name;
  }
}

/** A final refusal by Kustomer: a 3xx, 4xx or 501 that another attempt cannot change. */
export class RefusedError extends KustomerError {
  /** @param texts what the `errors` of the response say (docs/kustomer-api.md, Errors), joined */
  constructor(
    endpoint: Endpoint,
    readonly status: number,
    readonly texts: string,
  ) {
    super(`${describeEndpoint(endpoint)} answered ${status}${texts ? `: ${texts}` : ''}`, endpoint, texts);
  }
}

/** No connection can be made as things are set up: certificate, TLS or proxy. */
export class ConnectionError extends KustomerError {
  constructor(
    endpoint: Endpoint,
    readonly obstacle: Obstacle,
    detail: string,
  ) {
    super(`${describeEndpoint(endpoint)} cannot be sent: ${detail}`, endpoint, detail);
  }
}

/** No usable response within the budget: network, time-outs, 429, 5xx, broken bodies. It may work later. */
export class UnavailableError extends KustomerError {
  readonly tries: number;
  readonly lastFailure: string;
  /** HTTP status of the last failure; undefined where no response came. */
  readonly status: number | undefined;

  constructor(attempts: {
    readonly endpoint: Endpoint;
    readonly tries: number;
    readonly lastFailure: string;
    readonly status: number | undefined;
  }) {
    const {endpoint, tries, lastFailure, status} = attempts;
    super(
      `${describeEndpoint(endpoint)} gave no usable answer in ${tries} attempts; the last: ${lastFailure}`,
      endpoint,
      lastFailure,
    );
    this.tries = tries;
    this.lastFailure = lastFailure;
    this.status = status;
  }
}

/** A response that breaks a rule on which completeness rests: nothing is guessed, the read must fail. */
export class BadResponseError extends KustomerError {
  constructor(endpoint: Endpoint, problem: string) {
    super(`${describeEndpoint(endpoint)} broke a rule of its own: ${problem}`, endpoint, problem);
  }
}

/** Records that exist but that no query Kustomer allows can reach. */
export class OutOfReachError extends KustomerError {
  constructor(endpoint: Endpoint, what: string) {
    super(`${describeEndpoint(endpoint)} cannot be read completely: ${what}`, endpoint, what);
  }
}

/** Records that changed while they were read, through every reading: at a quieter time they can be read whole. */
export class UnsettledError extends KustomerError {
  constructor(endpoint: Endpoint, what: string) {
    super(`${describeEndpoint(endpoint)} kept changing while it was read: ${what}`, endpoint, what);
  }
}

/** Part of a stream could not be read; the rest was. */
export class IncompleteError extends KustomerError {
  /** @param parts what is missing, by name; @param reason why, of the first of them */
  constructor(
    readonly parts: readonly string[],
    readonly reason: unknown,
  ) {
    const text = reason instanceof Error ? reason.message : String(reason);
    super(`${parts.join(', ')} could not be read: ${text}`, undefined, text);
  }
}

/** The process was told to stop; nobody's fault. */
export class StoppedError extends KustomerError {
  constructor() {
    super('stopped before it was finished', undefined, 'stop signal');
  }
}
