import fc from 'fast-check';
import type {Settings} from '../../../sandbox/api/settings';
import {around} from '../../fakes/latency';
import {MINUTE, RateLimitsRun, type RunOptions} from '../../fakes/rate-limits-run';

const ORGANIZATION = 1000;
const SEARCHES = 100;
const MINUTES = 12;
/** What the default reserve leaves us. */
const SHARE = 0.9;

describe.each(['fixed', 'sliding'] as const)('with a %s window', (quotaWindow) => {
  describe.each(['search', 'organization', 'none'] as const)(
    'and headers of searches: %s',
    (searchHeaders) => {
      const settings = {
        requestsPerMinute: ORGANIZATION,
        searchesPerMinute: SEARCHES,
        searchHeaders,
        quotaWindow,
        foreignPerMinute: 400,
      };

      test.each(['seconds', 'none'] as const)(
        'both limits are used, nobody else is refused, and lists go on (reset: %s)',
        (resetFormat) => {
          // Where nothing tells what others spend of the limit of searches, a higher pace is tried at their cost.
          const foreignSearchesPerMinute = searchHeaders === 'search' ? 30 : 0;
          const {server} = new RateLimitsRun({
            settings: {...settings, resetFormat, foreignSearchesPerMinute},
            latencyMs: around(300),
          }).runUntil(MINUTES * MINUTE);
          const searches = server.served(0, MINUTES * MINUTE, 'search');
          const share = MINUTES * (SHARE * SEARCHES - foreignSearchesPerMinute);
          expect(searches).toBeGreaterThan(0.95 * share);
          expect(server.refused('search')).toBeLessThanOrEqual(searches / 100);
          expect(server.served(0, MINUTES * MINUTE)).toBeGreaterThan(
            0.95 * MINUTES * (SHARE * ORGANIZATION - 400 - foreignSearchesPerMinute),
          );
          expect(server.refused('other')).toBe(0);
          expect(server.quota.foreign.refused).toBe(0);
          expect(server.longestGap('other')).toBeLessThan(2000);
        },
      );
    },
  );
});

describe.each(['fixed', 'sliding'] as const)('lists alone, with a %s window', (quotaWindow) => {
  /** Asks for lists for some minutes under 2,000 a minute; how much of what was ours was used, in percent. */
  function used(
    {settings, ...options}: RunOptions,
    minutes: number,
    share: number,
  ): {run: RateLimitsRun; use: number} {
    const all = {classes: ['other'] as const, latencyMs: around(300), ...options};
    const run = new RateLimitsRun({...all, settings: {quotaWindow, ...settings}}).runUntil(minutes * MINUTE);
    return {run, use: (100 * run.server.served(0, minutes * MINUTE)) / (share * minutes)};
  }

  test('our share is used, evenly, and nothing is refused', () => {
    const {run, use} = used({latencyMs: () => 300}, 4, 1800);
    expect(use).toBeGreaterThan(95);
    expect(use).toBeLessThanOrEqual(100);
    expect(run.server.refused()).toBe(0);
    expect(run.server.busiest(1000)).toBeLessThanOrEqual(1.5 * 30);
  });

  test('without a reserve all but a trifle is used, and nothing is refused', () => {
    const {run, use} = used({reservePercent: 0, latencyMs: around(250)}, 4, 2000);
    expect(use).toBeGreaterThan(97);
    expect(run.server.refused()).toBe(0);
    expect(run.server.busiest(1000)).toBeLessThanOrEqual(1.5 * 34);
  });

  test('others who use half of the limit are never refused, and what they leave is used', () => {
    const {run, use} = used({settings: {foreignPerMinute: 1000}}, 5, 800);
    expect(run.server.quota.foreign.refused).toBe(0);
    expect(run.server.refused()).toBe(0);
    expect(use).toBeGreaterThan(95);
  });

  test.each([15_000, 50_000, 100_000])('nor are they when they begin %d ms after us', (afterMs) => {
    const run = new RateLimitsRun({classes: ['other'], settings: {quotaWindow}, latencyMs: around(300)});
    run.later(afterMs, () => (run.server.settings.foreignPerMinute = 1000));
    const {server} = run.runUntil(2.5 * MINUTE);
    expect(server.quota.foreign.served).toBeGreaterThan(800);
    expect(server.quota.foreign.refused).toBe(0);
    expect(server.refused()).toBe(0);
  });

  test('on the smallest plan the same holds', () => {
    const settings = {requestsPerMinute: 300, foreignPerMinute: 150};
    const {run, use} = used({settings, latencyMs: around(500)}, 4, 120);
    expect([run.server.refused(), run.server.quota.foreign.refused]).toEqual([0, 0]);
    expect(use).toBeGreaterThan(95);
  });

  test('our own bound is kept', () => {
    const {run} = used({requestsPerMinute: 120}, 3, 120);
    expect(run.server.served(0, 3 * MINUTE)).toBeGreaterThan(0.95 * 360);
    expect(run.server.busiest(MINUTE)).toBeLessThanOrEqual(120);
  });

  test('it is enough if every fifth answer tells what is left', () => {
    const spoil = (headers: Record<string, string>, nth: number) => (nth % 5 === 0 ? headers : {});
    const {run, use} = used({spoil}, 4, 1800);
    expect(use).toBeGreaterThan(90);
    expect(run.server.refused()).toBe(0);
  });

  test.each([
    ['no numbers', {'x-ratelimit-limit': 'many', 'x-ratelimit-remaining': ''}],
    ['less than nothing', {'x-ratelimit-limit': '-5', 'x-ratelimit-remaining': '-1'}],
    ['nothing at all', {'x-ratelimit-limit': '0', 'x-ratelimit-remaining': '0.5'}],
    ['more than there is', {'x-ratelimit-limit': '300', 'x-ratelimit-remaining': '99999'}],
  ])('headers that say %s do not lead astray', (_, headers) => {
    const {run} = used({spoil: () => headers}, 1, 270);
    expect(run.server.served(0, MINUTE)).toBeGreaterThan(0.9 * 270);
    expect(run.server.served(0, MINUTE)).toBeLessThanOrEqual(270);
  });

  test('a limit that falls and rises again is followed', () => {
    const run = new RateLimitsRun({classes: ['other'], settings: {quotaWindow}, latencyMs: around(300)});
    run.later(3 * MINUTE, () => (run.server.settings.requestsPerMinute = 300));
    run.later(6 * MINUTE, () => (run.server.settings.requestsPerMinute = 2000));
    const {server} = run.runUntil(9 * MINUTE);
    // A window after each change, its old requests count no more.
    expect(server.served(4 * MINUTE, 6 * MINUTE)).toBeGreaterThan(0.9 * 540);
    expect(server.served(7 * MINUTE, 9 * MINUTE)).toBeGreaterThan(0.95 * 3600);
    expect(server.refused()).toBeLessThanOrEqual(20);
  });
});

describe('a limit of searches that nobody tells', () => {
  const settings = {requestsPerMinute: 1000, searchHeaders: 'organization'} as const;

  test('and that is not there is outgrown within minutes, and the log says so', () => {
    const run = new RateLimitsRun({classes: ['search'], settings}).runUntil(8 * MINUTE);
    expect(run.server.served(5 * MINUTE, 8 * MINUTE)).toBeGreaterThan(0.95 * 3 * 900);
    expect(run.server.refused()).toBe(0);
    expect(run.learned).toContain(
      'the limit of searches is not told, and 100 requests per 60 s were not refused: trying 200',
    );
  });

  test('is tried again ten minutes after a refusal, then twenty', () => {
    const run = new RateLimitsRun({settings: {...settings, searchesPerMinute: 100}}).runUntil(35 * MINUTE);
    const tried = run.events.filter(({message}) => message.includes('trying 200')).map(({at}) => at / MINUTE);
    expect(tried).toHaveLength(3);
    expect((tried[1] as number) - (tried[0] as number)).toBeGreaterThan(10);
    expect((tried[2] as number) - (tried[1] as number)).toBeGreaterThan(20);
    expect(run.learned).toContain(
      'the limit of searches is not told, and 200 requests per 60 s were refused: going back to 100',
    );
  });

  test('and is lower than the documented one is found', () => {
    const {server} = new RateLimitsRun({settings: {...settings, searchesPerMinute: 40}}).runUntil(
      12 * MINUTE,
    );
    expect(server.served(6 * MINUTE, 12 * MINUTE, 'search')).toBeGreaterThan(0.6 * 6 * 40);
    expect(server.refused('search')).toBeLessThanOrEqual(server.served(0, 12 * MINUTE, 'search') / 20);
    expect(server.refused('other')).toBe(0);
  });

  test('is told by its refusals alone', () => {
    const settings = {searchesPerMinute: 160, rateLimitHeaders: 'refusals'} as const;
    const run = new RateLimitsRun({classes: ['search'], settings}).runUntil(20 * MINUTE);
    expect(run.learned).toContain('the limit of searches is 160 requests per 60 s');
    expect(run.server.served(10 * MINUTE, 20 * MINUTE)).toBeGreaterThan(0.95 * 10 * 0.9 * 160);
    expect(run.server.refused()).toBeLessThanOrEqual(3);
  });
});

test('two counters of the same size are told apart, and neither is taken for spending of others', () => {
  const settings = {requestsPerMinute: 400, searchesPerMinute: 400, foreignPerMinute: 200};
  const {server} = new RateLimitsRun({settings, latencyMs: around(300)}).runUntil(6 * MINUTE);
  expect(server.served(MINUTE, 6 * MINUTE)).toBeGreaterThan(0.95 * 5 * 160);
  expect(server.refused()).toBe(0);
  expect(server.quota.foreign.refused).toBe(0);
});

test('a refusal that tells 0 left while other answers tell nothing is over with its reset', () => {
  const spoil = (_: unknown, nth: number): Record<string, string> =>
    nth === 5 ? {'x-ratelimit-remaining': '0', 'x-ratelimit-reset': '1'} : {};
  const run = new RateLimitsRun({classes: ['other'], spoil});
  run.server.refuse((nth) => nth === 5);
  run.runUntil(3 * MINUTE);
  expect(run.server.served(2000, MINUTE)).toBeGreaterThan(0.9 * 270);
  expect(run.waits).toEqual([{scope: 'organization', at: expect.any(Number), until: expect.any(Number)}]);
});

test.each(['seconds', 'milliseconds', 'iso', 'delta'] as const)(
  'a reset told as %s is waited for',
  (resetFormat) => {
    const settings = {
      requestsPerMinute: 200,
      foreignPerMinute: 120,
      rateLimitHeaders: 'refusals',
      resetFormat,
    } as const;
    const run = new RateLimitsRun({classes: ['other'], settings}).runUntil(MINUTE);
    const [wait] = run.waits;
    expect(wait?.until).toBeGreaterThanOrEqual(MINUTE);
    expect(wait?.until).toBeLessThanOrEqual(MINUTE + 1500);
    expect(run.server.refused()).toBeLessThanOrEqual(3);
  },
);

/** Servers that the documentation does not know, but that are conceivable. */
const conceivable = fc.record({
  requestClass: fc.constantFrom('search' as const, 'other' as const),
  // No limit is known that grants fewer at once than twenty.
  limit: fc.oneof(
    fc.record({windowMs: fc.constant(1000), perMinute: fc.integer({min: 1200, max: 2400})}),
    fc.record({windowMs: fc.constant(10_000), perMinute: fc.integer({min: 120, max: 2000})}),
    fc.record({windowMs: fc.constant(MINUTE), perMinute: fc.integer({min: 20, max: 2000})}),
    fc.record({windowMs: fc.constant(60 * MINUTE), perMinute: fc.integer({min: 1, max: 100})}),
  ),
  quotaWindow: fc.constantFrom('fixed' as const, 'sliding' as const),
  rateLimitHeaders: fc.constantFrom('all' as const, 'refusals' as const, 'none' as const),
  searchHeaders: fc.constantFrom('search' as const, 'organization' as const, 'none' as const),
  resetFormat: fc.constantFrom<Settings['resetFormat']>('seconds', 'milliseconds', 'iso', 'delta', 'none'),
  latencyMs: fc.integer({min: 20, max: 1000}),
});

test('whatever the server, half of our share is used once a reset has passed, and at most one request in ten is refused', () => {
  fc.assert(
    fc.property(conceivable, ({requestClass, limit, latencyMs, ...settings}) => {
      const {perMinute, windowMs} = limit;
      const [from, to] = windowMs > MINUTE ? [60 * MINUTE, 240 * MINUTE] : [6 * MINUTE, 12 * MINUTE];
      const limits =
        requestClass === 'search'
          ? {requestsPerMinute: 1e6, searchesPerMinute: perMinute}
          : {requestsPerMinute: perMinute};
      const {server} = new RateLimitsRun({
        classes: [requestClass],
        settings: {...settings, windowMs, ...limits},
        concurrency: 100,
        latencyMs: around(latencyMs),
      }).runUntil(to);
      expect(server.served(from, to)).toBeGreaterThan((0.5 * SHARE * perMinute * (to - from)) / MINUTE);
      expect(server.refused()).toBeLessThanOrEqual(server.arrivals.length / 10);
    }),
    {numRuns: Number(process.env['FC_RUNS'] ?? 50)},
  );
});
