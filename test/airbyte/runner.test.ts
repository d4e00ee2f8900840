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
  AirbyteSpec,
} from 'faros-airbyte-cdk/lib/protocol';
import {AirbyteSource} from 'faros-airbyte-cdk/lib/sources/source';
import {Outlet} from '../../src/airbyte/outlet';
import {SourceRunner, SyncFailedError} from '../../src/airbyte/runner';
import {explain} from '../../src/error-messages';
import {type AirbyteMessage as Seen, Capture} from '../support/capture';
import {SleeplessClock} from '../fakes/sleepless-clock';

const TOKEN = 'secret-token-5f2b';
const SPEC = {connectionSpecification: {properties: {api_token: {type: 'string', airbyte_secret: true}}}};
const folder = mkdtempSync(join(tmpdir(), 'runner-'));

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
): Promise<{
  messages: Seen[];
  exitCode: number;
  given: unknown[];
  printed: string[];
  complaints: string[];
  outlet: Outlet;
}> {
  const capture = new Capture();
  const clock = new SleeplessClock();
  const source = new Probe();
  source.failure = failure;
  const outlet = new Outlet(capture.write, clock);
  const printed: string[] = [];
  const complaints: string[] = [];
  const runner = new SourceRunner(source, {
    outlet,
    clock,
    explain,
    version: '1.2.3',
    print: (text) => void printed.push(text),
    complain: (text) => void complaints.push(text),
  });
  const exitCode = await runner.run(args);
  return {messages: capture.messages, exitCode, given: source.given, printed, complaints, outlet};
}

describe('SourceRunner', () => {
  test('prints help and version on demand, which are no messages', async () => {
    const help = await run(['--help']);
    expect(help).toMatchObject({messages: [], exitCode: 0, given: [], complaints: []});
    expect(help.printed.join()).toMatch(/spec .*check .*discover .*read /s);
    expect(await run(['--version'])).toMatchObject({messages: [], exitCode: 0, printed: ['1.2.3\n']});
  });

  test('tells of a mistyped command line in a message, and on stderr how it should be', async () => {
    const {messages, exitCode, printed, complaints} = await run(['sing']);
    expect(messages.map(({trace}) => trace?.error)).toEqual([
      expect.objectContaining({
        failure_type: 'config_error',
        message: expect.stringMatching(/^There is no command "sing": /) as string,
      }),
    ]);
    expect(exitCode).toBe(1);
    expect(printed).toEqual([]);
    expect(complaints.join()).toMatch(/There is no command "sing".*Usage: /s);
  });

  test.each([
    ['right', {api_token: TOKEN}],
    ['wrong otherwise', {api_token: TOKEN, start_date: 5}],
    ['within blanks', {api_token: ` ${TOKEN}\n`}],
  ])('hides the token from then on where the configuration is %s', async (_, content) => {
    const {outlet} = await run(['check', '--config', fileOf('secret.json', JSON.stringify(content))]);
    expect(outlet.redact(`x${TOKEN}y`)).toBe('x***y');
  });

  test('spec is the spec as it is, with nothing added to it', async () => {
    const messages = [{type: 'SPEC', spec: SPEC}];
    expect(await run(['spec'])).toMatchObject({messages, exitCode: 0, given: []});
    expect(await run(['spec', '--config', config])).toMatchObject({messages, exitCode: 0, given: []});
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
