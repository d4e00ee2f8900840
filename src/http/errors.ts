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

/** Every failure that this room raises. `detail` is for us; `message` may be shown. Neither holds a token. */
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

/** Kustomer's final no: a 3xx or 4xx that asking again cannot change. */
export class RefusedError extends KustomerError {
  /** @param texts what the answer's `errors` say (docs/kustomer-api.md, Errors), joined */
  constructor(
    endpoint: Endpoint,
    readonly status: number,
    readonly texts: string,
  ) {
    super(`${describeEndpoint(endpoint)} answered ${status}${texts ? `: ${texts}` : ''}`, endpoint, texts);
  }
}

/** No usable answer within the budget: network, time-outs, 429, 5xx, broken bodies. Another time it may work. */
export class UnavailableError extends KustomerError {
  constructor(
    endpoint: Endpoint,
    readonly tries: number,
    readonly lastFailure: string,
    /** HTTP status of the last failure, where there was an answer at all. */
    readonly status: number | undefined,
  ) {
    super(
      `${describeEndpoint(endpoint)} gave no usable answer in ${tries} attempts; the last: ${lastFailure}`,
      endpoint,
      lastFailure,
    );
  }
}

/** An answer that breaks a rule on which completeness rests: nothing is guessed, the read must fail. */
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

/** The process was told to stop; not a fault of anybody. */
export class StoppedError extends KustomerError {
  constructor() {
    super('stopped before it was finished', undefined, 'stop signal');
  }
}
