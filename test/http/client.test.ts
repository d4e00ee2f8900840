import {gzipSync} from 'node:zlib';
import {UnusableResponseError} from '../../src/http/body/response-body';
import {BUDGET, type TestClient, TAGS, clientOf} from '../fakes/client';
import {type Answer, type Script, answer, json, problem, serveScript} from '../fakes/msw';

const GOOD = json({data: []});
let web: Script | undefined;

function bench(...answers: Answer[]): TestClient {
  web = serveScript(...answers);
  return clientOf(web.url);
}

describe('a request', () => {
  test('reads gzip', async () => {
    const body = gzipSync(JSON.stringify({data: ['x'.repeat(10_000)]}));
    const {client} = bench(answer(body, 200, {'content-encoding': 'gzip'}));
    expect(await client.request(TAGS)).toEqual({data: ['x'.repeat(10_000)]});
  });

  test('shows the limiter every response, whatever its status, and what it counts against', async () => {
    const {client, limiter} = bench(problem(500, 'x', {'X-RateLimit-Remaining': '7'}), GOOD);
    await client.request({...TAGS, build: () => ({method: 'POST', path: '/v1/x', context: 'note'})});
    await client.request(TAGS);
    expect(limiter.observed.map(([requestClass, {status}]) => [requestClass, status])).toEqual([
      ['search', 500],
      ['search', 200],
      ['other', 200],
    ]);
    expect(limiter.observed[0]?.[1].headers).toMatchObject({'x-ratelimit-remaining': '7'});
  });
});

describe('an attempt that failed is made again', () => {
  const gzip = gzipSync(JSON.stringify({data: ['some text that is worth it']}));
  const packed = {'content-encoding': 'gzip'};
  test.each<[string, Answer, RegExp]>([
    ['408', problem(408), /status 408/],
    ['425', problem(425), /status 425/],
    ['500', problem(500, 'Something went wrong'), /status 500 code Something went wrong/],
    ['502 of a gateway', answer('<html>Bad gateway</html>', 502), /status 502 /],
    ['503', problem(503), /status 503/],
    ['504', problem(504), /status 504/],
    [
      'a gzip body that ends early',
      answer(gzip.subarray(0, 30), 200, packed),
      /unreadable the body cannot be decompressed/,
    ],
    [
      'a gzip body that is none',
      answer('{"data": []}', 200, packed),
      /unreadable the body cannot be decompressed/,
    ],
    [
      'HTML',
      answer('<html>Please wait</html>', 200, {'content-type': 'text/html'}),
      /unreadable the body is no JSON/,
    ],
    ['half of a JSON text', answer('{"data": ['), /unreadable the body is no JSON/],
    ['no body', answer(null, 204), /unreadable the body is empty/],
    ['JSON of another shape', json('maintenance'), /unreadable the answer is no object/],
  ])('after %s', async (_, bad, told) => {
    const {client, retries, clock} = bench(bad, bad, GOOD);
    expect(await client.request(TAGS)).toEqual({data: []});
    expect(web?.seen).toHaveLength(3);
    expect(client.counts).toMatchObject({requests: 3, retries: 2});
    expect(retries).toHaveLength(2);
    expect(retries[0]).toMatch(told);
    expect(retries[0]).toMatch(/^GET \/v1\/tags /);
    expect(clock.sleeps).toEqual([375, 750]);
  });

  test('a 429 when the limiter lets it, without a pause of its own', async () => {
    const {client, clock, retries} = bench(problem(429), problem(429), GOOD);
    const started = clock.now();
    expect(await client.request(TAGS)).toEqual({data: []});
    expect(client.counts).toEqual({requests: 3, retries: 2, refusals: 2});
    expect(retries).toEqual(Array(2).fill('GET /v1/tags status 429 code Something went wrong 0'));
    expect(clock.sleeps).toEqual([0, 0]);
    expect(clock.now() - started).toBe(120_000);
  });

  test('with what `build` gives by then', async () => {
    const {client} = bench(problem(500), GOOD);
    let page = 0;
    await client.request({...TAGS, build: () => ({method: 'GET', path: '/v1/tags', params: {page: ++page}})});
    expect(web?.seen.map(({url}) => url)).toEqual(['/v1/tags?page=1', '/v1/tags?page=2']);
  });

  test('when `decode` finds it unusable, and not for any other error of `decode`', async () => {
    const {client} = bench(GOOD);
    let reads = 0;
    const read = (): string => {
      if (++reads < 3) throw new UnusableResponseError('partial');
      return 'whole';
    };
    expect(await client.request({...TAGS, decode: read})).toBe('whole');
    const bad = client.request({
      ...TAGS,
      decode: () => {
        throw new RangeError('rule broken');
      },
    });
    await expect(bad).rejects.toThrow(new RangeError('rule broken'));
  });

  test.each([500, 502])('%i until ten minutes are over, and no longer', async (status) => {
    const {client, clock, retries} = bench(problem(status));
    const started = clock.now();
    await expect(client.request(TAGS)).rejects.toMatchObject({name: 'UnavailableError', status});
    expect(web?.seen).toHaveLength(retries.length + 1);
    expect(clock.now() - started).toBeLessThanOrEqual(BUDGET);
    expect(clock.now() - started).toBeGreaterThan(BUDGET - 30_000);
  });
});

describe('a response that is final', () => {
  test.each([301, 302, 307, 308, 400, 401, 402, 403, 404, 405, 409, 413, 422, 501])(
    '%i is asked for once',
    async (status) => {
      const {client, clock} = bench(problem(status, 'No', {location: 'http://127.0.0.1:1/elsewhere'}));
      await expect(client.request(TAGS)).rejects.toMatchObject({
        name: 'RefusedError',
        status,
        texts: 'code No',
        message: `GET /v1/tags answered ${status}: code No`,
      });
      expect(web?.seen).toHaveLength(1);
      expect(clock.sleeps).toEqual([]);
    },
  );

  test('is asked again at once where the call can ask for something else', async () => {
    const {client, clock} = bench(problem(413), problem(400), GOOD);
    const failures: string[] = [];
    const adapt: NonNullable<typeof TAGS.adapt> = ({status}, tries) =>
      failures.push(`${status} ${tries}`) > 0;
    expect(await client.request({...TAGS, adapt})).toEqual({data: []});
    expect(failures).toEqual(['413 1', '400 2']);
    expect(clock.sleeps).toEqual([0, 0]);
  });
});
