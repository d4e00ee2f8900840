import {execFile, spawnSync} from 'node:child_process';
import {mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {promisify} from 'node:util';
import {parseOptions} from '../../../sandbox/server/options';
import {type ServerOptions, startServer} from '../../../sandbox/server/listen';
import type {ProbeReport} from '../../../tools/probe/report';

const folder = mkdtempSync(join(tmpdir(), 'probe-'));
afterAll(() => rmSync(folder, {recursive: true}));

function fileOf(name: string, json: unknown): string {
  const file = join(folder, name);
  writeFileSync(file, JSON.stringify(json));
  return file;
}

/** Runs the program against a sandbox of these options. */
async function run(options: Partial<ServerOptions>, ...args: readonly string[]): Promise<string> {
  const sandbox = await startServer(options);
  const config = fileOf('config.json', {
    api_token: 'sandbox-token',
    start_date: '2020-01-01',
    base_url: sandbox.url,
  });
  try {
    const {stdout} = await promisify(execFile)(process.execPath, [
      'dist/probe.js',
      '--config',
      config,
      ...args,
    ]);
    return stdout;
  } finally {
    await sandbox.close();
  }
}

test('over the network: a table, and what only the network shows', async () => {
  const table = await run({size: 600});
  expect(table).toMatch(/^= encoding .* none, gzip$|^= encoding .* gzip, none /m);
  expect(table).toMatch(/^= clocks .*the same, to 2 s/m);
  expect(table).toMatch(/^\d\d requests\.$/m);
});

test('--json is what the sandbox takes with --like, and it then behaves so', async () => {
  const odd = {largerPages: 'refused', archive: false, lteExcludes: true, encoding: 'deflate'} as const;
  const first = await run({size: 600, settings: odd}, '--json');
  const report = JSON.parse(first) as ProbeReport;
  const like = parseOptions(['--like', fileOf('like.json', report)]);
  expect(like).toMatchObject({settings: {...odd, searchesPerMinute: 100}, model: 'published'});
  const second = JSON.parse(await run(like, '--json')) as ProbeReport;
  // Its records are others: what can be compared is how it behaves, but for what only shows where the first conversations have attachments.
  const {settings, model} = report.sandbox;
  const behaviour = Object.entries(settings).filter(([name]) => name !== 'attachmentIds');
  expect(second.sandbox).toMatchObject({settings: Object.fromEntries(behaviour), model});
});

test('what the command line names itself comes before --like', () => {
  const like = fileOf('like.json', {
    sandbox: {settings: {requestsPerMinute: 7}, sizes: {tags: 3}, model: 'none'},
  });
  const options = parseOptions(['--like', like, '--requests-per-minute', '9', '--searches-per-minute', '5']);
  expect(options).toMatchObject({
    settings: {requestsPerMinute: 9, searchesPerMinute: 5},
    sizes: {tags: 3},
    model: 'none',
  });
});

test.each([
  ['no such file', {}, /"sandbox"/],
  ['a setting that there is not', {sandbox: {settings: {colour: 1}}}, /no setting colour/],
  ['an object that there is not', {sandbox: {sizes: {cats: 1}}}, /no object cats/],
  ['a model that there is not', {sandbox: {model: 'vast'}}, /--model/],
])('--like says what is wrong with its file: %s', (_, json, message) => {
  expect(() => parseOptions(['--like', fileOf('like.json', json)])).toThrow(message);
});

test.each([
  [[], /usage: npm run probe -- --config FILE/],
  [['--config', 'nowhere.json'], /nowhere\.json/],
  [['--colour'], /--colour/],
])('the program says in a sentence what is wrong with what it is given: %j', (args, message) => {
  const {status, stdout, stderr} = spawnSync(process.execPath, ['dist/probe.js', ...args], {
    encoding: 'utf8',
  });
  expect([status, stdout]).toEqual([1, '']);
  expect(stderr).toMatch(message);
  expect(stderr.split('\n')).toHaveLength(2);
});
