import type {Spoiler} from '../../../sandbox/faults/spoil';
import {apiOf, ask, conversations, everything, now, request, search} from '../asking';

const users = request('GET', '/v1/users');

test('a fault happens as often as planned, where planned', () => {
  const api = apiOf(conversations(3));
  api.faults.set([
    {kind: 'status', status: 503, match: {path: '/v1/users'}, times: 2},
    {kind: 'status', status: 400, text: 'no includeDeleted here', match: {context: 'conversation', nth: 2}},
  ]);
  expect([1, 2, 3].map(() => ask(api, users).status)).toEqual([503, 503, 200]);
  expect(search(api).status).toBe(200);
  expect(search(api).body.errors).toEqual([{code: 'fault', message: 'no includeDeleted here', meta: {}}]);
  expect(search(api).status).toBe(200);
  expect(api.faults.fired).toBe(3);
});

test('every n-th request under a path, for ever', () => {
  const api = apiOf([]);
  api.faults.set([{kind: 'status', match: {method: 'GET', path: '/v1/*', every: 3}, times: -1}]);
  expect([1, 2, 3, 4, 5, 6].map(() => ask(api, users).status)).toEqual([200, 200, 500, 200, 200, 500]);
  expect(search(api).status).toBe(200);
});

test('a hook decides for each request', () => {
  const api = apiOf(conversations(3));
  api.faults.hook = (_request, context, at) =>
    context === 'conversation' && at > now ? {kind: 'empty'} : undefined;
  expect(search(api).ids).toHaveLength(3);
  expect(search(api, {}, '', now + 1).ids).toHaveLength(0);
});

test('what breaks on the wire is said beside the answer', () => {
  const api = apiOf(conversations(3));
  const wires = (['reset', 'hang', 'cut', 'slow'] as const).map((kind) => {
    api.faults.set([{kind, ms: 70}]);
    return api.handle(request('POST', '/v1/customers/search', everything), now).wire;
  });
  expect(wires).toEqual([
    {kind: 'reset'},
    {kind: 'hang'},
    {kind: 'cut', at: expect.any(Number)},
    {kind: 'slow', ms: 70},
  ]);
});

test('answers that are no answers', () => {
  const api = apiOf([]);
  api.faults.set([
    {kind: 'html'},
    {kind: 'noData'},
    {kind: 'status', status: 429, headers: {'retry-after': '7'}},
  ]);
  expect(api.handle(users, now)).toMatchObject({status: 200, body: expect.stringContaining('<html>')});
  expect(api.handle(users, now)).toMatchObject({status: 200, body: '{"meta":{}}'});
  expect(api.handle(users, now)).toMatchObject({status: 429, headers: {'retry-after': '7'}});
});

test.each<[Spoiler, string[]]>([
  ['timed_out', ['c000', 'c001']],
  ['short', ['c000', 'c001']],
  ['empty', []],
  ['outOfOrder', ['c002', 'c001', 'c000']],
  ['outside', ['c000', 'c001', 'c002']],
  ['noUpdatedAt', ['c000', 'c001', 'c002']],
  ['badUpdatedAt', ['c000', 'c001', 'c002']],
  ['duplicate', ['c000', 'c001', 'c002', 'c002']],
  ['twice', ['c000', 'c000', 'c001', 'c001', 'c002', 'c002']],
  ['noId', ['c000', 'c001', 'undefined']],
])('%s', (kind, ids) => {
  const api = apiOf(conversations(3));
  api.faults.set([{kind}]);
  const answer = search(api);
  expect(answer.ids).toEqual(ids);
  expect(answer.body.meta).toMatchObject({total: 3, timed_out: kind === 'timed_out'});
  const last = answer.body.data.at(-1)?.['attributes'];
  const updatedAt = {outside: '1999-12-31T23:59:59.000Z', badUpdatedAt: 'the day before yesterday'}[
    kind as string
  ];
  if (updatedAt !== undefined) {
    expect(last).toMatchObject({updatedAt});
  } else if (kind === 'noUpdatedAt') {
    expect(last).not.toHaveProperty('updatedAt');
  }
});

test('a refused request has no records to spoil', () => {
  const api = apiOf([], {requestsPerMinute: 0});
  api.faults.set([{kind: 'empty'}]);
  expect(search(api).status).toBe(429);
});

test.each<[Spoiler, number]>([
  ['emptyTold', 0],
  ['shortTold', 2],
])('%s counts what it has, and has no next', (kind, total) => {
  const api = apiOf(conversations(4));
  api.faults.set([{kind}]);
  const {ids, body} = search(api, {}, '?pageSize=3');
  expect([ids.length, body.meta['total'], body.links['next']]).toEqual([total, total, null]);
});

test('a server can repeat the key in errors, pages, bodies and records', () => {
  const api = apiOf(conversations(2));
  const text = 'you sent {authorization}';
  const bodies = (['status', 'html', 'body', 'noId', 'badUpdatedAt'] as const).map((kind) => {
    api.faults.set([{kind, text}]);
    return api.handle(request('POST', '/v1/customers/search', everything), now).body;
  });
  bodies.forEach((body) => expect(body).toContain('you sent Bearer sandbox-token'));
});

test('any body with any status', () => {
  const api = apiOf([]);
  api.faults.set([
    {kind: 'body'},
    {kind: 'body', status: 204},
    {kind: 'body', status: 206, text: '{"errors":[]}'},
  ]);
  expect([1, 2, 3].map(() => api.handle(users, now)).map(({status, body}) => [status, body])).toEqual([
    [200, ''],
    [204, ''],
    [206, '{"errors":[]}'],
  ]);
});
