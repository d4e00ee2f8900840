// Writes what the acceptance suite's configuration names in integration_tests, from what the connector discovers and reads in the sandbox
// of integration_tests/sandbox.json: npm run expected
// With `-- --check` it writes nothing, names the files that differ, and exits with 1.
import {spawn, spawnSync} from 'node:child_process';
import {mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {createInterface} from 'node:readline';
import {format, resolveConfig} from 'prettier';

const FOLDER = 'integration_tests';
/** What any state of the future holds. */
const FUTURE = '2999-12-31T00:00:00.000Z';
/** Some time has to stand there: the suite does not compare it. */
const EMITTED_AT = Date.parse('2026-11-01T00:00:00Z');
const MAX_OUTPUT_BYTES = 1 << 28;

/** The limits are not what this is about. They differ, since a client may take two equal ones for one. */
const LIMITS = {'requests-per-minute': 1_000_000, 'searches-per-minute': 900_000};

const {options, settings} = JSON.parse(readFileSync(`${FOLDER}/sandbox.json`, 'utf8'));
const args = Object.entries({...options, ...LIMITS}).flatMap(([name, value]) => [`--${name}`, String(value)]);
const byHand = new Set(
  readFileSync(`${FOLDER}/records.jsonl`, 'utf8')
    .split('\n')
    .filter((line) => line)
    .map((line) => JSON.parse(line).id),
);

const folder = mkdtempSync(join(tmpdir(), 'expected-'));
const sandbox = spawn(process.execPath, ['dist/sandbox.js', ...args], {stdio: ['ignore', 'pipe', 'inherit']});
try {
  const files = await filesOf(await addressOf(sandbox));
  const differing = Object.entries(files).filter(
    ([name, text]) => readFileSync(`${FOLDER}/${name}`, 'utf8') !== text,
  );
  if (!process.argv.includes('--check')) {
    for (const [name, text] of differing) writeFileSync(`${FOLDER}/${name}`, text);
  } else if (differing.length > 0) {
    console.error(
      `not what the connector reads, run "npm run expected": ${differing.map(([name]) => name).join(', ')}`,
    );
    process.exitCode = 1;
  }
} finally {
  sandbox.kill();
  rmSync(folder, {recursive: true});
}

/** The sandbox's address, once it listens and has its settings. */
async function addressOf({stdout}) {
  for await (const line of createInterface({input: stdout})) {
    const {url} = JSON.parse(line);
    await fetch(`${url}/sandbox/settings`, {method: 'POST', body: JSON.stringify(settings)});
    return url;
  }
  throw new Error('the sandbox did not start');
}

/** Name -> text of each file. */
async function filesOf(url) {
  const config = {api_token: 'sandbox-token', start_date: '2015-01-01', base_url: url};
  const [{catalog}] = run('discover', {config}).filter(({type}) => type === 'CATALOG');
  const full = {streams: catalog.streams.map((stream) => configured(stream, 'full_refresh'))};
  const records = run('read', {config, catalog: full})
    .filter(({type}) => type === 'RECORD')
    .map(({record: {stream, data}}) => ({stream, data, emitted_at: EMITTED_AT}));
  const incremental = catalog.streams.filter((stream) => stream.default_cursor_field?.length > 0);
  const withoutSchemas = incremental.map((stream) => configured({...stream, json_schema: {}}, 'incremental'));
  return {
    'expected_records.jsonl': expected(records)
      .map((record) => `${JSON.stringify(record)}\n`)
      .join(''),
    'configured_catalog.json': await pretty({streams: withoutSchemas}),
    'abnormal_state.json': await pretty(incremental.map(futureState)),
  };
}

/** The messages of a command; throws if it fails. */
function run(command, inputs) {
  const options = Object.entries(inputs).flatMap(([name, json]) => {
    const file = join(folder, `${name}.json`);
    writeFileSync(file, JSON.stringify(json));
    return [`--${name}`, file];
  });
  const {status, stdout} = spawnSync('bin/source-kustomer', [command, ...options], {
    encoding: 'utf8',
    maxBuffer: MAX_OUTPUT_BYTES,
  });
  if (status !== 0) throw new Error(`${command} failed: ${stdout.slice(-2000)}`);
  return stdout
    .split('\n')
    .filter((line) => line)
    .map((line) => JSON.parse(line));
}

/** All records that records.jsonl has by hand, and the first of each other stream. */
function expected(records) {
  const sorted = records.sort((a, b) => (`${a.stream} ${a.data.id}` < `${b.stream} ${b.data.id}` ? -1 : 1));
  const isByHand = ({data}) => byHand.has(data.id);
  const streamsByHand = new Set(sorted.filter(isByHand).map(({stream}) => stream));
  return sorted.filter(
    (record, at) =>
      isByHand(record) || (!streamsByHand.has(record.stream) && sorted[at - 1]?.stream !== record.stream),
  );
}

function configured(stream, sync_mode) {
  return {
    stream,
    sync_mode,
    cursor_field: stream.default_cursor_field,
    primary_key: stream.source_defined_primary_key,
    destination_sync_mode: sync_mode === 'incremental' ? 'append_dedup' : 'overwrite',
  };
}

/** The suite looks for the cursor's own name, the connector for `updated_at`. */
function futureState({name, default_cursor_field: [cursor]}) {
  return {
    type: 'STREAM',
    stream: {stream_descriptor: {name}, stream_state: {updated_at: FUTURE, [cursor]: FUTURE}},
  };
}

async function pretty(json) {
  return format(JSON.stringify(json), {...(await resolveConfig(FOLDER)), parser: 'json'});
}
