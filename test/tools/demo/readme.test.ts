import {readFileSync, readdirSync} from 'node:fs';
import {parse} from 'yaml';
import packageJson from '../../../package.json';
import spec from '../../../resources/spec.json';

const readme = readFileSync('README.md', 'utf8');

test.each(Object.entries(spec.connectionSpecification.properties))('%s is explained', (key, property) => {
  const row = readme.split('\n').find((line) => line.includes(`| \`${key}\` `)) ?? '';
  expect(row).toContain(`| ${property.title} `);
  if ('default' in property) {
    expect(row.replaceAll('`', '')).toMatch(new RegExp(`\\| ${property.default} +\\|`));
  }
});

test('every stream is in the table', () => {
  const named = [...readme.matchAll(/^\| `([a-z_]+)` +\| [^|]+\| (?:search|list|metadata|audit log|one request)/gm)];
  const streams = readdirSync('resources/schemas').map((file) => file.replace('.json', ''));
  expect(named.map(([, name]) => name).sort()).toEqual(streams.sort());
});

test('every command exists', () => {
  const named = [...readme.matchAll(/npm run ([a-z]+)/g)].map(([, name]) => name);
  expect(named.length).toBeGreaterThan(5);
  expect(Object.keys(packageJson.scripts)).toEqual(expect.arrayContaining(named));
});

test('the version is that of metadata.yaml', () => {
  const {dockerImageTag, dockerRepository} = parse(readFileSync('metadata.yaml', 'utf8')).data;
  const tags = [...readme.matchAll(/source-kustomer:(\d[\d.]*)/g)].map(([, tag]) => tag);
  expect(new Set(tags)).toEqual(new Set([dockerImageTag]));
  expect(readme).toContain(`\`${dockerRepository}\``);
});
