import {type TestClient, TAGS, clientOf} from '../fakes/client';
import {json, problem, serveScript} from '../fakes/msw';

const GOOD = json({data: []});

describe('back-pressure', () => {
  test('responses are decoded one after the other, each when there is space for more output', async () => {
    const web = serveScript(GOOD);
    const told: string[] = [];
    const waiting: (() => void)[] = [];
    const backpressure = () => new Promise<void>((resolve) => waiting.push(resolve));
    const {client} = clientOf(web.url, {backpressure});
    const ask = (name: string) =>
      client.request({
        ...TAGS,
        async decode() {
          told.push(`${name} begins`);
          await new Promise((resolve) => setImmediate(resolve));
          told.push(`${name} ends`);
        },
      });
    const all = Promise.all([ask('one'), ask('other')]);
    for (const answers of [1, 2]) {
      while (waiting.length === 0) await new Promise((resolve) => setImmediate(resolve));
      expect(waiting).toHaveLength(1);
      expect(told).toHaveLength(2 * (answers - 1));
      waiting.pop()?.();
    }
    await all;
    const [first = '', second = ''] = told[0] === 'one begins' ? ['one', 'other'] : ['other', 'one'];
    expect(told).toEqual([`${first} begins`, `${first} ends`, `${second} begins`, `${second} ends`]);
  });

  test('a request that waits for its response to be decoded, or for another attempt, is counted', async () => {
    const web = serveScript(problem(500), GOOD);
    const seen: number[] = [];
    const bench: TestClient = clientOf(web.url, {
      backpressure: async () => void seen.push(bench.client.waiting),
    });
    const sleep = bench.clock.sleep.bind(bench.clock);
    bench.clock.sleep = (ms) => {
      seen.push(bench.client.waiting);
      return sleep(ms);
    };
    await bench.client.request(TAGS);
    expect(seen).toEqual([1, 1, 1]);
    expect(bench.client.waiting).toBe(0);
  });
});
