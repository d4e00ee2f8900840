import {type Api, type Request, requestOf} from '../../sandbox/api/api';
import type {HttpRequest, Transport} from '../../src/http/call';
import {NetworkError} from '../../src/http/errors';

/** A request as the sandbox's API sees it. */
export function apiRequest({method, path, params = {}, body}: HttpRequest, token: string): Request {
  const query = new URLSearchParams(
    Object.entries(params).map(([name, value]): [string, string] => [name, String(value)]),
  ).toString();
  return requestOf(
    method,
    `${path}${query && `?${query}`}`,
    {authorization: `Bearer ${token}`, 'content-type': 'application/json'},
    body === undefined ? '' : JSON.stringify(body),
  );
}

/** Asks a sandbox's API without any network; what would break the connection there is a reset. @param now epoch ms */
export function transportOf(api: Api, now: () => number, token = 'sandbox-token'): Transport {
  return {
    async send(request) {
      const {status, headers, body, wire} = api.handle(apiRequest(request, token), now());
      if (wire) throw new NetworkError('ECONNRESET: socket hang up', 'ECONNRESET');
      return {status, headers, body: Buffer.from(body)};
    },
  };
}
