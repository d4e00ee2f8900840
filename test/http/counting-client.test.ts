import {CountingClient} from '../../src/http/counting-client';
import {TAGS, clientOf} from '../fakes/client';
import {json, problem, serveScript} from '../fakes/msw';

test('each counts its own, and the client all', async () => {
  const {url} = serveScript(problem(429), problem(500), json({data: []}));
  const {client} = clientOf(url);
  const [tags, users] = [new CountingClient(client), new CountingClient(client)];
  expect(await tags.request(TAGS)).toEqual({data: []});
  expect(await users.request(TAGS)).toEqual({data: []});
  expect(await new CountingClient(users).request(TAGS)).toEqual({data: []});
  expect(tags.counts).toEqual({requests: 3, retries: 2, refusals: 1});
  expect(users.counts).toEqual({requests: 2, retries: 0, refusals: 0});
  expect(client.counts).toEqual({requests: 5, retries: 2, refusals: 1});
  expect(users.clockAheadMs).toBe(client.clockAheadMs);
});
