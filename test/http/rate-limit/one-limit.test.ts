import {around} from '../../fakes/latency';
import {MINUTE, RateLimitsRun, type RunOptions} from '../../fakes/rate-limits-run';

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
