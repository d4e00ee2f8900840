// Writes what the pages say of streams and options, from the classes in src/streams and from resources/spec.json: npm run docs
// With `-- --check` it writes nothing, names the pages that differ, and exits with 1.
import {readFileSync, writeFileSync} from 'node:fs';
import {build} from 'esbuild';
import {format, resolveConfig} from 'prettier';
import * as tables from './docs-tables.mjs';

const {connectionSpecification: spec} = JSON.parse(readFileSync('resources/spec.json', 'utf8'));
const streams = await loadStreams();

/** Page -> name of a pair of markers in it -> what stands between them. */
const pages = {
  'README.md': {
    'stream groups': tables.streamGroupsTable(streams),
  },
  'docs/configuration.md': {
    options: tables.optionsTable(spec),
  },
  'docs/kustomer.md': {
    roles: tables.rolesTable(streams),
    options: tables.fieldsTable(spec),
    streams: tables.streamsTable(streams),
  },
  'docs/streams.md': {
    outline: tables.outlineTable(streams),
    'ways of reading': tables.waysOfReading(streams),
    joins: tables.joinsDiagram(streams),
    columns: tables.streamSections(streams),
  },
};

const differing = [];
for (const [file, regions] of Object.entries(pages)) {
  const before = readFileSync(file, 'utf8');
  const filled = Object.entries(regions).reduce((page, region) => fill(file, page, region), before);
  const after = await format(filled, {...(await resolveConfig(file)), filepath: file});
  if (after !== before) differing.push([file, after]);
}
if (!process.argv.includes('--check')) {
  for (const [file, text] of differing) writeFileSync(file, text);
} else if (differing.length > 0) {
  const names = differing.map(([file]) => file).join(', ');
  console.error(`not what src/streams and resources/spec.json say, run "npm run docs": ${names}`);
  process.exitCode = 1;
}

/** The streams as the connector has them. Nothing is asked of anybody: they are only looked at. */
async function loadStreams() {
  const {outputFiles} = await build({
    stdin: {contents: "export {allStreams} from './src/streams';", resolveDir: process.cwd(), loader: 'ts'},
    bundle: true,
    write: false,
    platform: 'node',
    format: 'esm',
  });
  const {allStreams} = await import(`data:text/javascript,${encodeURIComponent(outputFiles[0].text)}`);
  return allStreams({client: {}, includeDeleted: true});
}

/** Puts text between a pair of markers. */
function fill(file, page, [name, text]) {
  const begin = `<!-- made by npm run docs: ${name} -->`;
  const end = `<!-- end: ${name} -->`;
  const [before, rest, more] = page.split(begin);
  const [, after, evenMore] = rest?.split(end) ?? [];
  if (after === undefined || more !== undefined || evenMore !== undefined) {
    throw new Error(`${file} has not one pair of "${begin}" and "${end}"`);
  }
  return `${before}${begin}\n\n${text}\n\n${end}${after}`;
}
