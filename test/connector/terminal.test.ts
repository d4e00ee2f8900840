import {execFile, execFileSync, spawn, spawnSync} from 'node:child_process';
import {once} from 'node:events';
import {readFileSync} from 'node:fs';
import {promisify} from 'node:util';
import {type Sandbox, startServer} from '../../sandbox/server/listen';
import {parseMessages} from '../support/capture';
import {Connector, catalogOf} from '../support/connector';

const PROGRAM = 'bin/source-kustomer';

let sandbox: Sandbox;
let connector: Connector;

beforeAll(async () => {
  sandbox = await startServer({size: 500, settings: {requestsPerMinute: 1_000_000}});
  connector = new Connector(sandbox.url);
});

afterAll(async () => {
  connector.close();
  await sandbox.close();
});

/** Runs a command as in a terminal of 100 columns, with its stdout in a file. The program `script` differs between Linux and macOS. */
async function inTerminal(command: string, stdout: string): Promise<string> {
  const line = `stty rows 40 cols 100; ${command} > ${stdout}`;
  const args =
    process.platform === 'darwin'
      ? ['-q', '/dev/null', '/bin/sh', '-c', line]
      : ['--quiet', '--return', '--command', line, '/dev/null'];
  const child = spawn('script', args, {
    env: {...process.env, SHELL: '/bin/sh'},
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let shown = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (shown += text));
  const [code] = (await once(child, 'close')) as [number | null];
  expect(code).toBe(0);
  return shown;
}

test('discover --configured prints what read --catalog takes, and nothing else', async () => {
  const config = connector.file(connector.config());
  const args = ['discover', '--config', config, '--configured', 'tags,conversations'];
  const {stdout} = await promisify(execFile)(PROGRAM, args, {maxBuffer: 1e8});
  const catalog = JSON.parse(stdout) as {streams: {stream: {name: string}; sync_mode: string}[]};
  expect(catalog.streams.map(({stream, sync_mode}) => [stream.name, sync_mode])).toEqual([
    ['conversations', 'incremental'],
    ['tags', 'incremental'],
  ]);
});

test('in a terminal, stderr shows each stream; stdout has messages alone', async () => {
  const config = connector.file(connector.config());
  const catalog = connector.file(catalogOf({conversations: 'full_refresh', tags: 'full_refresh'}));
  const out = `${config}.out`;
  const shown = await inTerminal(`${PROGRAM} read --config ${config} --catalog ${catalog}`, out);
  expect(shown).toMatch(/conversations +█{20} [\d,]+ complete/);
  expect(shown).toMatch(/2 of 2 streams done/);
  const messages = parseMessages(readFileSync(out, 'utf8'));
  expect(messages.some(({record}) => record?.stream === 'tags')).toBe(true);
});

test('where stderr is no terminal, nothing is written to it', () => {
  const config = connector.file(connector.config());
  const {stderr, status} = spawnSync(PROGRAM, ['spec', '--config', config], {encoding: 'utf8'});
  expect({stderr, status}).toEqual({stderr: '', status: 0});
});

test.each(['spec', 'check', 'discover', 'read'])('%s --help has an example of itself', (command) => {
  const help = execFileSync(PROGRAM, [command, '--help'], {encoding: 'utf8'});
  expect(help).toMatch(new RegExp(`^Usage: source-kustomer ${command}`));
  expect(help).toMatch(new RegExp(`^ {2}source-kustomer ${command}`, 'm'));
});
