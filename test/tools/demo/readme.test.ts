import {readFileSync} from 'node:fs';
import {excerptOf, withExcerpt} from '../../../tools/demo/readme';

const told = [
  'Sandbox: a made-up Kustomer',
  'discover: 2 streams\n\nstream  columns\n------  -------\ntags         12',
  '\nFirst read, of everything:\n',
  '\nstream  rows read  missing\n------  ---------  -------\ntags           30        0',
  '  Not counted: 5 notes.',
  '\nIn the sandbox 3 records are changed.',
  '\nSecond read, from the saved state on:\n',
  '\nstream  rows read  missing\n------  ---------  -------\ntags            3        0',
  '\nAll is well after 29.3 s.',
];

const excerpt = [
  'stream  rows read  missing',
  '------  ---------  -------',
  'tags           30        0',
  'Not counted: 5 notes.',
  'In the sandbox 3 records are changed.',
  'All is well after 29.3 s.',
].join('\n');

test('of a demo the first table is shown, and the sentences after it', () => {
  expect(excerptOf(told)).toBe(excerpt);
});

test('it takes the place of what stood between the markers', () => {
  const readme = 'a\n<!-- made by npm run demo -->\n\nold\n\n<!-- end: demo -->\nb\n';
  const once = withExcerpt(readme, excerpt);
  expect(once).toBe(
    `a\n<!-- made by npm run demo -->\n\n\`\`\`\n${excerpt}\n\`\`\`\n\n<!-- end: demo -->\nb\n`,
  );
  expect(withExcerpt(once, excerpt)).toBe(once);
  expect(() => withExcerpt('a', excerpt)).toThrow('no markers of the demo');
});

test('the README shows a run in which nothing was missing', () => {
  const [, shown = ''] =
    /<!-- made by npm run demo -->(.*)<!-- end: demo -->/s.exec(readFileSync('README.md', 'utf8')) ?? [];
  const rows = [...shown.matchAll(/^(\w+) +([\d,]+) +([\d,]+) +(\d+) +(\d+) /gm)];
  expect(rows).toHaveLength(10);
  for (const [, , read, due, missing, duplicate] of rows) {
    expect([read, missing, duplicate]).toEqual([due, '0', '0']);
  }
  expect(shown).toContain('All is well after');
  expect(shown).toContain('out/report.html');
});
