import {AxiosError, type AxiosAdapter, type AxiosResponse} from 'axios';
import {type Api, requestOf} from '../../sandbox/api/api';
import {TIMEOUT_MS} from '../../src/http/client';
import type {VirtualClock} from './virtual-clock';

export interface NetworkOptions {
  /** ms each request takes, half of it before the server sees it. */
  readonly latency: () => number;
  /** Called before each request is answered. */
  readonly before: () => void;
  /** How far the server's clock is behind ours: ms. */
  readonly behind: number;
}

/** An axios adapter that asks the sandbox's pure API, in virtual time; `requests` counts what it was asked. */
export class VirtualNetwork {
  requests = 0;
  inFlight = 0;
  mostInFlight = 0;

  constructor(
    private readonly api: Api,
    private readonly clock: VirtualClock,
    private readonly options: NetworkOptions,
  ) {}

  readonly adapter: AxiosAdapter = async (config) => {
    this.requests += 1;
    this.mostInFlight = Math.max(this.mostInFlight, ++this.inFlight);
    try {
      const half = Math.ceil(this.options.latency() / 2);
      await this.clock.sleep(half, config.signal as AbortSignal);
      this.options.before();
      const url = `${config.url}?${new URLSearchParams(config.params as Record<string, string>)}`;
      const headers = Object.fromEntries(
        Object.entries(config.headers.toJSON()).map(([name, value]) => [name.toLowerCase(), String(value)]),
      );
      const request = requestOf(
        (config.method ?? 'get').toUpperCase(),
        url,
        headers,
        String(config.data ?? ''),
      );
      const now = this.clock.now() - this.options.behind;
      const {status, headers: answered, body, wire} = this.api.handle(request, now);
      if (wire?.kind === 'hang') {
        await this.clock.sleep(TIMEOUT_MS, config.signal as AbortSignal);
        throw new AxiosError('timeout exceeded', 'ECONNABORTED', config);
      }
      await this.clock.sleep(half, config.signal as AbortSignal);
      if (wire?.kind === 'reset') throw new AxiosError('socket hang up', 'ECONNRESET', config);
      const data = wire?.kind === 'cut' ? body.slice(0, wire.at) : body;
      return {
        status,
        statusText: '',
        headers: {...answered, date: new Date(now).toUTCString()},
        data: Buffer.from(data),
        config,
        request: undefined,
      } as unknown as AxiosResponse;
    } finally {
      this.inFlight -= 1;
    }
  };
}
