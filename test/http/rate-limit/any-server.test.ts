import fc from 'fast-check';
import type {Settings} from '../../../sandbox/api/settings';
import {around} from '../../fakes/latency';
import {MINUTE, RateLimitsRun} from '../../fakes/rate-limits-run';

/** What the default reserve leaves us. */
const SHARE = 0.9;
/** A fixed pace is a little under the share, and latency bunches requests in short windows. */
const SAFETY = 0.9;

/** Servers that the documentation does not know, but that are conceivable. */
const conceivable = fc.record({
  requestClass: fc.constantFrom('search' as const, 'other' as const),
  // No limit is known that grants fewer at once than twenty.
  limit: fc.oneof(
    fc.record({windowMs: fc.constant(1000), perMinute: fc.integer({min: 1200, max: 2400})}),
    fc.record({windowMs: fc.constant(10_000), perMinute: fc.integer({min: 120, max: 2000})}),
    fc.record({windowMs: fc.constant(MINUTE), perMinute: fc.integer({min: 40, max: 2000})}),
    fc.record({windowMs: fc.constant(60 * MINUTE), perMinute: fc.integer({min: 5, max: 100})}),
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
          ? {requestsPerMinute: 10 * perMinute, searchesPerMinute: perMinute}
          : {requestsPerMinute: perMinute};
      const {server} = new RateLimitsRun({
        classes: [requestClass],
        settings: {...settings, windowMs, ...limits},
        concurrency: 40,
        latencyMs: around(latencyMs),
      }).runUntil(to);
      expect(server.served(from, to)).toBeGreaterThan(
        (0.5 * SAFETY * SHARE * perMinute * (to - from)) / MINUTE,
      );
      expect(server.refused()).toBeLessThanOrEqual(server.arrivals.length / 10);
    }),
    {numRuns: Number(process.env['FC_RUNS'] ?? 30)},
  );
});
