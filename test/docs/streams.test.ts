import {spawnSync} from 'node:child_process';
import {cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join, resolve} from 'node:path';
import {snakeCase} from '../../src/records/snake-case';
import {connectionOf} from '../fakes/connection';

const page = readFileSync('docs/streams.md', 'utf8');
const streams = connectionOf().connection.streams;

/** The section of a stream: all to the next heading. */
function sectionOf(name: string): string {
  const [, after = ''] = page.split(`\n### \`${name}\`\n`);
  return after.split(/\n##/)[0] ?? '';
}

/** [column, type, in Kustomer] of each row of a section's table. */
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

function check(folder: string): {status: number | null; stderr: string} {
  return spawnSync(process.execPath, ['scripts/docs.mjs', '--check'], {cwd: folder, encoding: 'utf8'});
}

test('is what the schemas say', () => {
  expect(check('.')).toMatchObject({status: 0, stderr: ''});
});

test('is found to be old when a column is new', () => {
  const folder = mkdtempSync(join(tmpdir(), 'docs-'));
  for (const part of ['scripts', 'resources', 'docs', 'package.json', '.prettierrc.json'])
    cpSync(part, join(folder, part), {recursive: true});
  symlinkSync(resolve('node_modules'), join(folder, 'node_modules'));
  expect(check(folder).status).toBe(0);
  const file = join(folder, 'resources/schemas/tags.json');
  const schema = JSON.parse(readFileSync(file, 'utf8')) as {properties: Record<string, unknown>};
  schema.properties['brand_new'] = {type: ['null', 'string']};
  writeFileSync(file, JSON.stringify(schema));
  expect(check(folder)).toMatchObject({status: 1, stderr: expect.stringContaining('npm run docs') as string});
  rmSync(folder, {recursive: true});
});

test.each(streams.map((stream) => [stream.name, stream] as const))(
  '%s: its cursor and columns',
  (name, stream) => {
    const section = sectionOf(name);
    const cursor = stream.cursorField;
    expect(section).toContain(
      cursor === undefined ? 'No cursor: read whole each time.' : `Cursor: \`${cursor}\`.`,
    );
    const columns = columnsOf(name).map(([column = '']) => column.replaceAll('`', ''));
    expect(columns).toEqual(Object.keys(stream.schema.properties ?? {}));
  },
);

test('what a column is called in Kustomer gives the column by our rule', () => {
  const spelt = streams
    .flatMap(({name}) => columnsOf(name))
    .filter(([, , source = '']) => /^`\w+`$/.test(source));
  expect(spelt.length).toBeGreaterThan(300);
  for (const [column = '', , source = ''] of spelt) {
    const key = source.replaceAll('`', '');
    expect(['id', 'type', 'links'].includes(key) ? `${key}_attribute` : snakeCase(key)).toBe(
      column.replaceAll('`', ''),
    );
  }
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
