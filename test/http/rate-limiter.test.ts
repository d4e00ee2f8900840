import {MINUTE, RateLimitSimulation, type SimulationOptions} from '../fakes/rate-limit-simulation';
import {around} from '../fakes/latency';
import {useRealTimers} from '../fakes/virtual-timers';

afterEach(useRealTimers);

/** Asks for lists for some minutes; how much of what was ours in them was used, in percent. */
async function used(
  options: SimulationOptions,
  minutes: number,
  share: number,
): Promise<{simulation: RateLimitSimulation; use: number}> {
  const simulation = new RateLimitSimulation(options);
  await simulation.drive(minutes * MINUTE);
  return {simulation, use: (100 * simulation.server.served(0, minutes * MINUTE)) / (share * minutes)};
}

describe('searches and lists at once', () => {
  test.each(['search', 'organization', 'none'] as const)(
    'use both limits, and lists go on while searches are held (headers of searches: %s)',
    async (searchHeaders) => {
      const simulation = new RateLimitSimulation({
        settings: {requestsPerMinute: 600, searchesPerMinute: 100, searchHeaders},
      });
      await simulation.drive(2 * MINUTE, {search: 20, other: 20});
      const {server} = simulation;
      expect(server.served(0, 2 * MINUTE, 'search')).toBeGreaterThan(0.95 * 180);
      expect(server.served(0, 2 * MINUTE)).toBeGreaterThan(0.95 * 1080);
      expect(server.refused('other')).toBe(0);
      expect(server.longestGap('other')).toBeLessThan(1500);
      expect(simulation.waits.every(({scope}) => scope === 'search')).toBe(true);
    },
  );

  test('one slot is enough for both: a search that waits for its turn takes none', async () => {
    const simulation = new RateLimitSimulation({
      settings: {requestsPerMinute: 600, searchesPerMinute: 10},
      concurrency: 1,
      latencyMs: () => 100,
    });
    await simulation.drive(MINUTE, {search: 5, other: 5});
    expect(simulation.server.served(0, MINUTE, 'other')).toBeGreaterThan(0.9 * 530);
    expect(simulation.server.longestGap('other')).toBeLessThan(1500);
  });
});

describe('requests in flight', () => {
  test('at 50 ms two or three do for our share', async () => {
    const {simulation, use} = await used({latencyMs: around(50)}, 1, 1800);
    expect(use).toBeGreaterThan(95);
    expect(simulation.mostInFlight).toBeLessThanOrEqual(4);
  });

  test('at 2000 ms sixty are, and use our share', async () => {
    const {simulation} = await used({latencyMs: around(2000), concurrency: 80}, 2, 1800);
    expect(simulation.server.served(MINUTE, 2 * MINUTE)).toBeGreaterThan(0.94 * 1800);
    expect(simulation.mostInFlight).toBeLessThanOrEqual(80);
    expect(simulation.server.refused()).toBe(0);
  });

  test('that wait for their turn are counted', async () => {
    const {limiter, clock} = new RateLimitSimulation({concurrency: 3});
    const jobs = Array.from({length: 5}, () => limiter.schedule('other', () => clock.sleep(1000)));
    expect(limiter.waiting).toEqual({search: 0, other: 5});
    await clock.run(Promise.all(jobs));
    expect(limiter.waiting).toEqual({search: 0, other: 0});
  });

  test('are never more than the setting says', async () => {
    const {simulation} = await used({latencyMs: () => 2000, concurrency: 3}, 0.5, 1800);
    expect(simulation.mostInFlight).toBe(3);
  });

  test('a job that fails rejects its own caller, and frees its slot', async () => {
    const {limiter, clock} = new RateLimitSimulation({concurrency: 1});
    const failing = limiter.schedule('other', () => Promise.reject(new Error('no network')));
    const next = limiter.schedule('other', () => Promise.resolve('served'));
    const [first, second] = await clock.run(Promise.allSettled([failing, next]));
    expect(first).toMatchObject({status: 'rejected', reason: new Error('no network')});
    expect(second).toEqual({status: 'fulfilled', value: 'served'});
  });
});

describe('a refusal', () => {
  test.each(['fixed', 'sliding'] as const)(
    'is waited out once, by all, without a rush after it (%s)',
    async (quotaWindow) => {
      const simulation = new RateLimitSimulation({settings: {quotaWindow}});
      const {server} = simulation;
      // Before we came, others spent it all.
      for (let spent = 0; spent < 2000; spent++) server.quota.take(simulation.clock.now(), false);
      await simulation.drive(2 * MINUTE);
      expect(simulation.waits).toEqual([{at: 300, until: MINUTE, scope: 'organization'}]);
      expect(simulation.limiter.waits).toBe(1);
      expect(server.refused()).toBeLessThanOrEqual(4);
      const between = (from: number, to: number) =>
        server.arrivals.filter(({at}) => at >= from && at < to).length;
      expect(between(700, MINUTE)).toBe(0);
      expect(between(MINUTE, MINUTE + 1000)).toBeLessThan(45);
      expect(server.served(MINUTE, 2 * MINUTE)).toBeGreaterThan(0.9 * 1800);
    },
  );

  test('holds requests until the time that the client is told', () => {
    const {limiter, clock} = new RateLimitSimulation({});
    limiter.observe('search', {status: 429, headers: {'retry-after': '20'}});
    expect(limiter.heldUntilMs('search')).toBe(clock.now() + 20_000);
    expect(limiter.heldUntilMs('other')).toBeLessThanOrEqual(clock.now());
    limiter.observe('other', {status: 429, headers: {'retry-after': '10'}});
    expect(limiter.heldUntilMs('other')).toBe(clock.now() + 10_000);
    expect(limiter.heldUntilMs('search')).toBe(clock.now() + 20_000);
  });
});

describe('a command that makes few requests', () => {
  const plan = {settings: {requestsPerMinute: 300}, latencyMs: () => 300, unpaced: 60};

  test('need not spread them over a minute: the first go as fast as the slots allow, the rest at the pace', async () => {
    const simulation = new RateLimitSimulation(plan);
    await simulation.drive(10_000);
    const {server} = simulation;
    expect(server.served(0, 2100)).toBeGreaterThanOrEqual(60);
    expect(server.served(0, 2100)).toBeLessThan(65);
    expect(server.served(2100, 10_000)).toBeLessThan(50);
    expect(simulation.mostInFlight).toBe(10);
  });

  test.each<[string, SimulationOptions]>([
    [
      'when others have spent half of the limit',
      {settings: {requestsPerMinute: 300, foreignPerMinute: 9000}},
    ],
    ['where there is a bound of our own', {requestsPerMinute: 120}],
  ])('does so %s', async (_, options) => {
    const simulation = new RateLimitSimulation({...plan, ...options});
    await simulation.drive(3000);
    expect(simulation.server.served(0, 3000)).toBeLessThan(45);
  });
});

test('what is left is known for people', async () => {
  const simulation = new RateLimitSimulation({});
  expect(simulation.limiter.left).toBeUndefined();
  await simulation.drive(1000, {other: 1});
  expect(simulation.limiter.left).toEqual({
    limit: 2000,
    remaining: 2000 - simulation.server.arrivals.length,
  });
  expect(simulation.learned).toEqual(["the organization's limit is 2000 requests per 60 s"]);
});

describe('when the process is told to stop', () => {
  test.each(['before', 'while'] as const)(
    'jobs that wait are rejected at once: stopped %s they came',
    async (when) => {
      const simulation = new RateLimitSimulation({requestsPerMinute: 1, concurrency: 2});
      const {clock, limiter, stop} = simulation;
      if (when === 'before') stop.abort();
      const jobs = [1, 2, 3, 4].map(() => limiter.schedule('other', () => clock.sleep(10)));
      const outcomes = Promise.allSettled(jobs);
      await clock.run(clock.sleep(1000));
      if (when === 'while') stop.abort();
      const began = simulation.now;
      const statuses = (await clock.run(outcomes)).map(({status}) => status);
      expect(statuses.slice(1)).toEqual(['rejected', 'rejected', 'rejected']);
      expect(simulation.now - began).toBeLessThan(1000);
    },
  );

  test('so are those that wait for the reset', async () => {
    const simulation = new RateLimitSimulation({});
    const {clock, limiter, stop} = simulation;
    limiter.observe('other', {status: 429, headers: {'retry-after': '60'}});
    const outcomes = Promise.allSettled([1, 2].map(() => limiter.schedule('other', () => Promise.resolve())));
    await clock.run(clock.sleep(2000));
    stop.abort();
    expect((await clock.run(outcomes)).map(({status}) => status)).toEqual(['rejected', 'rejected']);
    expect(simulation.now).toBeLessThan(3000);
  });
});
