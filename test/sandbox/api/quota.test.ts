import {apiOf, ask, now, request} from '../asking';

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

test.each(['fixed', 'sliding'] as const)('others spend from the same purse (%s)', (quotaWindow) => {
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

test('others are not refused while we leave them enough', () => {
  const api = apiOf([], {requestsPerMinute: 100, foreignPerMinute: 50});
  for (let at = 0; at < 240; at++) {
    expect(ask(api, users, now + at * 1250).status).toBe(200);
  }
  expect(api.stats.foreign).toMatchObject({refused: 0});
});

test('bad keys and silent headers', () => {
  const api = apiOf([], {requestsPerMinute: 1, quotaHeaders: false});
  expect(ask(api, request('GET', '/v1/users', undefined, 'wrong')).status).toBe(401);
  expect(ask(api, users).headers).not.toHaveProperty('x-ratelimit-limit');
  const refused = ask(api, users);
  expect(refused.status).toBe(429);
  expect(refused.headers).not.toHaveProperty('x-ratelimit-reset');
});

test('settings can change on the way', () => {
  const api = apiOf([], {requestsPerMinute: 1});
  ask(api, users);
  expect(ask(api, users).status).toBe(429);
  api.settings.requestsPerMinute = 5;
  expect(ask(api, users).status).toBe(200);
});
