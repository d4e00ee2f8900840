import {type SpawnSyncReturns, spawnSync} from 'node:child_process';
import {cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join, resolve} from 'node:path';

jest.setTimeout(60_000);

/** What `npm run expected` reads and writes. */
const COPIED = ['integration_tests', 'scripts', '.prettierrc.json'];
const LINKED = ['bin', 'dist', 'node_modules'];
let folder = '';

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'expected-'));
  for (const part of COPIED) cpSync(part, join(folder, part), {recursive: true});
  for (const part of LINKED) symlinkSync(resolve(part), join(folder, part));
});

afterEach(() => rmSync(folder, {recursive: true}));

function expected(...options: string[]): SpawnSyncReturns<string> {
  return spawnSync(process.execPath, ['scripts/expected.mjs', ...options], {cwd: folder, encoding: 'utf8'});
}

function streamsIn(file: string, streamOf: (line: unknown) => string): Set<string> {
  const text = readFileSync(join('integration_tests', file), 'utf8');
  const json = file.endsWith('l')
    ? text
        .trim()
        .split('\n')
        .map((line): unknown => JSON.parse(line))
    : JSON.parse(text);
  return new Set((Array.isArray(json) ? json : (json as {streams: unknown[]}).streams).map(streamOf));
}

test('what the acceptance suite is given is what the connector discovers and reads', () => {
  expect(expected('--check')).toMatchObject({status: 0, stderr: ''});
});

test('every stream of the catalog has a record and a state', () => {
  const seeded = streamsIn('expected_records.jsonl', (line) => (line as {stream: string}).stream);
  const catalog = streamsIn(
    'configured_catalog.json',
    (entry) => (entry as {stream: {name: string}}).stream.name,
  );
  const states = streamsIn(
    'abnormal_state.json',
    (state) => (state as {stream: {stream_descriptor: {name: string}}}).stream.stream_descriptor.name,
  );
  expect(catalog.size).toBeGreaterThan(10);
  expect(states).toEqual(catalog);
  expect([...catalog].filter((name) => !seeded.has(name))).toEqual([]);
});

test('a record that is not read any more is named, and put right', () => {
  const file = join(folder, 'integration_tests/expected_records.jsonl');
  const before = readFileSync(file, 'utf8');
  writeFileSync(file, before.replace('"type":"tag"', '"type":"label"'));
  const {status, stderr} = expected('--check');
  expect([status, stderr.trim().split(': ').at(-1)]).toEqual([1, 'expected_records.jsonl']);
  expect(stderr).toContain('npm run expected');
  expect(expected().status).toBe(0);
  expect(readFileSync(file, 'utf8')).toBe(before);
});
