import {setupServer} from 'msw/node';
import {handlers} from '../../../sandbox/server/msw';
import {apiOf, conversations, everything, now} from '../asking';

const api = apiOf(conversations(5));
const server = setupServer(...handlers(api, 'https://api.kustomerapp.com', () => now));

beforeAll(() => server.listen({onUnhandledRequest: 'error'}));
afterAll(() => server.close());

function searchAll(): Promise<Response> {
  const headers = {authorization: 'Bearer sandbox-token'};
  return fetch('https://api.kustomerapp.com/v1/customers/search?pageSize=2', {
    method: 'POST',
    headers,
    body: JSON.stringify(everything),
  });
}

test('answers in-process as the API would', async () => {
  const response = await searchAll();
  expect(response.headers.get('x-ratelimit-limit')).toBe('1000');
  expect(await response.json()).toMatchObject({
    meta: {total: 5, pageSize: 2},
    data: [{id: 'c000'}, {id: 'c001'}],
  });
});

test('acts out what breaks on the wire', async () => {
  api.faults.set([{kind: 'reset'}, {kind: 'cut'}, {kind: 'slow', ms: 20}]);
  await expect(searchAll()).rejects.toThrow();
  const cut = await searchAll();
  await expect(cut.json()).rejects.toThrow();
  expect((await searchAll()).status).toBe(200);
});
