import {execFileSync} from 'node:child_process';
import {existsSync, readFileSync} from 'node:fs';
import {parse} from 'yaml';

const metadata = (
  parse(read('metadata.yaml')) as {data: Record<'dockerRepository' | 'dockerImageTag', string>}
).data;
const {dockerRepository: name, dockerImageTag: version} = metadata;

function read(file: string): string {
  return readFileSync(file, 'utf8');
}

/** Every tracked text, but for lists of packages. */
function texts(): {file: string; text: string}[] {
  const files = execFileSync('git', ['ls-files', '-co', '--exclude-standard'], {encoding: 'utf8'});
  return files
    .split('\n')
    .filter((file) => file && !file.endsWith('package-lock.json') && existsSync(file))
    .map((file) => ({file, text: read(file)}));
}

test('the image has one name, which is nobody else’s', () => {
  expect(name).toBe('source-kustomer');
  const foreign = /\b(?:airbyte|farosai)\/[\w-]*kustomer/i;
  expect(texts().flatMap(({file, text}) => (foreign.test(text) ? [file] : []))).toEqual([]);
  const elsewhere = /[\w.-]+(?:\/[\w.<>$-]+)*\/source-kustomer(?=[:`@\s]|$)/gm;
  const registries = texts()
    .filter(({file}) => /\.(md|yml|yaml)$/.test(file))
    .flatMap(({text}) => text.match(elsewhere) ?? [])
    .filter((found) => !/^(bin|dist)\/|integration_code/.test(found));
  expect([...new Set(registries)].sort()).toEqual([
    'ghcr.io/OWNER/source-kustomer',
    'registry.example.com/source-kustomer',
  ]);
});

test('the labels of the Dockerfile are the name and the version of metadata.yaml, without arguments', () => {
  const labels = read('Dockerfile').match(/\b(?:io\.airbyte\.\w+|org\.opencontainers\.image\.version)=\S+/g);
  expect(labels).toEqual([
    `io.airbyte.name=${name}`,
    `io.airbyte.version=${version}`,
    `org.opencontainers.image.version=${version}`,
  ]);
});

test('the version is the same in the package and newest in both changelogs', () => {
  const lock = JSON.parse(read('package-lock.json')) as {
    version: string;
    packages: Record<string, {version: string}>;
  };
  const {version: packaged} = JSON.parse(read('package.json')) as {version: string};
  expect([packaged, lock.version, lock.packages['']?.version]).toEqual([version, version, version]);
  expect(versionsIn('CHANGELOG.md', /^## (\S+) \(\d{4}-\d\d-\d\d\)$/gm)[0]).toBe(version);
  expect(versionsIn('docs/kustomer.md', /^\| (\d\S+) +\| \d{4}-\d\d-\d\d \|/gm)[0]).toBe(version);
});

test('both changelogs have the same versions, the newest first', () => {
  const versions = versionsIn('CHANGELOG.md', /^## (\d\S+) /gm);
  expect(versions).toEqual(versionsIn('docs/kustomer.md', /^\| (\d\S+) +\|/gm));
  expect(versions).toEqual([...versions].sort((a, b) => b.localeCompare(a, 'en', {numeric: true})));
});

test('what users are told to pull or build is this version', () => {
  for (const file of ['README.md', 'docs/kustomer.md']) {
    const named = [...read(file).matchAll(/source-kustomer:(\d[\w.]*)/g)].map(([, found]) => found);
    expect([file, new Set(named)]).toEqual([file, new Set([version])]);
  }
});

function versionsIn(file: string, pattern: RegExp): string[] {
  return [...read(file).matchAll(pattern)].map(([, found]) => found as string);
}
