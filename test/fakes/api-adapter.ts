import type {AxiosAdapter} from 'axios';
import {AxiosError} from 'axios';
import {type Api, requestOf} from '../../sandbox/api/api';

/** Carries axios's requests to a sandbox without any network; `clock` gives epoch ms. */
export function adapterOf(api: Api, clock: () => number): AxiosAdapter {
  return async (config) => {
    const query = new URLSearchParams(config.params as Record<string, string> | undefined).toString();
    const names = Object.entries(config.headers.toJSON()).map(([name, value]) => [
      name.toLowerCase(),
      String(value),
    ]);
    const request = requestOf(
      config.method ?? 'get',
      `${config.url}${query && `?${query}`}`,
      Object.fromEntries(names) as Record<string, string>,
      typeof config.data === 'string' ? config.data : '',
    );
    const {status, headers, body, wire} = api.handle(request, clock());
    if (wire) throw new AxiosError('socket hang up', 'ECONNRESET', config);
    return {data: Buffer.from(body), status, statusText: '', headers, config};
  };
}
