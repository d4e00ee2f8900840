import {inspect} from 'node:util';
import {explain} from '../../src/error-messages';
import {TAGS, TOKEN, clientOf} from '../fakes/client';
import {type Answer, closeServers, problem, serve} from '../fakes/web';

/** Everything that a log, a trace or a debugger could show of an error. */
function allOf(error: unknown): string {
  return [
    inspect(error, {depth: 10, showHidden: true}),
    JSON.stringify(error),
    JSON.stringify(explain(error)),
  ].join('\n');
}

afterEach(closeServers);

describe('the token is in no error and no log', () => {
  const echo = `Bearer ${TOKEN} is not valid`;
  test.each<[string, Answer]>([
    ['a refusal', problem(401, 'Unauthorized')],
    ['a refusal that repeats it', problem(401, echo)],
    ['a failure that repeats it', problem(500, echo)],
    ['a bad request that repeats it', problem(400, `"headers": {"Authorization": "${echo}"}`)],
    ['a page of HTML that repeats it', (response) => response.writeHead(200).end(`<p>${echo}`)],
    ['a reset', (response) => response.socket?.resetAndDestroy()],
    ['a body cut off', (response) => response.write('{', () => response.destroy())],
    ['a redirect', (response) => response.writeHead(302, {location: `/login?token=${TOKEN}`}).end()],
  ])('after %s', async (_, answer) => {
    const web = await serve(answer);
    const {client, retries} = clientOf(web.url);
    const error: unknown = await client.request(TAGS).catch((reason: unknown) => reason);
    await web.close();
    expect(error).toBeInstanceOf(Error);
    expect(web.seen[0]?.headers.authorization).toContain(TOKEN);
    expect(allOf(error)).not.toContain(TOKEN);
    expect(retries.join('\n')).not.toContain(TOKEN);
  });

  test('when there is nobody to answer', async () => {
    const web = await serve(problem(500));
    await web.close();
    const {client, retries} = clientOf(web.url);
    const error: unknown = await client.request(TAGS).catch((reason: unknown) => reason);
    expect(error).toMatchObject({name: 'UnavailableError', status: undefined});
    expect(retries[0]).toMatch(/network ECONNREFUSED/);
    expect(allOf(error) + retries.join('\n')).not.toContain(TOKEN);
  });
});
