import type {Clock} from '../../src/clock';
import {
  type HttpRequest,
  type HttpResponse,
  type RateLimiter,
  type Transport,
  requestClassOf,
} from '../../src/http/call';
import {NetworkError} from '../../src/http/errors';
import type {Exchange, Reply} from './reply';

/** No account is asked more: requests, attempts that fail included. */
export const MOST_REQUESTS = 60;
/** A failed attempt is made once more. */
const ATTEMPTS = 2;

/** Asks one thing; any answer will do. @throws SpentError, NetworkError */
export type Ask = (request: HttpRequest) => Promise<Reply>;

/** Nothing more may be asked. The message says why. */
export class SpentError extends Error {}

export interface AskerDeps {
  readonly transport: Transport;
  readonly limiter: RateLimiter;
  readonly clock: Clock;
  /** @returns the bytes; undefined where they cannot be had */
  readonly decompress: (body: Buffer, contentEncoding: string) => Promise<Buffer | undefined>;
}

/** Asks, one thing after the other, until all that may be asked is spent. */
export class Asker {
  readonly exchanges: Exchange[] = [];
  /** Requests sent. */
  requests = 0;
  private closedFor: string | undefined;

  constructor(private readonly deps: AskerDeps) {}

  /** Called when more requests would tell nothing. @param reason a sentence for the table */
  close(reason: string): void {
    this.closedFor = reason;
  }

  readonly ask: Ask = async (request) => {
    for (let attempt = 1; ; attempt++) {
      try {
        const reply = await this.attempt(request);
        if (attempt === ATTEMPTS || !isWorthAnother(reply.status)) return reply;
      } catch (error) {
        if (attempt === ATTEMPTS || !(error instanceof NetworkError)) throw error;
      }
    }
  };

  private async attempt(request: HttpRequest): Promise<Reply> {
    const {limiter, transport, clock} = this.deps;
    if (this.closedFor !== undefined) throw new SpentError(this.closedFor);
    if (this.requests >= MOST_REQUESTS) throw new SpentError(`${MOST_REQUESTS} requests are the most`);
    const requestClass = requestClassOf(request);
    let sentAtMs = 0;
    const response = await limiter.schedule(requestClass, () => {
      this.requests += 1;
      sentAtMs = clock.now();
      return transport.send(request);
    });
    limiter.observe(requestClass, response);
    const {json, hasByteOrderMark} = await this.read(response);
    const {status, headers} = response;
    const exchange = {request, status, headers, sentAtMs, hasByteOrderMark};
    this.exchanges.push(exchange);
    return {...exchange, json};
  }

  private async read({body, headers}: HttpResponse): Promise<Pick<Reply, 'json' | 'hasByteOrderMark'>> {
    const bytes = await this.deps.decompress(body, headers['content-encoding'] ?? 'identity');
    const text = bytes?.toString('utf8') ?? '';
    const hasByteOrderMark = text.startsWith('\uFEFF');
    try {
      return {json: JSON.parse(hasByteOrderMark ? text.slice(1) : text), hasByteOrderMark};
    } catch {
      return {json: undefined, hasByteOrderMark};
    }
  }
}

/** What may be another answer in a moment: the limiter waits after a 429. */
function isWorthAnother(status: number): boolean {
  return status === 429 || (status >= 500 && status !== 501);
}
