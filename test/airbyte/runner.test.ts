import {mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {
  AirbyteCatalogMessage,
  type AirbyteConfig,
  AirbyteConnectionStatus,
  AirbyteConnectionStatusMessage,
  AirbyteLog,
  AirbyteLogLevel,
  type AirbyteMessage,
  AirbyteSource,
  AirbyteSpec,
} from 'faros-airbyte-cdk';
import {Outlet} from '../../src/airbyte/outlet';
import {SourceRunner, SyncFailedError} from '../../src/airbyte/runner';
import {explain} from '../../src/error-messages';
import {type AirbyteMessage as Seen, Capture} from '../support/capture';
import {SleeplessClock} from '../fakes/sleepless-clock';

const TOKEN = 'secret-token-5f2b';
const SPEC = {connectionSpecification: {properties: {api_token: {type: 'string', airbyte_secret: true}}}};
const folder = mkdtempSync(join(tmpdir(), 'runner-'));

// The CDK's runner listens to the process for good, and here there is one for each test.
beforeAll(() => void process.setMaxListeners(0));
afterAll(() => rmSync(folder, {recursive: true}));

/** A source that does nothing, and remembers what it was given. */
class Probe extends AirbyteSource<AirbyteConfig> {
  readonly type = 'probe';
  readonly given: unknown[] = [];
  failure: Error | undefined;

  override async spec(): Promise<AirbyteSpec> {
    return new AirbyteSpec(SPEC);
  }

  override async check(config: AirbyteConfig): Promise<AirbyteConnectionStatusMessage> {
    this.given.push(config);
    if (this.failure) throw this.failure;
    return new AirbyteConnectionStatusMessage({status: AirbyteConnectionStatus.SUCCEEDED});
  }

  override async discover(config: AirbyteConfig): Promise<AirbyteCatalogMessage> {
    this.given.push(config);
    if (this.failure) throw this.failure;
    return new AirbyteCatalogMessage({streams: []});
  }

  override async *read(...given: unknown[]): AsyncGenerator<AirbyteMessage> {
    this.given.push(...given);
    yield AirbyteLog.make(AirbyteLogLevel.INFO, 'reading');
    if (this.failure) throw this.failure;
  }
}

function fileOf(name: string, text: string): string {
  const file = join(folder, name);
  writeFileSync(file, text);
  return file;
}

const config = fileOf('config.json', JSON.stringify({api_token: TOKEN, other: 1}));
const catalog = fileOf('catalog.json', '{"streams": []}');
const state = fileOf('state.json', '[]');

async function run(
  args: string[],
  failure?: Error,
): Promise<{messages: Seen[]; exitCode: number; given: unknown[]}> {
  const capture = new Capture();
  const clock = new SleeplessClock();
  const source = new Probe();
  source.failure = failure;
  const runner = new SourceRunner(source, {
    outlet: new Outlet(capture.write, clock),
    clock,
    explain,
    version: '1.2.3',
  });
  await runner.mainCommand().parseAsync(['node', 'source-kustomer', ...args]);
  return {messages: capture.messages, exitCode: runner.exitCode, given: source.given};
}

describe('SourceRunner', () => {
  test('has the four commands of a source and no other', () => {
    const runner = new SourceRunner(new Probe(), {
      outlet: new Outlet(new Capture().write, new SleeplessClock()),
      clock: new SleeplessClock(),
      explain,
      version: '1.2.3',
    });
    expect(runner.mainCommand().commands.map((command) => command.name())).toEqual([
      'spec',
      'check',
      'discover',
      'read',
    ]);
    expect(runner.mainCommand().version()).toBe('1.2.3');
  });

  test('spec is the spec as it is, with nothing added to it', async () => {
    expect(await run(['spec'])).toEqual({messages: [{type: 'SPEC', spec: SPEC}], exitCode: 0, given: []});
  });

  test('check, discover and read are handed what the files hold', async () => {
    const parsed = {api_token: TOKEN, other: 1};
    expect((await run(['check', '--config', config])).given).toEqual([parsed]);
    expect((await run(['discover', '--config', config])).given).toEqual([parsed]);
    const read = await run(['read', '--config', config, '--catalog', catalog, '--state', state]);
    expect(read.given).toEqual([parsed, {api_token: 'REDACTED', other: 1}, {streams: []}, []]);
    expect((await run(['read', '--config', config, '--catalog', catalog])).given.at(-1)).toEqual({});
  });

  test.each([
    ['check', ['check', '--config', config], 'CONNECTION_STATUS'],
    ['discover', ['discover', '--config', config], 'CATALOG'],
    ['read', ['read', '--config', config, '--catalog', catalog], 'LOG'],
  ])('%s gives its messages and exits with 0', async (_, args, type) => {
    const {messages, exitCode} = await run(args);
    expect(messages.map((message) => message.type)).toEqual([type]);
    expect(exitCode).toBe(0);
  });

  const missing = join(folder, 'nowhere.json');
  const broken = fileOf('broken.json', `{"api_token": "${TOKEN}"`);
  const list = fileOf('list.json', `["${TOKEN}"]`);
  const nothing = fileOf('null.json', 'null');
  const text = fileOf('text.json', `"${TOKEN}"`);

  test.each([missing, broken, list, nothing, text])(
    'a check finds that %s is no configuration: its job is done',
    async (file) => {
      const {messages, exitCode, given} = await run(['check', '--config', file]);
      expect(messages).toEqual([
        {
          type: 'CONNECTION_STATUS',
          connectionStatus: {
            status: 'FAILED',
            message: expect.stringMatching(/^The configuration .*\.$/) as string,
          },
        },
      ]);
      expect(JSON.stringify(messages)).not.toContain(TOKEN);
      expect(exitCode).toBe(0);
      expect(given).toEqual([]);
    },
  );

  const read = ['read', '--config', config, '--catalog', catalog];
  test.each([missing, broken, list, nothing, text])(
    'discover and read cannot go on with %s as configuration',
    async (file) => {
      for (const args of [
        ['discover', '--config', file],
        ['read', '--config', file, '--catalog', catalog],
      ]) {
        const {messages, exitCode} = await run(args);
        expect(messages.map(({trace}) => trace?.error)).toEqual([
          expect.objectContaining({
            failure_type: 'config_error',
            message: expect.stringMatching(/^The configuration .*\.$/) as string,
          }),
        ]);
        expect(JSON.stringify(messages)).not.toContain(TOKEN);
        expect(exitCode).toBe(1);
      }
    },
  );

  test.each([
    [
      'catalog',
      ['read', '--config', config, '--catalog', missing],
      /^The configured catalog file .* cannot be read/,
    ],
    [
      'catalog',
      ['read', '--config', config, '--catalog', broken],
      /^The configured catalog file .* is not valid JSON/,
    ],
    ['state', [...read, '--state', missing], /^The state file .* cannot be read/],
    ['state', [...read, '--state', broken], /^The state file .* is not valid JSON/],
  ])('an unreadable %s file ends a read in an error and with 1', async (_, args, sentence) => {
    const {messages, exitCode, given} = await run(args);
    expect(messages[0]?.trace).toMatchObject({
      type: 'ERROR',
      error: {failure_type: 'config_error', message: expect.stringMatching(sentence) as string},
    });
    expect(messages).toHaveLength(1);
    expect(exitCode).toBe(1);
    expect(given).toEqual([]);
  });

  test('a defect of the source is told of, and ends with 1', async () => {
    for (const args of [['check', '--config', config], ['discover', '--config', config], read]) {
      const {messages, exitCode} = await run(args, new TypeError('x is undefined'));
      expect(messages.at(-1)?.trace?.error).toMatchObject({
        failure_type: 'system_error',
        internal_message: 'TypeError: x is undefined',
      });
      expect(exitCode).toBe(1);
    }
  });

  test('streams that failed were told of already: only the exit code is left', async () => {
    const {messages, exitCode} = await run(read, new SyncFailedError(['tags']));
    expect(messages.map(({type}) => type)).toEqual(['LOG']);
    expect(exitCode).toBe(1);
  });
});
