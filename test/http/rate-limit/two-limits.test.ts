import {around} from '../../fakes/latency';
import {MINUTE, RateLimitsRun} from '../../fakes/rate-limits-run';

/** The documented limits of an Enterprise organization (docs/kustomer-api.md, Rate limits). */
const ORGANIZATION = 1000;
const SEARCHES = 100;
/** What the default reserve leaves us. */
const SHARE = 0.9;
const FOREIGN = 400;
const MINUTES = 12;

const CASES = (['fixed', 'sliding'] as const).flatMap((quotaWindow) =>
  (['search', 'organization', 'none'] as const).flatMap((searchHeaders) =>
    (['seconds', 'none'] as const).map((resetFormat) => ({quotaWindow, searchHeaders, resetFormat})),
  ),
);
const table = [
  'window   searches tell  reset    search %  all %  429s search  429s other  foreign refused  longest hold of lists',
];

// The runs as a table, for people: RATE_LIMIT_TABLE=1 npx jest test/http/rate-limit/two-limits.test.ts
afterAll(() => {
  if (process.env['RATE_LIMIT_TABLE']) process.stdout.write(`${table.join('\n')}\n`);
});

test.each(CASES)(
  'both limits are used, nobody else is refused, and lists go on: window $quotaWindow, searches tell $searchHeaders, reset $resetFormat',
  (settings) => {
    // Where nothing tells what others spend of the limit of searches, a higher pace is tried at their cost.
    const foreignSearches = settings.searchHeaders === 'search' ? 30 : 0;
    const {server} = new RateLimitsRun({
      settings: {
        ...settings,
        requestsPerMinute: ORGANIZATION,
        searchesPerMinute: SEARCHES,
        foreignPerMinute: FOREIGN,
        foreignSearchesPerMinute: foreignSearches,
      },
      latencyMs: around(300),
    }).runUntil(MINUTES * MINUTE);
    const searches = server.served(0, MINUTES * MINUTE, 'search');
    const usePercent = (100 * searches) / (MINUTES * (SHARE * SEARCHES - foreignSearches));
    const allShare = MINUTES * (SHARE * ORGANIZATION - FOREIGN - foreignSearches);
    const allPercent = (100 * server.served(0, MINUTES * MINUTE)) / allShare;
    const {refused: foreignRefused} = server.quota.foreign;
    const longestGapMs = server.longestGap('other');
    table.push(
      [
        settings.quotaWindow.padEnd(8),
        settings.searchHeaders.padEnd(14),
        settings.resetFormat.padEnd(8),
        usePercent.toFixed(1).padStart(8),
        allPercent.toFixed(1).padStart(6),
        `${server.refused('search')}/${searches}`.padStart(12),
        String(server.refused('other')).padStart(11),
        String(foreignRefused).padStart(16),
        `${(longestGapMs / 1000).toFixed(1)} s`.padStart(22),
      ].join(' '),
    );
    expect(usePercent).toBeGreaterThan(95);
    expect(allPercent).toBeGreaterThan(95);
    expect(server.refused('search')).toBeLessThanOrEqual(searches / 100);
    expect(server.refused('other')).toBe(0);
    expect(foreignRefused).toBe(0);
    expect(longestGapMs).toBeLessThan(2000);
  },
);

test('two counters of the same size are told apart, and neither is taken for spending of others', () => {
  const settings = {requestsPerMinute: 400, searchesPerMinute: 400, foreignPerMinute: 200};
  const {server} = new RateLimitsRun({settings, latencyMs: around(300)}).runUntil(6 * MINUTE);
  expect(server.served(MINUTE, 6 * MINUTE)).toBeGreaterThan(0.95 * 5 * 160);
  expect(server.refused()).toBe(0);
  expect(server.quota.foreign.refused).toBe(0);
});
