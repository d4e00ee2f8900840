import {mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {createApi} from '../../sandbox/api/api';
import {UNLIMITED} from '../../sandbox/api/settings';
import {type World, createWorld} from '../../sandbox/world/world';
import {transportOf} from '../fakes/api-transport';
import {SpoilingTransport} from '../fakes/spoiling-transport';
import type {CatalogStream} from '../support/capture';
import {runHere} from '../support/in-process';
import {errorsOf, outcomeOf, rowsOf} from '../support/messages';
import {SchemaCheck, expectProtocol} from '../support/protocol';
import {dice} from '../model/stage';

const RUNS = process.env['FULL_TESTS'] === 'yes' ? 500 : 40;
const STREAMS = ['conversations', 'messages', 'notes', 'customers', 'users', 'tags'] as const;
const TOKEN = 'eyJhbGciOiJIUzI1NiJ9.aW52ZW50ZWQtZm9yLXRoaXMtdGVzdA.Zm9yLW5vLW90aGVyLXVzZQ';
/** No more of the key than this may be shown in a row: characters. */
const SHOWN_AT_MOST = 7;
/** When history ends, by the clock that `runHere` has. */
const NOW = Date.UTC(2024, 5, 1);
const FAILURE_TYPES = ['config_error', 'system_error', 'transient_error'];

jest.setTimeout(600_000);

const folder = mkdtempSync(join(tmpdir(), 'fuzz-'));
afterAll(() => rmSync(folder, {recursive: true, force: true}));

function file(name: string, content: unknown): string {
  const path = join(folder, name);
  writeFileSync(path, JSON.stringify(content));
  return path;
}

const world: World = createWorld({
  seed: 3,
  now: NOW - 86_400_000,
  historyDays: 300,
  sizes: {
    conversations: 40,
    messages: 70,
    notes: 20,
    customers: 30,
    users: 12,
    tags: 8,
    teams: 3,
    shortcuts: 3,
  },
});
const api = createApi(world, {...UNLIMITED, tokens: [{token: TOKEN, roles: ['org']}]});
const kustomer = transportOf(api, () => NOW, TOKEN);
const config = file('config.json', {
  api_token: TOKEN,
  start_date: '2023-01-01',
  page_size: 25,
  concurrency: 3,
});

/** Parts of the key that are too long to be shown by chance. */
const parts = Array.from({length: TOKEN.length - SHOWN_AT_MOST}, (_, at) =>
  TOKEN.slice(at, at + SHOWN_AT_MOST + 1),
);

async function discovered(): Promise<readonly CatalogStream[]> {
  const {messages} = await runHere(['discover', '--config', config], kustomer);
  return messages.flatMap(({catalog}) => catalog?.streams ?? []);
}

test(`of ${RUNS} reads whose answers are changed at random, each is whole or fails with a sentence, in valid messages`, async () => {
  const all = await discovered();
  const catalog = file('catalog.json', {
    streams: all
      .filter(({name}) => (STREAMS as readonly string[]).includes(name))
      .map((stream) => ({stream, sync_mode: 'full_refresh', destination_sync_mode: 'append'})),
  });
  const schemas = new SchemaCheck(all);
  const counts = {runs: 0, spoilt: 0, failed: 0, records: 0};
  for (let run = 0; run < RUNS; run++) {
    const seed = Number(process.env['FUZZ_SEED'] ?? Math.floor(Math.random() * 2 ** 31));
    const roll = dice(seed);
    const transport = new SpoilingTransport(kustomer, roll, 2 + roll(6), TOKEN);
    const {code, messages, text} = await runHere(
      ['read', '--config', config, '--catalog', catalog],
      transport,
    );
    const what = `FUZZ_SEED=${seed}`;
    expectProtocol(messages, STREAMS);
    schemas.expectTypes(messages);
    expect([what, parts.filter((part) => text.includes(part))]).toEqual([what, []]);
    for (const {message, failure_type: type} of errorsOf(messages)) {
      expect([what, message]).toEqual([what, expect.stringMatching(/^[A-Z].{20,}[.!)]$/s)]);
      expect([what, message]).not.toEqual([what, expect.stringContaining('defect')]);
      expect(FAILURE_TYPES).toContain(type);
    }
    const failed = STREAMS.filter((stream) => outcomeOf(messages, stream) !== 'COMPLETE');
    expect([what, code]).toEqual([what, failed.length > 0 ? 1 : 0]);
    const short = STREAMS.filter((stream) => !failed.includes(stream)).flatMap((stream) => {
      const found = new Set(rowsOf(messages, stream).map(({id}) => id));
      return world
        .truth(stream)
        .filter(({id}) => !found.has(id) && !transport.tainted.has(id))
        .map(({id}) => `${stream}/${id}`);
    });
    expect([what, short]).toEqual([what, []]);
    counts.runs += 1;
    counts.spoilt += transport.spoilt;
    counts.failed += failed.length;
    counts.records += messages.filter(({record}) => record).length;
  }
  console.log(
    Object.entries(counts)
      .map(([name, count]) => `${count} ${name}`)
      .join(', '),
  );
});
