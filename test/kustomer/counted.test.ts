import {CountedClient} from '../../src/kustomer/counted';
import {TAGS, clientOf} from '../support/client';
import {closeServers, json, problem, serve} from '../support/web';

afterEach(closeServers);

test('each counts its own, and the client all', async () => {
  const {url} = await serve(problem(429), problem(500), json({data: []}));
  const {client} = clientOf(url);
  const [tags, users] = [new CountedClient(client), new CountedClient(client)];
  expect(await tags.request(TAGS)).toEqual({data: []});
  expect(await users.request(TAGS)).toEqual({data: []});
  expect(await new CountedClient(users).request(TAGS)).toEqual({data: []});
  expect(tags.counts).toEqual({requests: 3, retries: 2, refusals: 1});
  expect(users.counts).toEqual({requests: 2, retries: 0, refusals: 0});
  expect(client.counts).toEqual({requests: 5, retries: 2, refusals: 1});
  expect(users.clockAhead).toBe(client.clockAhead);
});
