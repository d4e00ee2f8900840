import {readFileSync} from 'node:fs';
import {snakeCase} from '../../src/records/snake-case';
import {connectionOf} from '../fakes/connection';

const page = readFileSync('docs/streams.md', 'utf8');
const streams = connectionOf().connection.streams;

/** The section of a stream: all to the next heading. */
function sectionOf(name: string): string {
  const [, after = ''] = page.split(`\n### \`${name}\`\n`);
  return after.split(/\n##/)[0] ?? '';
}

/** [column, type, what it holds, in Kustomer] of each row of a section's table. */
function columnsOf(name: string): string[][] {
  return sectionOf(name)
    .split('\n')
    .filter((line) => line.startsWith('| `'))
    .map((line) =>
      line
        .split('|')
        .slice(1, -1)
        .map((cell) => cell.trim()),
    );
}

test.each(streams.map((stream) => [stream.name, stream] as const))(
  '%s: its cursor and columns',
  (name, stream) => {
    const section = sectionOf(name);
    const cursor = stream.cursorField;
    expect(section).toContain(
      cursor === undefined ? 'No cursor: read whole each time.' : `Cursor: \`${cursor}\`.`,
    );
    const columns = columnsOf(name).map(([column = '']) => column.replaceAll('`', ''));
    expect(columns.filter((column) => !column.includes('.'))).toEqual(
      Object.keys(stream.schema.properties ?? {}),
    );
  },
);

test('what a column is called in Kustomer gives the column by our rule', () => {
  const spelt = streams
    .flatMap(({name}) => columnsOf(name))
    .filter(([, , , source = '']) => /^`\w+`$/.test(source));
  expect(spelt.length).toBeGreaterThan(300);
  for (const [column = '', , , source = ''] of spelt) {
    const key = source.replaceAll('`', '');
    expect(['id', 'type', 'links'].includes(key) ? `${key}_attribute` : snakeCase(key)).toBe(
      column.replaceAll('`', ''),
    );
  }
});

test.each(streams.map((stream) => [stream.name, stream] as const))(
  '%s: what it is, where it is from, and what is known of it',
  (name, {documentation, source}) => {
    const section = sectionOf(name);
    expect(section).toContain(documentation.about);
    expect(section).toContain(`Read from ${source.full}.`);
    expect(section).toContain(`Documented by Kustomer: ${documentation.documented}.`);
    expect(section.includes('Assumed: ')).toBe(documentation.assumed !== undefined);
    expect(page).toContain(`**${source.way.name}** (`);
  },
);

test('sources have the names that docs/kustomer-api.md gives them', () => {
  const bases = streams.flatMap(({documentation, source}) => [documentation, source.way]);
  for (const {documented} of bases) {
    expect(documented).toMatch(/\((portal: [a-z/-]+|API description|old portal)[;)]/);
  }
});

test('what stays out is said, and why', () => {
  const [, after = ''] = page.split('\n## Left out\n');
  expect(after.match(/^- \*\*[^*]+\*\*: .{40,}/gm)?.length).toBeGreaterThan(3);
});

test('every stream that is drawn is one', () => {
  const [, diagram = ''] = page.split('```mermaid\n');
  const drawn = [...diagram.matchAll(/^ {2}(\w+) \}o--o[|{] (\w+) : "/gm)].flatMap(([, from, to]) => [
    from,
    to,
  ]);
  expect(drawn.length).toBeGreaterThan(30);
  const names = streams.map(({name}) => name);
  expect(drawn.filter((name) => !names.includes(name ?? ''))).toEqual([]);
});
