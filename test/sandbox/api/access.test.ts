import type {JsonObject} from '../../../sandbox/world/json';
import {apiOf, ask, conversation, everything, request} from '../asking';

const api = apiOf([conversation('a', 1000)]);

function status(method: string, url: string, token: string, body?: JsonObject): number {
  return ask(api, request(method, url, body, token)).status;
}

function searchStatus(queryContext: string, token: string, archive = ''): number {
  return status('POST', `/v1/customers/${archive}search`, token, {queryContext});
}

test('only a known key that has not expired gets in', () => {
  expect(api.handle({...request('GET', '/v1/users/current'), headers: {}}, 0).status).toBe(401);
  expect(status('GET', '/v1/users/current', 'wrong')).toBe(401);
  expect(status('GET', '/v1/users/current', 'sandbox-token')).toBe(200);
  const {body} = ask(api, request('GET', '/v1/users/current', undefined, 'sandbox-expired'));
  expect(body.errors).toEqual([{code: 'unauthorized', message: 'Token has expired', meta: {}}]);
});

test('a missing role is a 403 that does not name the role', () => {
  expect(status('GET', '/v1/tags', 'sandbox-users-only')).toBe(403);
  expect(status('GET', '/v1/users', 'sandbox-users-only')).toBe(200);
  expect(searchStatus('conversation', 'sandbox-users-only')).toBe(403);
  expect(searchStatus('conversation', 'sandbox-search-only')).toBe(200);
  expect(status('GET', '/v1/users', 'sandbox-search-only')).toBe(403);
  const {body} = ask(api, request('GET', '/v1/tags', undefined, 'sandbox-users-only'));
  expect(body.errors).toEqual([{code: 'forbidden', message: 'Forbidden', meta: {}}]);
});

test('one context, or metadata, can be refused while all else works', () => {
  expect(searchStatus('note', 'sandbox-no-notes')).toBe(403);
  expect(searchStatus('message', 'sandbox-no-notes')).toBe(200);
  expect(status('GET', '/v1/metadata/customer', 'sandbox-no-metadata')).toBe(403);
  expect(status('GET', '/v1/metadata/customer', 'sandbox-token')).toBe(200);
  expect(searchStatus('note', 'sandbox-no-metadata')).toBe(200);
  expect(status('GET', '/v1/schedules', 'sandbox-no-metadata')).toBe(200);
});

test('an older organization answers 401 to both, in the form of JSON:API', () => {
  const older = apiOf([], {missingRoleStatus: 401, errorForm: 'jsonApi'});
  const {status: answered, body} = ask(older, request('GET', '/v1/tags', undefined, 'sandbox-users-only'));
  expect(answered).toBe(401);
  expect(body.errors).toEqual([
    {status: '401', code: 'unauthorized', title: 'Unauthorized', detail: 'Unauthorized', links: {}},
  ]);
});

test('a key of another region is told which', () => {
  const there = apiOf([], {pod: 'prod2'});
  const asked = request('GET', '/v1/users/current', undefined, 'sandbox-other-region');
  expect(ask(there, asked).status).toBe(200);
  const refused = ask(apiOf([], {wrongRegionStatus: 400}), asked);
  expect(refused.status).toBe(400);
  expect(refused.body.errors[0]?.['message']).toBe(
    'Auth token associated with pod prod2 but request is being handled by prod1',
  );
});

test.each([
  ['GET', '/v1/nope'],
  ['GET', '/v1/users/1/2/3'],
  ['GET', '/v1/conversations/x/attachments'],
  ['GET', '/v1/klasses/x'],
  ['GET', '/v1/metadata/x'],
  ['GET', '/v1/customers/search'],
  ['POST', '/v1/users'],
  ['GET', '/v1/%'],
  ['GET', '/'],
])('%s %s is not there', (method, url) => {
  const answer = ask(api, request(method, url));
  expect([answer.status, answer.body.errors[0]?.['code']]).toEqual([404, 'not_found']);
});

test('bodies that are too long or no JSON', () => {
  const long = {...request('POST', '/v1/customers/search'), body: ' '.repeat(100_001)};
  expect(ask(api, long).status).toBe(413);
  expect(ask(api, {...long, body: '{'}).status).toBe(400);
  expect(ask(api, {...long, body: '[]'}).status).toBe(400);
});

test('every request is counted by path and context', () => {
  const counted = apiOf([conversation('a', 1000)]);
  ask(counted, request('POST', '/v1/customers/search/', everything));
  ask(counted, request('GET', '/v1/conversations/a/attachments'));
  ask(counted, request('GET', '/v1/nope'));
  expect(counted.stats).toMatchObject({
    total: 3,
    requests: {'POST /v1/customers/search conversation': 1, 'GET /v1/conversations/{id}/attachments': 1},
    records: {'POST /v1/customers/search conversation': 1},
    statuses: {'200': 2, '404': 1},
  });
  counted.stats.reset();
  expect(counted.stats).toMatchObject({total: 0, refused: 0, firstAt: null});
});
