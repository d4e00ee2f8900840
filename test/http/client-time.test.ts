import axios, {AxiosError} from 'axios';
import {StoppedError} from '../../src/http/errors';
import {BUDGET, OpenGate, TAGS, clientOf} from '../fakes/client';
import {closeServers, json, problem, serve} from '../fakes/web';

const GOOD = json({data: []});

afterEach(closeServers);

describe('time-outs', () => {
  test('no answer within a minute is a failed attempt, and made again', async () => {
    const allowed: unknown[] = [];
    const {client, retries} = clientOf('http://127.0.0.1', {
      adapter: async (config) => {
        allowed.push(config.timeout);
        if (allowed.length === 1)
          throw new AxiosError('timeout of 60000ms exceeded', AxiosError.ECONNABORTED, config);
        if (allowed.length === 2) throw new AxiosError('connect timed out', AxiosError.ETIMEDOUT, config);
        return {data: Buffer.from('{"data": []}'), status: 200, statusText: '', headers: {}, config};
      },
    });
    expect(await client.request(TAGS)).toEqual({data: []});
    expect(allowed).toEqual([60_000, 60_000, 60_000]);
    expect(retries.map((line) => line.split(' ')[2])).toEqual(['timeout', 'timeout']);
  });

  test('the time-out of the real adapter is understood as one', async () => {
    const web = await serve(() => undefined, GOOD);
    const real = axios.getAdapter('http');
    const {client, retries} = clientOf(web.url, {adapter: (config) => real({...config, timeout: 50})});
    expect(await client.request(TAGS)).toEqual({data: []});
    expect(retries).toEqual([expect.stringMatching(/^GET \/v1\/tags timeout ECONNABORTED/)]);
  });
});

describe('the budget', () => {
  test('counts from the first attempt on, not from the time that it waits for its turn', async () => {
    const web = await serve(problem(500), GOOD);
    const gate = new OpenGate();
    const {client, clock} = clientOf(web.url, {gate});
    let waited = false;
    gate.schedule = async (job) => {
      if (!waited) clock.time += 2 * BUDGET;
      waited = true;
      return job();
    };
    expect(await client.request(TAGS)).toEqual({data: []});
  });

  test('is not spent by answers that wait until there is room for what they hold', async () => {
    const web = await serve(problem(500), problem(500), GOOD);
    const turn = async (): Promise<void> => void (clock.time += 2 * BUDGET);
    const {client, clock} = clientOf(web.url, {turn});
    expect(await client.request(TAGS)).toEqual({data: []});
  });

  test('is that of one request: each begins anew', async () => {
    const web = await serve(problem(500), GOOD, problem(500), GOOD);
    const {client, clock} = clientOf(web.url);
    await client.request(TAGS);
    clock.time += 2 * BUDGET;
    expect(await client.request(TAGS)).toEqual({data: []});
  });
});

describe('a stop', () => {
  test('while an answer waits to be read is the end of it', async () => {
    const web = await serve(GOOD);
    const {client, stop} = clientOf(web.url, {turn: async () => stop.abort()});
    await expect(client.request(TAGS)).rejects.toThrow(StoppedError);
  });

  test('before anything was asked', async () => {
    const web = await serve(GOOD);
    const {client, stop} = clientOf(web.url);
    stop.abort();
    await expect(client.request(TAGS)).rejects.toThrow(StoppedError);
    expect(web.seen).toHaveLength(0);
  });

  test('while an answer is on its way', async () => {
    let arrive: (() => void) | undefined;
    const arrived = new Promise<void>((resolve) => (arrive = resolve));
    const web = await serve(() => arrive?.());
    const {client, stop} = clientOf(web.url);
    const failed = expect(client.request(TAGS)).rejects.toThrow(StoppedError);
    await arrived;
    stop.abort();
    await failed;
  });

  test('while it waits to try again', async () => {
    const web = await serve(problem(500));
    const {client, stop, clock, retries} = clientOf(web.url);
    const sleep = clock.sleep.bind(clock);
    clock.sleep = (ms, signal) => {
      if (retries.length === 3) stop.abort();
      return sleep(ms, signal);
    };
    await expect(client.request(TAGS)).rejects.toThrow(StoppedError);
    expect(web.seen).toHaveLength(3);
  });

  test('while it stands at the gate', async () => {
    const web = await serve(GOOD);
    const gate = new OpenGate();
    const {client, stop} = clientOf(web.url, {gate});
    gate.schedule = async (job) => {
      stop.abort();
      return job();
    };
    await expect(client.request(TAGS)).rejects.toThrow(StoppedError);
    expect(web.seen).toHaveLength(0);
  });
});
