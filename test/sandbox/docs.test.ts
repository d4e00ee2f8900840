import {readFileSync} from 'node:fs';
import {noDifferences} from '../../sandbox/api/differences';
import {defaultSettings} from '../../sandbox/api/settings';
import {SPOILERS} from '../../sandbox/faults/spoil';

const page = readFileSync(`${__dirname}/../../docs/sandbox.md`, 'utf8').replace(/ +/g, ' ');

test.each(Object.entries(noDifferences()))('docs/sandbox.md describes %s and its default', (name, value) => {
  expect(page).toContain(`| \`${name}\` | \`${JSON.stringify(value)}\` | `);
});

test('it names every key and every way to spoil an answer', () => {
  const names = [...defaultSettings().tokens.map(({token}) => token), ...Object.keys(SPOILERS)];
  expect(names.filter((name) => !page.includes(`\`${name}\``))).toEqual([]);
});

test('the settings are plain JSON', () => {
  expect(JSON.parse(JSON.stringify(defaultSettings()))).toEqual(defaultSettings());
});
