import {MINUTE, RateLimitsRun} from '../../fakes/rate-limits-run';

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

  test('is found also where an unusual limit of the organization was taken for it', () => {
    const run = new RateLimitsRun({
      classes: ['search'],
      settings: {...settings, requestsPerMinute: 1500, searchesPerMinute: 100},
    }).runUntil(12 * MINUTE);
    const {server} = run;
    expect(server.served(2 * MINUTE, 12 * MINUTE)).toBeGreaterThan(0.95 * 10 * 90);
    expect(server.refused()).toBeLessThanOrEqual(server.served(0, 12 * MINUTE) / 50);
    expect(run.waits.every(({scope}) => scope === 'search')).toBe(true);
  });

  test('is told by its refusals alone', () => {
    const settings = {searchesPerMinute: 160, rateLimitHeaders: 'refusals'} as const;
    const run = new RateLimitsRun({classes: ['search'], settings}).runUntil(20 * MINUTE);
    expect(run.learned).toContain('the limit of searches is 160 requests per 60 s, as a refusal tells');
    expect(run.server.served(10 * MINUTE, 20 * MINUTE)).toBeGreaterThan(0.95 * 10 * 0.9 * 160);
    expect(run.server.refused()).toBeLessThanOrEqual(10);
  });
});
