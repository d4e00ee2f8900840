import {Connector, catalogOf} from '../support/connector';
import {runHere} from '../support/in-process';
import {errorsOf, logsOf, outcomeOf} from '../support/messages';
import {expectProtocol} from '../support/protocol';
import {CERTIFICATE, type Listening, startProxy, startTlsServer} from '../fakes/proxy';
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

describe('a connection that cannot be made as things are set up fails at once, and check says what to do', () => {
  const PASSWORD = 'hunter2-hunter2';
  const started: Listening[] = [];

  afterEach(() => started.splice(0).forEach((one) => one.close()));

  async function begin<T extends Listening>(starting: Promise<T>): Promise<T> {
    const one = await starting;
    started.push(one);
    return one;
  }

  async function check(
    base_url: string,
    env: Record<string, string>,
  ): Promise<{status: string | undefined; message: string | undefined}> {
    const {code, messages, stdout, stderr} = await connector.check({base_url}, {NO_PROXY: '', ...env});
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout).not.toContain('hunter2');
    expect(logsOf(messages)).toEqual([]);
    const {status, message} = messages.at(-1)?.connectionStatus ?? {};
    return {status, message};
  }

  test('a certificate: named by NODE_EXTRA_CA_CERTS it is trusted, through a proxy too', async () => {
    const {port} = await begin(
      startTlsServer((path) => ({data: path.includes('/metadata/') ? {attributes: {}} : []})),
    );
    const url = `https://localhost:${port}`;
    expect(await check(url, {})).toEqual({
      status: 'FAILED',
      message: expect.stringMatching(/DEPTH_ZERO_SELF_SIGNED_CERT.*NODE_EXTRA_CA_CERTS/) as string,
    });
    const trusted = {NODE_EXTRA_CA_CERTS: CERTIFICATE};
    expect(await check(url, trusted)).toMatchObject({status: 'SUCCEEDED'});
    const proxy = await begin(startProxy(200));
    const HTTPS_PROXY = `http://user:${PASSWORD}@127.0.0.1:${proxy.port}`;
    expect(await check(url, {...trusted, HTTPS_PROXY})).toMatchObject({status: 'SUCCEEDED'});
    expect(proxy.asked[0]?.target).toBe(`localhost:${port}`);
  });

  test('a port without TLS', async () => {
    const {url} = await serve(problem(500));
    expect(await check(url.replace('http:', 'https:'), {})).toEqual({
      status: 'FAILED',
      message: expect.stringMatching(/does not speak TLS/) as string,
    });
  });

  test.each([
    [403, /^The proxy 127\.0\.0\.1:\d+ refuses to connect to Kustomer/],
    [407, /^The proxy 127\.0\.0\.1:\d+ asks for a user name and a password \(407\)/],
  ])('a proxy that answers %i, and repeats its password', async (status, sentence) => {
    const proxy = await begin(startProxy(status));
    const HTTPS_PROXY = `http://user:${PASSWORD}@127.0.0.1:${proxy.port}`;
    expect(await check('https://kustomer.invalid', {HTTPS_PROXY, DEBUG: '*', NODE_DEBUG: 'http'})).toEqual({
      status: 'FAILED',
      message: expect.stringMatching(sentence) as string,
    });
  });

  test('a proxy that is not there, or no URL', async () => {
    const {host} = new URL(await nowhere());
    const HTTPS_PROXY = `http://user:${PASSWORD}@${host}`;
    const gone = await check('https://kustomer.invalid', {HTTPS_PROXY});
    expect(gone.message).toMatch(`The proxy ${host} cannot be reached (ECONNREFUSED`);
    const bad = await check('https://kustomer.invalid', {HTTPS_PROXY: `http://user:${PASSWORD}@`});
    expect(bad.message).toMatch(/HTTPS_PROXY .* is no URL that can be used/);
  });
});
