import {useRealTimers} from '../fakes/virtual-timers';
import {MINUTE, RateLimitSimulation, type RoadOptions} from '../fakes/rate-limit-simulation';

afterEach(useRealTimers);

/** Latencies up to a third away from `ms`, always the same ones. */
function around(ms: number): () => number {
  let state = 7;
  return () => {
    state = (Math.imul(state, 1103515245) + 12345) & 0x7fffffff;
    return ms * (2 / 3 + (2 / 3) * (state / 0x7fffffff));
  };
}

/** Drives for some minutes; how much of what was ours in them was used, in percent. */
async function used(
  options: RoadOptions,
  minutes: number,
  share: number,
): Promise<{road: RateLimitSimulation; use: number}> {
  const road = new RateLimitSimulation(options);
  await road.drive(minutes * MINUTE);
  return {road, use: (100 * road.served(0, minutes * MINUTE)) / (share * minutes)};
}

describe.each(['fixed', 'sliding'] as const)('with a %s window', (quotaWindow) => {
  const server = {quotaWindow};

  test('at 300 ms our share is used, evenly, and nothing is refused', async () => {
    const {road, use} = await used({server}, 2, 1800);
    expect(use).toBeGreaterThan(95);
    expect(use).toBeLessThanOrEqual(100);
    expect(road.refused).toBe(0);
    expect(road.busiest(1000)).toBeLessThanOrEqual(1.5 * 30);
  });

  test('without a reserve all but a trifle is used, and nothing is refused', async () => {
    const {road, use} = await used({server, reservePercent: 0, latency: around(250)}, 2, 2000);
    expect(use).toBeGreaterThan(97);
    expect(road.refused).toBe(0);
    expect(road.busiest(1000)).toBeLessThanOrEqual(1.5 * 34);
  });

  test('others who use half of the quota are never refused, and what they leave is used', async () => {
    const {road, use} = await used(
      {server: {...server, foreignPerMinute: 1000}, latency: around(300)},
      3,
      800,
    );
    expect(road.theirs.foreign).toMatchObject({refused: 0});
    expect(road.refused).toBe(0);
    expect(use).toBeGreaterThan(95);
  });

  test.each([15_000, 50_000, 100_000])('nor when they begin %d ms after us', async (after) => {
    const road = new RateLimitSimulation({server, foreign: {after, perMinute: 1000}, latency: around(300)});
    await road.drive(2.5 * MINUTE);
    expect(road.theirs.foreign.served).toBeGreaterThan(800);
    expect(road.theirs.foreign.refused).toBe(0);
    expect(road.refused).toBe(0);
  });

  test('on the smallest plan the same holds', async () => {
    const {road, use} = await used(
      {server: {...server, requestsPerMinute: 300, foreignPerMinute: 150}, latency: around(500)},
      4,
      120,
    );
    expect([road.refused, road.theirs.foreign.refused]).toEqual([0, 0]);
    expect(use).toBeGreaterThan(95);
  });
});

describe('requests in flight', () => {
  test('at 50 ms two or three do for the same share', async () => {
    const {road, use} = await used({latency: around(50)}, 2, 1800);
    expect(use).toBeGreaterThan(95);
    expect(road.mostInFlight).toBeLessThanOrEqual(4);
  });

  test('at 2000 ms sixty are, and use our share', async () => {
    const {road} = await used({latency: around(2000), concurrency: 80}, 3, 1800);
    expect(road.served(MINUTE, 3 * MINUTE)).toBeGreaterThan(0.94 * 3600);
    expect(road.mostInFlight).toBeLessThanOrEqual(80);
    expect(road.refused).toBe(0);
  });

  test('that wait for their turn are counted', async () => {
    const road = new RateLimitSimulation({concurrency: 3, latency: () => 1000});
    const jobs = Array.from({length: 5}, () => road.quota.schedule('other', () => road.clock.sleep(1000)));
    expect(road.quota.waiting).toBe(5);
    await road.clock.run(Promise.all(jobs));
    expect(road.quota.waiting).toBe(0);
  });

  test('are never more than the setting says', async () => {
    const {road} = await used({latency: () => 2000, concurrency: 3}, 0.5, 1800);
    expect(road.mostInFlight).toBe(3);
  });
});

describe('the pace', () => {
  test('without headers is that of the smallest plan, less the reserve', async () => {
    const {road} = await used({server: {quotaHeaders: false}}, 2, 270);
    expect(road.served(0, MINUTE)).toBeGreaterThan(0.95 * 270);
    expect(road.busiest(MINUTE)).toBeLessThanOrEqual(270);
  });

  test('is that of requests_per_minute where that is less', async () => {
    const {road} = await used({requestsPerMinute: 120}, 3, 120);
    expect(road.served(0, 3 * MINUTE)).toBeGreaterThan(0.95 * 360);
    expect(road.busiest(MINUTE)).toBeLessThanOrEqual(120);
  });

  test.each([
    ['no numbers', () => ({'x-ratelimit-limit': 'many', 'x-ratelimit-remaining': ''})],
    ['less than nothing', () => ({'x-ratelimit-limit': '-5', 'x-ratelimit-remaining': '-1'})],
    ['nothing at all', () => ({'x-ratelimit-limit': '0', 'x-ratelimit-remaining': '0.5'})],
    ['more than there is', () => ({'x-ratelimit-limit': '300', 'x-ratelimit-remaining': '99999'})],
  ])('is not led astray by headers that say %s', async (_, spoil) => {
    const {road} = await used({spoil}, 1, 270);
    expect(road.served(0, MINUTE)).toBeGreaterThan(0.9 * 270);
    expect(road.served(0, MINUTE)).toBeLessThanOrEqual(270);
  });

  test('is right also where only every fifth answer tells what is left', async () => {
    const spoil = (headers: Record<string, string>, nth: number) => (nth % 5 === 0 ? headers : {});
    const {road, use} = await used({spoil, latency: around(300)}, 2, 1800);
    expect(use).toBeGreaterThan(90);
    expect(road.refused).toBe(0);
  });
});

describe('a refusal', () => {
  test.each(['fixed', 'sliding'] as const)(
    'is waited out once, by all, without a rush after it (%s)',
    async (quotaWindow) => {
      const road = new RateLimitSimulation({server: {quotaWindow}});
      // Before we came, others spent it all.
      for (let spent = 0; spent < 2000; spent++) road.theirs.take(road.clock.now());
      await road.drive(2 * MINUTE);
      expect(road.waits).toHaveLength(1);
      const [{at, until} = {at: 0, until: 0}] = road.waits;
      expect([at < 10_000, until]).toEqual([true, MINUTE]);
      expect(road.quota.waits).toBe(1);
      expect(road.refused).toBeLessThanOrEqual(4);
      expect(road.arrivals.filter((arrival) => arrival.at > at + 300 && arrival.at < until)).toEqual([]);
      expect(
        road.arrivals.filter((arrival) => arrival.at >= until && arrival.at < until + 1000).length,
      ).toBeLessThan(45);
      expect(road.served(until, 2 * MINUTE)).toBeGreaterThan(0.9 * 1800);
    },
  );

  test('without a time is waited out for a minute', async () => {
    const road = new RateLimitSimulation({server: {quotaHeaders: false, requestsPerMinute: 100}});
    await road.drive(MINUTE);
    const [{at, until} = {at: 0, until: 0}] = road.waits;
    expect(until - at).toBe(MINUTE);
    expect(road.arrivals.filter((arrival) => arrival.at > at + 300 && arrival.at < until)).toEqual([]);
  });
});

describe('a command that makes few requests', () => {
  const plan = {server: {requestsPerMinute: 300}, latency: () => 300, unpaced: 60};

  test('need not spread them over a minute: the first go as fast as the lanes allow, the rest at the pace', async () => {
    const road = new RateLimitSimulation(plan);
    await road.drive(10_000);
    expect(road.served(0, 2100)).toBeGreaterThanOrEqual(60);
    expect(road.served(0, 2100)).toBeLessThan(65);
    expect(road.served(2100, 10_000)).toBeLessThan(50);
    expect(road.mostInFlight).toBe(10);
  });

  test.each<[string, RoadOptions]>([
    ['when others have spent half of the quota', {server: {requestsPerMinute: 300, foreignPerMinute: 9000}}],
    ['where there is a bound of our own', {requestsPerMinute: 120}],
  ])('does so %s', async (_, options) => {
    const road = new RateLimitSimulation({...plan, ...options});
    await road.drive(3000);
    expect(road.served(0, 3000)).toBeLessThan(45);
  });
});

test('what is left is known for people', async () => {
  const road = new RateLimitSimulation({});
  expect(road.quota.left).toBeUndefined();
  await road.drive(1000, 1);
  expect(road.quota.left).toEqual({limit: 2000, remaining: 2000 - road.arrivals.length});
});

describe('when the process is told to stop', () => {
  test.each(['before', 'while'] as const)(
    'jobs that wait are rejected at once: stopped %s they came',
    async (when) => {
      const road = new RateLimitSimulation({requestsPerMinute: 1, concurrency: 2});
      if (when === 'before') road.stop.abort();
      const jobs = [1, 2, 3, 4].map(() => road.quota.schedule('other', () => road.clock.sleep(10)));
      const outcomes = Promise.allSettled(jobs);
      await road.clock.run(road.clock.sleep(1000));
      if (when === 'while') road.stop.abort();
      const began = road.now;
      const statuses = (await road.clock.run(outcomes)).map(({status}) => status);
      expect(statuses.slice(1)).toEqual(['rejected', 'rejected', 'rejected']);
      expect(road.now - began).toBeLessThan(1000);
    },
  );

  test('so are those that wait for the reset', async () => {
    const road = new RateLimitSimulation({});
    road.quota.observe('other', {status: 429, headers: {'retry-after': '60'}});
    const outcomes = Promise.allSettled(
      [1, 2].map(() => road.quota.schedule('other', () => Promise.resolve())),
    );
    await road.clock.run(road.clock.sleep(2000));
    road.stop.abort();
    expect((await road.clock.run(outcomes)).map(({status}) => status)).toEqual(['rejected', 'rejected']);
    expect(road.now).toBeLessThan(3000);
  });
});
