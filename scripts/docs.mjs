// Writes docs/streams.md from the schemas in resources/schemas and what stream-notes.mjs says: node scripts/docs.mjs
// With --check it writes nothing, and fails where the file is not what it would write.
import {readFileSync, readdirSync, writeFileSync} from 'node:fs';
import {format, resolveConfig} from 'prettier';
import {joins, leftOut, notes} from './stream-notes.mjs';

const FILE = 'docs/streams.md';
const FOLDER = 'resources/schemas';
/** Columns that no attribute or relationship of Kustomer's is behind. */
const ADDED = {
  conversation_updated_at: "added: the conversation's `updatedAt`",
  'attachments.conversation': 'added: the conversation that it was read from',
  'conversation_times.conversation': '`conversation`, or added: the conversation that it was read from',
  'custom_attributes.id': 'added: `<resource>.<name>`',
  'custom_attributes.resource': 'added: whose attribute it is',
  'custom_attributes.name': "the attribute's key",
};

const schemas = new Map(
  readdirSync(FOLDER).map((file) => [
    file.replace('.json', ''),
    JSON.parse(readFileSync(`${FOLDER}/${file}`, 'utf8')).properties,
  ]),
);

const mainType = ({type}) => [type].flat().find((each) => each !== 'null');
const camel = (column) => column.replace(/_([a-z0-9])/g, (_, next) => next.toUpperCase());

/** `{id, type}`: what a relationship's data is. */
function isReference(column) {
  const names = Object.keys((column.items ?? column).properties ?? {}).sort();
  return names.join() === 'id,type';
}

function typeOf(column) {
  if (column.airbyte_type) return column.airbyte_type;
  const type = mainType(column);
  if (isReference(column)) return type === 'array' ? 'array of references' : 'reference';
  if (type === 'object')
    return column.properties ? `object (${Object.keys(column.properties).length} known)` : 'object';
  return column.items ? `array of ${mainType(column.items)}` : type;
}

function sourceOf(stream, name, column) {
  const added = ADDED[`${stream}.${name}`] ?? ADDED[name];
  if (added) return added;
  if (['id', 'type', 'links'].includes(name)) return `\`${name}\` of the record`;
  if (name.endsWith('_attribute')) return `\`${name.replace('_attribute', '')}\``;
  if (isReference(column)) return `relationship \`${camel(name === 'sla_data' ? 'sla' : name)}\``;
  return `\`${camel(name)}\``;
}

function section({name, about, from, cursor, known, assumed}) {
  const columns = Object.entries(schemas.get(name)).map(
    ([column, schema]) => `| \`${column}\` | ${typeOf(schema)} | ${sourceOf(name, column, schema)} |`,
  );
  return [
    `### \`${name}\``,
    about,
    `Read from ${from}. ${cursor ? `Cursor: \`${cursor}\`.` : 'No cursor: read whole each time.'}`,
    ...(known ? [`Known: ${known}. Assumed: ${assumed}.`] : []),
    ['| Column | Type | In Kustomer |', '| --- | --- | --- |', ...columns].join('\n'),
  ].join('\n\n');
}

function diagram() {
  const arrows = joins.map(([from, column, to, by]) => {
    const schema = schemas.get(from)[column];
    if (!schema || !schemas.has(to)) throw new Error(`no join from ${from}.${column} to ${to}`);
    // The published type of some lists is text: they come as JSON.
    const arrow = mainType(schema) === 'object' ? '}o--o|' : '}o--o{';
    const how = mainType(schema) === 'string' ? ' (a list as JSON text)' : by ? ` = ${by}` : '';
    return `  ${from} ${arrow} ${to} : "${column}${how}"`;
  });
  return ['```mermaid', 'erDiagram', ...arrows, '```'].join('\n');
}

function page() {
  const names = notes.map(({name}) => name);
  const stray = [...schemas.keys()].filter((name) => !names.includes(name));
  if (stray.length > 0) throw new Error(`stream-notes.mjs says nothing of ${stray.join(', ')}`);
  const outline = notes.map(
    ({name, about, cursor}) =>
      `| [\`${name}\`](#${name}) | ${about.split(/(?<=[.])\s/)[0]} | ${cursor ? `\`${cursor}\`` : 'none'} | ${Object.keys(schemas.get(name)).length} |`,
  );
  return [
    '# Streams',
    '<!-- Made by `npm run docs` from resources/schemas and scripts/stream-notes.mjs: change those. -->',
    'The tables that the connector makes, column by column. Every stream has the primary key `id`. What your organization has added under `custom` is not here: the connector asks for it when Airbyte discovers the schema. An attribute that Kustomer sends and no column declares is written all the same, and named in a warning.',
    'A **reference** is an object with `type` and `id`. Columns are in snake_case; the third column has the spelling of the API.',
    ['| Stream | What a row is | Cursor | Columns |', '| --- | --- | --- | --- |', ...outline].join('\n'),
    '## How they join',
    'A column that is a reference has the key at `id`; a list has ids, or references in `messages.shortcuts`. `kobjects.klass` has the name of the klass, not its id. Besides what is shown, `created_by`, `modified_by` and `deleted_by` of all streams point at `users`, and `custom_attributes.name` at the keys of `custom`.',
    diagram(),
    '## Column by column',
    ...notes.map(section),
    '## Left out',
    leftOut.map(([what, why]) => `- **${what}**: ${why}`).join('\n'),
  ].join('\n\n');
}

const text = await format(page(), {...(await resolveConfig(FILE)), filepath: FILE});
if (!process.argv.includes('--check')) writeFileSync(FILE, text);
else if (readFileSync(FILE, 'utf8') !== text) {
  console.error(`${FILE} is not what the schemas say: run "npm run docs".`);
  process.exitCode = 1;
}
