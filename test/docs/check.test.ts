import {type SpawnSyncReturns, spawnSync} from 'node:child_process';
import {cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join, resolve} from 'node:path';

/** What `npm run docs` reads and writes. */
const PARTS = ['scripts', 'resources', 'src', 'docs', 'README.md', 'package.json', '.prettierrc.json'];
jest.setTimeout(60_000);

let folder = '';

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'docs-'));
  for (const part of PARTS) cpSync(part, join(folder, part), {recursive: true});
  symlinkSync(resolve('node_modules'), join(folder, 'node_modules'));
});

afterEach(() => rmSync(folder, {recursive: true}));

function docs(...options: string[]): SpawnSyncReturns<string> {
  return spawnSync(process.execPath, ['scripts/docs.mjs', ...options], {cwd: folder, encoding: 'utf8'});
}

function replace(file: string, from: string, to: string): void {
  const text = readFileSync(join(folder, file), 'utf8');
  expect(text.split(from)).toHaveLength(2);
  writeFileSync(
    join(folder, file),
    text.replace(from, () => to),
  );
}

test('the pages are what the classes and the spec say', () => {
  expect(docs('--check')).toMatchObject({status: 0, stderr: ''});
});

test.each([
  [
    'a column is new',
    'resources/schemas/tags.json',
    '"imported_at":',
    '"brand_new": {"type": "string"}, "imported_at":',
    ['docs/streams.md'],
  ],
  [
    'a role is another',
    'src/streams/objects/tags.ts',
    "readRoles('tag'",
    "readRoles('label'",
    ['docs/kustomer.md'],
  ],
  [
    'an option is described anew',
    'resources/spec.json',
    'Also read records that',
    'Read the records that',
    ['docs/configuration.md', 'docs/kustomer.md'],
  ],
  [
    'a stream is described anew',
    'src/streams/objects/tags.ts',
    "'A tag; deleted",
    "'A label; deleted",
    ['docs/kustomer.md', 'docs/streams.md'],
  ],
  ['a page was edited by hand', 'README.md', '`tags`, ', '`labels`, ', ['README.md']],
])('when %s, the pages that differ are named, and put right', (_, file, from, to, pages) => {
  replace(file, from, to);
  const {status, stderr} = docs('--check');
  expect([status, stderr.trim().split(': ').at(-1)]).toEqual([1, pages.join(', ')]);
  expect(stderr).toContain('npm run docs');
  expect(docs().status).toBe(0);
  expect(docs('--check').status).toBe(0);
});

test.each([
  ['a marker is gone', 'README.md', '<!-- end: stream groups -->', '', 'README.md has not one pair'],
  [
    'a join leads nowhere',
    'src/streams/objects/users.ts',
    "role_groups: 'role_groups'",
    "role_groups: 'groups'",
    'no join from users.role_groups to groups',
  ],
])('when %s, nothing is written', (_, file, from, to, message) => {
  replace(file, from, to);
  const before = readFileSync(join(folder, 'docs/streams.md'), 'utf8');
  const {status, stderr} = docs();
  expect(status).toBe(1);
  expect(stderr).toContain(message);
  expect(readFileSync(join(folder, 'docs/streams.md'), 'utf8')).toBe(before);
});
