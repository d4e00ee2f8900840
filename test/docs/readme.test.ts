import {existsSync, readFileSync, readdirSync} from 'node:fs';
import {dirname, join} from 'node:path';
import {parse} from 'yaml';
import packageJson from '../../package.json';
import spec from '../../resources/spec.json';

const MOST_LINES = 150;
const readme = readFileSync('README.md', 'utf8');
const pages = [
  'README.md',
  'CONTRIBUTING.md',
  'ARCHITECTURE.md',
  ...readdirSync('docs')
    .filter((file) => file.endsWith('.md'))
    .map((file) => join('docs', file)),
];

test('README.md can be read in a few minutes', () => {
  expect(readme.split('\n').length - 1).toBeLessThanOrEqual(MOST_LINES);
});

test.each(Object.entries(spec.connectionSpecification.properties))('%s is explained', (key, property) => {
  const page = readFileSync('docs/configuration.md', 'utf8');
  const row = page.split('\n').find((line) => line.includes(`| \`${key}\` `)) ?? '';
  expect(row).toContain(`| ${property.title} `);
  if ('default' in property) {
    expect(row.replaceAll('`', '')).toMatch(new RegExp(`\\| ${property.default} +\\|`));
  }
});

test('every stream is in the table', () => {
  const rows = readme.split('\n').filter((line) => /^\| [A-Z]/.test(line));
  const named = rows.flatMap((row) => [...row.matchAll(/`([a-z_]+)`/g)].map(([, name]) => name));
  const streams = readdirSync('resources/schemas').map((file) => file.replace('.json', ''));
  expect([...new Set(named)].sort()).toEqual(streams.sort());
});

test.each(pages)('every npm command that %s names exists', (page) => {
  const named = [...readFileSync(page, 'utf8').matchAll(/npm run ([a-z]+(?::[a-z]+)?)/g)].map(
    ([, name]) => name,
  );
  expect(Object.keys(packageJson.scripts)).toEqual(expect.arrayContaining(named));
});

test.each(pages)('what %s links to exists', (page) => {
  const text = readFileSync(page, 'utf8');
  const links = [...text.matchAll(/\]\((?!https?:|\.\.\/\.\.\/)([^)\s]+)\)/g)].map(([, link]) => link ?? '');
  const broken = links.filter((link) => {
    const [file = '', anchor] = link.split('#');
    const target = file === '' ? page : join(dirname(page), file);
    if (!existsSync(target)) return true;
    if (anchor === undefined) return false;
    const headings = [...readFileSync(target, 'utf8').matchAll(/^#+ (.*)$/gm)].map(([, heading]) =>
      (heading ?? '')
        .toLowerCase()
        .replace(/[^\p{L}\p{N}\s_-]/gu, '')
        .trim()
        .replace(/\s/g, '-'),
    );
    return !headings.includes(anchor);
  });
  expect(broken).toEqual([]);
});

test('the version is that of metadata.yaml', () => {
  const {dockerImageTag, dockerRepository} = parse(readFileSync('metadata.yaml', 'utf8')).data;
  const running = readFileSync('docs/running.md', 'utf8');
  const tags = [...(readme + running).matchAll(/(?:source-kustomer:|version[- ])(\d[\d.]*)/g)].map(
    ([, tag]) => tag,
  );
  expect(new Set(tags)).toEqual(new Set([dockerImageTag]));
  expect(readme).toContain(`\`${dockerRepository}\``);
});
