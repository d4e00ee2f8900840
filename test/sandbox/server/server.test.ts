import {get as httpGet, type IncomingHttpHeaders} from 'node:http';
import {brotliDecompressSync, gunzipSync, inflateSync} from 'node:zlib';
import {startServer, type Sandbox} from '../../../sandbox/server/listen';
import {parseOptions} from '../../../sandbox/server/options';

let sandbox: Sandbox;
const headers = {authorization: 'Bearer sandbox-token'};

beforeAll(async () => {
  sandbox = await startServer({size: 500});
});

afterAll(() => sandbox.close());

async function get(path: string): Promise<unknown> {
  return (await fetch(`${sandbox.url}${path}`, {headers})).json();
}

// As it comes from the wire: fetch would unpack it.
function raw(path: string): Promise<{status: number; headers: IncomingHttpHeaders; text: Buffer}> {
  return new Promise((resolve, reject) => {
    httpGet(`${sandbox.url}${path}`, {headers}, (incoming) => {
      const chunks: Buffer[] = [];
      incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
      incoming.on('end', () =>
        resolve({status: incoming.statusCode ?? 0, headers: incoming.headers, text: Buffer.concat(chunks)}),
      );
    }).on('error', reject);
  });
}

async function post(path: string, body: unknown): Promise<unknown> {
  return (await fetch(`${sandbox.url}${path}`, {method: 'POST', headers, body: JSON.stringify(body)})).json();
}

test('serves the API, gzipped, with the quota in the headers', async () => {
  const response = await fetch(`${sandbox.url}/v1/users?pageSize=5`, {headers});
  expect(response.headers.get('content-encoding')).toBe('gzip');
  expect(response.headers.get('x-ratelimit-limit')).toBe('1000');
  expect(await response.json()).toMatchObject({meta: {page: 1, pageSize: 5}});
});

test.each(['br', 'deflate', 'gzip, identity', 'identity'])('answers can be sent as %s', async (encoding) => {
  await post('/sandbox/settings', {encoding});
  const {status, headers: sent, text} = await raw('/v1/users?pageSize=5');
  expect([status, sent['content-encoding']]).toEqual([200, encoding]);
  const unpacked = {br: brotliDecompressSync, deflate: inflateSync, 'gzip, identity': gunzipSync}[encoding];
  expect(JSON.parse(String(unpacked ? unpacked(text) : text))).toMatchObject({meta: {pageSize: 5}});
  await post('/sandbox/settings', {encoding: 'gzip'});
});

test.each([
  ['bom', [0xef, 0xbb, 0xbf]],
  ['utf16', [0xff, 0xfe, 0x7b, 0]],
])('answers can begin as %s does', async (charset, bytes) => {
  await post('/sandbox/settings', {charset});
  const {text} = await raw('/v1/users?pageSize=1');
  expect([...text.subarray(0, bytes.length)]).toEqual(bytes);
  await post('/sandbox/settings', {charset: 'utf8'});
});

test('settings within a setting are changed one by one', async () => {
  expect(await post('/sandbox/settings', {pageSizes: {lists: 10}})).toMatchObject({
    pageSizes: {lists: 10, search: 500},
  });
  await post('/sandbox/settings', {pageSizes: {lists: 100}});
});

test('a bulk job leaves many records of one stream with one updatedAt', async () => {
  const changed = (await post('/sandbox/change', {bulk: 40, seed: 3})) as {
    object: string;
    updatedAt: number;
  }[];
  expect(changed).toHaveLength(40);
  expect(new Set(changed.map(({object, updatedAt}) => `${object} ${updatedAt}`)).size).toBe(1);
});

test('tells the truth, what changes, and what was asked', async () => {
  const changed = (await post('/sandbox/change', {updates: 12, inserts: 3, seed: 1})) as {
    object: string;
    id: string;
    updatedAt: number;
  }[];
  expect(changed).toHaveLength(15);
  // The last one: an earlier one may be changed again by a later change.
  const {object, id, updatedAt} = changed.at(-1) as (typeof changed)[0];
  const truth = await get(
    `/sandbox/truth?object=${object}&from=${new Date(updatedAt).toISOString()}&to=${updatedAt}`,
  );
  expect(truth).toContainEqual(expect.objectContaining({id, updatedAt}));
  await post('/sandbox/stats/reset', {});
  await get('/v1/tags');
  expect(await get('/sandbox/stats')).toMatchObject({
    requests: {'GET /v1/tags': 1},
    total: 1,
    maxInFlight: 1,
  });
  expect(await get('/sandbox/log')).toEqual([
    {at: expect.any(Number), method: 'GET', url: '/v1/tags', body: '', status: 200},
  ]);
  expect(await get('/sandbox/truth?object=x')).toMatchObject({
    error: expect.stringContaining('object must be one of'),
  });
});

test('keeps changing when told to', async () => {
  const since = Date.now();
  await post('/sandbox/churn', {perSecond: 200});
  await new Promise((resolve) => setTimeout(resolve, 400));
  await post('/sandbox/churn', {perSecond: 0});
  const truth = (await get(`/sandbox/truth?object=messages&from=${since}`)) as unknown[];
  expect(truth.length).toBeGreaterThan(5);
});

test('settings and faults', async () => {
  expect(await post('/sandbox/settings', {latency: 30})).toMatchObject({latency: 30});
  expect(await post('/sandbox/settings', {nope: 30})).toEqual({error: 'there is no setting nope'});
  const started = performance.now();
  await get('/v1/tags');
  expect(performance.now() - started).toBeGreaterThan(25);
  await post('/sandbox/settings', {latency: 0});
  await post('/sandbox/faults', [
    {kind: 'reset'},
    {kind: 'cut'},
    {kind: 'hang'},
    {kind: 'status', status: 502},
  ]);
  await expect(get('/v1/tags')).rejects.toThrow();
  await expect(get('/v1/tags')).rejects.toThrow();
  await expect(
    fetch(`${sandbox.url}/v1/tags`, {headers, signal: AbortSignal.timeout(100)}),
  ).rejects.toThrow();
  expect((await fetch(`${sandbox.url}/v1/tags`, {headers})).status).toBe(502);
});

test('loads resources from a file', async () => {
  const loaded = await startServer({size: 0, load: `${__dirname}/resources.jsonl`});
  const body = {queryContext: 'customer', and: {customer_updated_at: {gte: '2000-01-01'}}};
  const response = await fetch(`${loaded.url}/v1/customers/archive/search`, {
    method: 'POST',
    headers,
    body: JSON.stringify(body),
  });
  expect(await response.json()).toMatchObject({
    data: [{id: 'one-of-another-shape', attributes: {anything: {at: ['all']}}}],
  });
  await loaded.close();
});

test('the command line', () => {
  expect(
    parseOptions(['--port', '8080', '--size', '7', '--latency=300', '--now', '2025-01-01']),
  ).toMatchObject({
    port: 8080,
    size: 7,
    now: Date.UTC(2025, 0, 1),
    settings: {latency: 300, requestsPerMinute: 1000},
  });
  expect(() => parseOptions(['--size', 'many'])).toThrow('--size must be a number');
  expect(() => parseOptions(['--model', 'other'])).toThrow('--model must be');
  expect(() => parseOptions(['--nope'])).toThrow();
});
