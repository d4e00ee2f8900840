import type {Api} from '../../sandbox/api/api';
import type {HttpRequest, HttpResponse, Transport} from '../../src/http/call';
import {NetworkError} from '../../src/http/errors';
import {apiRequest} from './api-transport';
import type {VirtualClock} from './virtual-clock';

/** As in src/connection.ts: ms. */
const TIMEOUT_MS = 60_000;

export interface NetworkOptions {
  /** ms each request takes, half of it before the server sees it. */
  readonly latency: () => number;
  /** Called before each request is answered. */
  readonly before: () => void;
  /** How far the server's clock is behind ours: ms. */
  readonly behind: number;
  /** Ends the requests under way. */
  readonly stop: AbortSignal;
}

/** A transport that asks the sandbox's pure API, in virtual time; `requests` counts what it was asked. */
export class VirtualNetwork implements Transport {
  requests = 0;
  inFlight = 0;
  mostInFlight = 0;

  constructor(
    private readonly api: Api,
    private readonly clock: VirtualClock,
    private readonly options: NetworkOptions,
  ) {}

  async send(request: HttpRequest): Promise<HttpResponse> {
    const {latency, before, behind, stop} = this.options;
    this.requests += 1;
    this.mostInFlight = Math.max(this.mostInFlight, ++this.inFlight);
    try {
      const half = Math.ceil(latency() / 2);
      await this.clock.sleep(half, stop);
      before();
      const now = this.clock.now() - behind;
      const {status, headers, body, wire} = this.api.handle(apiRequest(request, 'sandbox-token'), now);
      if (wire?.kind === 'hang') {
        await this.clock.sleep(TIMEOUT_MS, stop);
        throw new NetworkError('ECONNABORTED: timeout exceeded', 'ECONNABORTED');
      }
      await this.clock.sleep(half, stop);
      if (wire?.kind === 'reset') throw new NetworkError('ECONNRESET: socket hang up', 'ECONNRESET');
      const sent = wire?.kind === 'cut' ? body.slice(0, wire.at) : body;
      return {
        status,
        headers: {...headers, date: new Date(now).toUTCString()},
        body: Buffer.from(sent),
      };
    } finally {
      this.inFlight -= 1;
    }
  }
}
