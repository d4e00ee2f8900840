/** A request as it came, and how it was answered. */
export interface LoggedRequest {
  /** When it came: epoch ms. */
  readonly at: number;
  readonly method: string;
  /** The path and what follows it. */
  readonly url: string;
  readonly body: string;
  readonly status: number;
}

/** No more are kept: a sandbox may run for days. */
const MOST = 10_000;

/** The last requests, in the order in which they came. */
export class RequestLog {
  private requests: LoggedRequest[] = [];

  add(request: LoggedRequest): void {
    this.requests.push(request);
    if (this.requests.length >= 2 * MOST) this.requests = this.requests.slice(-MOST);
  }

  get all(): readonly LoggedRequest[] {
    return this.requests.slice(-MOST);
  }

  clear(): void {
    this.requests = [];
  }
}
