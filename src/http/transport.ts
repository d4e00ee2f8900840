import http from 'node:http';
import https from 'node:https';
import axios, {type AxiosInstance, type AxiosResponse} from 'axios';
import type {HttpRequest, HttpResponse, Transport} from './call';
import {NetworkError, type Obstacle} from './errors';
import {withoutLineBreaks} from './failure';
import {obstacleOf, proxyObstacle} from './obstacle';
import {type Proxy, proxyFor} from './proxy';

export interface TransportOptions {
  /** Without `/v1` and without a slash at the end. */
  readonly baseUrl: string;
  readonly token: string;
  /** `name/version`, for the User-Agent header. */
  readonly userAgent: string;
  /** No response within this is a failed attempt: ms. */
  readonly timeoutMs: number;
  /** Aborts what is under way. */
  readonly stop: AbortSignal;
}

/** Sends requests over the network, with the token. The only user of axios. */
export class AxiosTransport implements Transport {
  private readonly http: AxiosInstance;
  private readonly proxy: Proxy | undefined;
  /** Kustomer has answered before: what keeps a connection from being made now may pass. */
  private hasConnected = false;

  constructor({baseUrl, token, userAgent, timeoutMs, stop}: TransportOptions) {
    this.proxy = proxyFor(baseUrl);
    this.http = axios.create({
      baseURL: baseUrl,
      timeout: timeoutMs,
      headers: {
        Authorization: `Bearer ${token}`,
        Accept: 'application/json',
        'Accept-Encoding': 'gzip',
        'User-Agent': userAgent,
      },
      // Decompressed when it is decoded (body/decode-queue.ts): until then it takes a tenth of the memory.
      responseType: 'arraybuffer',
      decompress: false,
      transformResponse: (body: unknown) => body,
      validateStatus: () => true,
      // A redirect would carry the token to another host, and a proxy would see it where the request is not tunnelled (plain http).
      maxRedirects: 0,
      ...(baseUrl.startsWith('http:') && {proxy: false as const}),
      httpAgent: new http.Agent({keepAlive: true}),
      httpsAgent: new https.Agent({keepAlive: true}),
      signal: stop,
    });
  }

  /** @throws NetworkError where no response came from Kustomer, a proxy's own refusal included */
  async send({method, path, params, body}: HttpRequest): Promise<HttpResponse> {
    if (this.proxy && this.proxy.name === undefined) {
      throw new NetworkError('the proxy of the environment is neither an HTTP nor an HTTPS URL', undefined, {
        kind: 'proxy URL',
      });
    }
    let response: AxiosResponse<Buffer>;
    try {
      response = await this.http.request<Buffer>({
        method,
        url: path,
        ...(params && {params}),
        ...(body !== undefined && {data: body}),
      });
    } catch (error) {
      throw this.networkError(error);
    }
    this.checkOrigin(response);
    this.hasConnected = true;
    return {status: response.status, headers: lowerCased(response.headers), body: response.data};
  }

  /** An axios error holds the whole request, the token included: only its code and message go on. */
  private networkError(error: unknown): NetworkError {
    const {code, message} = error as {code?: string; message?: string};
    const text = withoutLineBreaks([code, message].filter(Boolean).join(': ') || String(error));
    const obstacle: Obstacle | undefined = this.hasConnected
      ? undefined
      : obstacleOf({code, message: text}, this.proxy?.name);
    return new NetworkError(text, code, obstacle);
  }

  /** What comes outside of a TLS connection was not said by Kustomer, but by the proxy that should have made one. */
  private checkOrigin({status, request}: AxiosResponse): void {
    const proxy = this.proxy?.name;
    if (proxy === undefined) return;
    const {socket} = request as {socket?: {encrypted?: boolean} | null};
    if (socket?.encrypted === true) return;
    throw new NetworkError(`the proxy ${proxy} answered ${status}`, undefined, proxyObstacle(status, proxy));
  }
}

function lowerCased(headers: AxiosResponse['headers']): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name.toLowerCase(), String(value)]),
  );
}
