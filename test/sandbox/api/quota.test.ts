import {createApi} from '../../../sandbox/api/api';
import type {Settings} from '../../../sandbox/api/settings';
import {defaultServerSettings} from '../../../sandbox/server/options';
import {apiOf, ask, now, request, search} from '../asking';
import {worldOf} from '../../../sandbox/world/world';

const users = request('GET', '/v1/users');

test('answers tell limit and rest, a refusal when there will be more', () => {
  const api = apiOf([], {requestsPerMinute: 2});
  expect(ask(api, users).headers).toMatchObject({'x-ratelimit-limit': '2', 'x-ratelimit-remaining': '1'});
  expect(ask(api, users, now + 1000).headers['x-ratelimit-reset']).toBeUndefined();
  const refused = ask(api, users, now + 2000);
  expect(refused.status).toBe(429);
  expect(refused.headers).toMatchObject({
    'x-ratelimit-remaining': '0',
    'x-ratelimit-reset': String(now / 1000 + 60),
  });
  expect(ask(api, users, now + 59_999).status).toBe(429);
  expect(ask(api, users, now + 60_000).status).toBe(200);
  expect(api.stats.refused).toBe(2);
});

test('a sliding window frees each request 60 s after it was made', () => {
  const api = apiOf([], {requestsPerMinute: 2, quotaWindow: 'sliding'});
  expect(ask(api, users, now).status).toBe(200);
  expect(ask(api, users, now + 30_000).status).toBe(200);
  const refused = ask(api, users, now + 50_000);
  expect([refused.status, refused.headers['x-ratelimit-reset']]).toEqual([429, String(now / 1000 + 60)]);
  expect(ask(api, users, now + 60_000).status).toBe(200);
  expect(ask(api, users, now + 61_000).status).toBe(429);
});

test('a window may be shorter or longer, with its part of the requests', () => {
  const api = apiOf([], {requestsPerMinute: 12, windowMs: 10_000});
  expect([0, 1, 2].map((at) => ask(api, users, now + at).status)).toEqual([200, 200, 429]);
  expect(ask(api, users, now + 9_999).status).toBe(429);
  expect(ask(api, users, now + 10_000).headers).toMatchObject({
    'x-ratelimit-limit': '2',
    'x-ratelimit-remaining': '1',
  });
});

describe('the limit of searches', () => {
  test('refuses searches only, and they spend from both', () => {
    const api = apiOf([], {requestsPerMinute: 10, searchesPerMinute: 2});
    expect([search(api), search(api), search(api)].map(({status}) => status)).toEqual([200, 200, 429]);
    expect(ask(api, users).headers['x-ratelimit-remaining']).toBe('7');
  });

  test('a search that either refuses costs nothing of the other', () => {
    const api = apiOf([], {requestsPerMinute: 1, searchesPerMinute: 5});
    expect(ask(api, users).status).toBe(200);
    expect(search(api).status).toBe(429);
    api.settings.requestsPerMinute = 10;
    expect(search(api).headers['x-ratelimit-remaining']).toBe('4');
  });

  test.each<[Settings['searchHeaders'], object]>([
    ['search', {'x-ratelimit-limit': '5', 'x-ratelimit-remaining': '4'}],
    ['organization', {'x-ratelimit-limit': '10', 'x-ratelimit-remaining': '9'}],
  ])('its answers tell the limit of: %s', (searchHeaders, headers) => {
    const api = apiOf([], {requestsPerMinute: 10, searchesPerMinute: 5, searchHeaders});
    expect(search(api).headers).toMatchObject(headers);
  });

  test('or of none, refusals neither, while others tell theirs', () => {
    const api = apiOf([], {requestsPerMinute: 10, searchesPerMinute: 1, searchHeaders: 'none'});
    expect(Object.keys({...search(api).headers, ...search(api).headers})).toEqual(['content-type']);
    expect(ask(api, users).headers).toHaveProperty('x-ratelimit-limit', '10');
  });

  test('is on in a server, as documented', () => {
    expect(defaultServerSettings()).toMatchObject({requestsPerMinute: 1000, searchesPerMinute: 100});
    expect(createApi(worldOf([])).settings.searchesPerMinute).toBeNull();
  });
});

test.each<[Settings['resetFormat'], string | undefined]>([
  ['seconds', String(now / 1000 + 60)],
  ['milliseconds', String(now + 60_000)],
  ['iso', new Date(now + 60_000).toISOString()],
  ['delta', '58'],
  ['none', undefined],
])('a reset is told in the format: %s', (resetFormat, text) => {
  const api = apiOf([], {requestsPerMinute: 1, resetFormat});
  ask(api, users);
  expect(ask(api, users, now + 2000).headers['x-ratelimit-reset']).toBe(text);
});

describe('others', () => {
  test.each(['fixed', 'sliding'] as const)('spend from the same limit (%s)', (quotaWindow) => {
    const api = apiOf([], {requestsPerMinute: 100, foreignPerMinute: 60, quotaWindow});
    let refused = 0;
    for (let second = 0; second < 300; second++) {
      refused += ask(api, users, now + second * 1000 + 500).status === 429 ? 1 : 0;
    }
    expect(api.stats.foreign.served + api.stats.foreign.refused).toBe(300);
    // 120 a minute are wanted where there are 100.
    expect(refused + api.stats.foreign.refused).toBeGreaterThanOrEqual(60);
    expect(api.stats.foreign.refused).toBeGreaterThan(0);
  });

  test('are not refused while we leave them enough', () => {
    const api = apiOf([], {requestsPerMinute: 100, foreignPerMinute: 50});
    for (let at = 0; at < 240; at++) {
      expect(ask(api, users, now + at * 1250).status).toBe(200);
    }
    expect(api.stats.foreign).toMatchObject({refused: 0});
  });

  test('who search spend from the limit of searches', () => {
    const api = apiOf([], {searchesPerMinute: 100, foreignSearchesPerMinute: 60});
    search(api);
    expect(search(api, {}, '', now + 30_500).headers['x-ratelimit-remaining']).toBe(String(100 - 2 - 31));
  });
});

test('bad keys and silent headers', () => {
  const api = apiOf([], {requestsPerMinute: 1, rateLimitHeaders: 'none'});
  expect(ask(api, request('GET', '/v1/users', undefined, 'wrong')).status).toBe(401);
  expect(ask(api, users).headers).not.toHaveProperty('x-ratelimit-limit');
  const refused = ask(api, users);
  expect(refused.status).toBe(429);
  expect(refused.headers).not.toHaveProperty('x-ratelimit-reset');
});

test('headers may be on refusals only', () => {
  const api = apiOf([], {requestsPerMinute: 1, rateLimitHeaders: 'refusals'});
  expect(ask(api, users).headers).not.toHaveProperty('x-ratelimit-limit');
  expect(ask(api, users).headers).toHaveProperty('x-ratelimit-limit', '1');
});

test('settings can change on the way', () => {
  const api = apiOf([], {requestsPerMinute: 1});
  ask(api, users);
  expect(ask(api, users).status).toBe(429);
  api.settings.requestsPerMinute = 5;
  expect(ask(api, users).status).toBe(200);
});
