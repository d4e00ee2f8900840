import {Connector, catalogOf} from '../support/connector';
import {runHere} from '../support/in-process';
import {errorsOf, outcomeOf} from '../support/messages';
import {expectProtocol} from '../support/protocol';
import {closeServers, problem, serve} from '../fakes/web';

const MINUTE = 60_000;
let connector: Connector;

/** An address of this machine at which nobody listens. */
async function nowhere(): Promise<string> {
  const web = await serve(problem(500));
  await web.close();
  return web.url;
}

beforeAll(() => {
  connector = new Connector('http://127.0.0.1');
});

afterEach(closeServers);
afterAll(() => connector.close());

test('check gives up on a host that is not there while somebody is still waiting for it', async () => {
  const file = connector.file(connector.config({base_url: await nowhere()}));
  const {code, messages, waited} = await runHere(['check', '--config', file]);
  expect(code).toBe(0);
  expect(messages.at(-1)?.connectionStatus).toEqual({
    status: 'FAILED',
    message: expect.stringMatching(
      /GET \/v1\/users\/current could not be reached in \d+ attempts \(the last: ECONNREFUSED/,
    ) as string,
  });
  expect(waited).toBeLessThanOrEqual(MINUTE / 2);
});

test('a name that nobody knows is told of as such', async () => {
  const file = connector.file(connector.config({base_url: 'https://kustomer.invalid'}));
  const {messages} = await runHere(['check', '--config', file]);
  expect(messages.at(-1)?.connectionStatus).toMatchObject({
    status: 'FAILED',
    message: expect.stringMatching(/kustomer\.invalid/) as string,
  });
});

test('a read tries for ten minutes, then fails what it could not read as something that may pass', async () => {
  const files = ['--config', connector.file(connector.config({base_url: await nowhere()}))];
  const catalog = connector.file(catalogOf({tags: 'incremental', notes: 'full_refresh'}));
  const {code, messages, waited} = await runHere(['read', ...files, '--catalog', catalog]);
  expect(code).toBe(1);
  expectProtocol(messages, ['tags', 'notes']);
  expect(errorsOf(messages).map(({failure_type: type}) => type)).toEqual([
    'transient_error',
    'transient_error',
  ]);
  expect(outcomeOf(messages, 'notes')).toBe('INCOMPLETE');
  expect(waited).toBeGreaterThan(9 * MINUTE);
});
