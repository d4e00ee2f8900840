import type {HttpRequest} from '../../src/http/call';
import {NetworkError} from '../../src/http/errors';
import {AxiosTransport} from '../../src/http/transport';
import {startProxy, startTlsServer} from '../fakes/proxy';
import {type Web, closeServers, json, serve} from '../fakes/web';

const TOKEN = 'secret-token-5f2b';
const GOOD = json({data: []});
const TAGS: HttpRequest = {method: 'GET', path: '/v1/tags', params: {page: 1, pageSize: 100}};
const environment = {...process.env};
const started: {close(): void}[] = [];

function transportTo(baseUrl: string, timeoutMs = 60_000): AxiosTransport {
  const stop = new AbortController().signal;
  return new AxiosTransport({baseUrl, token: TOKEN, userAgent: 'source-kustomer/test', timeoutMs, stop});
}

async function errorOf(transport: AxiosTransport): Promise<NetworkError> {
  const error: unknown = await transport.send(TAGS).catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(NetworkError);
  return error as NetworkError;
}

function useProxy(url: string): void {
  Object.assign(process.env, {HTTPS_PROXY: url, https_proxy: url, NO_PROXY: '', no_proxy: ''});
}

afterEach(async () => {
  process.env = {...environment};
  for (const one of started.splice(0)) one.close();
  await closeServers();
});

async function begin<T extends {close(): void}>(starting: Promise<T>): Promise<T> {
  const one = await starting;
  started.push(one);
  return one;
}

describe('a request', () => {
  test('carries the token, our name, and asks for compressed JSON', async () => {
    const web = await serve(GOOD);
    await transportTo(web.url).send(TAGS);
    const [seen] = web.seen;
    expect(seen).toMatchObject({method: 'GET', url: '/v1/tags?page=1&pageSize=100', body: ''});
    expect(seen?.headers).toMatchObject({
      authorization: `Bearer ${TOKEN}`,
      'user-agent': 'source-kustomer/test',
      accept: 'application/json',
      'accept-encoding': 'gzip',
      connection: 'keep-alive',
    });
  });

  test('sends its body as JSON', async () => {
    const web = await serve(GOOD);
    const body = {and: [{a: {gte: 'x'}}], queryContext: 'note'};
    await transportTo(web.url).send({method: 'POST', path: '/v1/customers/search', body});
    const [seen] = web.seen;
    expect(JSON.parse(seen?.body ?? '')).toEqual(body);
    expect(seen?.headers['content-type']).toMatch('application/json');
  });

  test('goes beneath the path of its base URL', async () => {
    const web = await serve(GOOD);
    await transportTo(`${web.url}/proxy`).send(TAGS);
    expect(web.seen[0]?.url).toBe('/proxy/v1/tags?page=1&pageSize=100');
  });

  test('keeps its connection open for the next', async () => {
    const ports = new Set<number | undefined>();
    const web = await serve((response, seen) => {
      ports.add(response.socket?.remotePort);
      GOOD(response, seen);
    });
    const transport = transportTo(web.url);
    for (let times = 0; times < 5; times++) await transport.send(TAGS);
    expect(ports.size).toBe(1);
  });

  test('is answered with status, headers in lower case, and the bytes as they came', async () => {
    const web = await serve((response) => response.writeHead(418, {'X-Odd': 'yes'}).end('\x1fnot gzip'));
    const {status, headers, body} = await transportTo(web.url).send(TAGS);
    expect([status, headers['x-odd'], String(body)]).toEqual([418, 'yes', '\x1fnot gzip']);
  });

  test('is not redirected, so that the token goes nowhere else', async () => {
    const elsewhere = await serve(GOOD);
    const web = await serve((response) =>
      response.writeHead(302, {location: `${elsewhere.url}/v1/tags`}).end(),
    );
    expect(await transportTo(web.url).send(TAGS)).toMatchObject({status: 302});
    expect(elsewhere.seen).toHaveLength(0);
  });

  test('through a proxy of the environment never leaves the machine in the clear', async () => {
    const proxy = await serve(GOOD);
    const web = await serve(GOOD);
    Object.assign(process.env, {http_proxy: proxy.url, HTTP_PROXY: proxy.url, no_proxy: '', NO_PROXY: ''});
    await transportTo(web.url).send(TAGS);
    expect([proxy.seen.length, web.seen.length]).toEqual([0, 1]);
  });
});

describe('no response', () => {
  async function gone(): Promise<Web> {
    const web = await serve(GOOD);
    await web.close();
    return web;
  }

  test('within the time allowed is an error of its own', async () => {
    const web = await serve(() => undefined);
    const error = await errorOf(transportTo(web.url, 50));
    expect(error).toMatchObject({code: 'ECONNABORTED', obstacle: undefined});
  });

  test('from a host where nobody listens may pass', async () => {
    const error = await errorOf(transportTo((await gone()).url));
    expect(error.message).toMatch(/^ECONNREFUSED: connect ECONNREFUSED 127\.0\.0\.1:\d+$/);
    expect(error.obstacle).toBeUndefined();
  });

  test('for a certificate that nobody vouches for is final', async () => {
    const server = await begin(startTlsServer(() => ({})));
    const error = await errorOf(transportTo(`https://localhost:${server.port}`));
    expect(error).toMatchObject({code: 'DEPTH_ZERO_SELF_SIGNED_CERT', obstacle: {kind: 'certificate'}});
  });

  test('from a port without TLS is final, and told on one line', async () => {
    const web = await serve(GOOD);
    const error = await errorOf(transportTo(web.url.replace('http:', 'https:')));
    expect(error.obstacle).toEqual({kind: 'plain port'});
    expect(error.message).not.toMatch(/\n/);
  });

  test('for a proxy that is no URL is final, and nothing is sent', async () => {
    useProxy('http://user:hunter2-hunter2@');
    const error = await errorOf(transportTo('https://kustomer.invalid'));
    expect(error.obstacle).toEqual({kind: 'proxy URL'});
    expect(error.message).not.toContain('hunter2');
  });

  test('from a proxy where nobody listens is final, and names it without its password', async () => {
    const {host} = new URL((await gone()).url);
    useProxy(`http://user:hunter2-hunter2@${host}`);
    const error = await errorOf(transportTo('https://kustomer.invalid'));
    expect(error.obstacle).toEqual({kind: 'proxy unreachable', proxy: host});
    expect(error.message).not.toContain('hunter2');
  });

  test.each([
    [407, 'proxy credentials'],
    [403, 'proxy refusal'],
    [502, undefined],
  ])('but a %i of the proxy itself is not taken for one of Kustomer', async (status, kind) => {
    const proxy = await begin(startProxy(status));
    const name = `127.0.0.1:${proxy.port}`;
    useProxy(`http://user:hunter2@${name}`);
    const error = await errorOf(transportTo('https://kustomer.invalid'));
    expect(error.obstacle).toEqual(kind && {kind, proxy: name});
    expect(error.message).toBe(`the proxy ${name} answered ${status}`);
    expect(proxy.asked[0]?.target).toBe('kustomer.invalid:443');
    expect(proxy.asked[0]?.authorization).toMatch(/^Basic /);
  });

  test('may pass in any case once Kustomer has answered before', async () => {
    const web = await serve(GOOD);
    const transport = transportTo(web.url);
    await transport.send(TAGS);
    await web.close();
    expect((await errorOf(transport)).obstacle).toBeUndefined();
  });
});
