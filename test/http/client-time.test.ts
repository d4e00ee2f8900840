import {NetworkError, StoppedError} from '../../src/http/errors';
import {BUDGET, RATE_LIMIT_BUDGET, TAGS, clientOf} from '../fakes/client';
import {json, problem, serveScript} from '../fakes/msw';

const GOOD = json({data: []});

describe('time-outs', () => {
  test('an attempt that timed out is made again', async () => {
    const codes = ['ECONNABORTED', 'ETIMEDOUT'];
    const {client, retries} = clientOf('http://127.0.0.1', {
      transport: {
        async send() {
          const code = codes.shift();
          if (code !== undefined) throw new NetworkError(`${code}: timed out`, code);
          return {status: 200, headers: {}, body: Buffer.from('{"data": []}')};
        },
      },
    });
    expect(await client.request(TAGS)).toEqual({data: []});
    expect(retries.map((line) => line.split(' ')[2])).toEqual(['timeout', 'timeout']);
  });
});

describe('the budget', () => {
  test('is not spent by waiting in the limiter, before the first attempt or later', async () => {
    const web = serveScript(problem(500), GOOD);
    const {client, clock, limiter} = clientOf(web.url);
    limiter.schedule = async (_, job) => {
      clock.time += 2 * BUDGET;
      return job();
    };
    expect(await client.request(TAGS)).toEqual({data: []});
  });

  test('is not spent by responses that wait until there is space for what they hold', async () => {
    const web = serveScript(problem(500), problem(500), GOOD);
    const backpressure = async (): Promise<void> => void (clock.time += 2 * BUDGET);
    const {client, clock} = clientOf(web.url, {backpressure});
    expect(await client.request(TAGS)).toEqual({data: []});
  });

  test('is not spent by refusals for the rate limit, which have a budget of their own', async () => {
    const web = serveScript(...Array.from({length: 20}, () => problem(429)), problem(500), GOOD);
    const {client, clock} = clientOf(web.url);
    const started = clock.now();
    expect(await client.request(TAGS)).toEqual({data: []});
    expect(clock.now() - started).toBeGreaterThan(BUDGET);
  });

  test.each([
    ['a read', RATE_LIMIT_BUDGET],
    ['a command that somebody waits for', 20_000],
  ])('of refusals for the rate limit ends %s too', async (_, rateLimitBudgetMs) => {
    const web = serveScript(problem(429));
    const {client, clock} = clientOf(web.url, {rateLimitBudgetMs});
    const started = clock.now();
    await expect(client.request(TAGS)).rejects.toMatchObject({name: 'UnavailableError', status: 429});
    const waited = clock.now() - started;
    expect(waited).toBeLessThanOrEqual(rateLimitBudgetMs);
    expect(waited).toBeGreaterThanOrEqual(rateLimitBudgetMs - 60_000);
  });

  test('of refusals for the rate limit begins anew after any other response', async () => {
    const refused = Array.from({length: 150}, () => problem(429));
    const web = serveScript(...refused, problem(500), ...refused, GOOD);
    const {client} = clientOf(web.url);
    expect(await client.request(TAGS)).toEqual({data: []});
  });

  test('is that of one request: each begins anew', async () => {
    const web = serveScript(problem(500), GOOD, problem(500), GOOD);
    const {client, clock} = clientOf(web.url);
    await client.request(TAGS);
    clock.time += 2 * BUDGET;
    expect(await client.request(TAGS)).toEqual({data: []});
  });
});

describe('a stop', () => {
  test('while a response waits to be decoded is the end of it', async () => {
    const web = serveScript(GOOD);
    const {client, stop} = clientOf(web.url, {backpressure: async () => stop.abort()});
    await expect(client.request(TAGS)).rejects.toThrow(StoppedError);
  });

  test('before anything was asked', async () => {
    const web = serveScript(GOOD);
    const {client, stop} = clientOf(web.url);
    stop.abort();
    await expect(client.request(TAGS)).rejects.toThrow(StoppedError);
    expect(web.seen).toHaveLength(0);
  });

  test('while a response is on its way', async () => {
    let arrive: (() => void) | undefined;
    const arrived = new Promise<void>((resolve) => (arrive = resolve));
    const web = serveScript(() => {
      arrive?.();
      return new Promise<never>(() => undefined);
    });
    const {client, stop} = clientOf(web.url);
    const failed = expect(client.request(TAGS)).rejects.toThrow(StoppedError);
    await arrived;
    stop.abort();
    await failed;
  });

  test('while it waits to try again', async () => {
    const web = serveScript(problem(500));
    const {client, stop, clock, retries} = clientOf(web.url);
    const sleep = clock.sleep.bind(clock);
    clock.sleep = (ms, signal) => {
      if (retries.length === 3) stop.abort();
      return sleep(ms, signal);
    };
    await expect(client.request(TAGS)).rejects.toThrow(StoppedError);
    expect(web.seen).toHaveLength(3);
  });

  test('while it waits in the limiter', async () => {
    const web = serveScript(GOOD);
    const {client, stop, limiter} = clientOf(web.url);
    limiter.schedule = async (_, job) => {
      stop.abort();
      return job();
    };
    await expect(client.request(TAGS)).rejects.toThrow(StoppedError);
    expect(web.seen).toHaveLength(0);
  });
});
