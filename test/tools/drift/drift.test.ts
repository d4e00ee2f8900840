import {UNLIMITED} from '../../../sandbox/api/settings';
import {spawnSync} from 'node:child_process';
import {mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {examine} from '../../../tools/drift/examine';
import {MOST_REQUESTS, connectLimited} from '../../../tools/drift/limited';
import {reportOf} from '../../../tools/drift/report';
import {createApi} from '../../../sandbox/api/api';
import {sizesOf} from '../../../sandbox/server/options';
import {createWorld, type World} from '../../../sandbox/world/world';
import {readConfig} from '../../../src/config';
import {explain} from '../../../src/error-messages';
import {transportOf} from '../../fakes/api-transport';
import {SleeplessClock} from '../../fakes/sleepless-clock';
import {NOW} from '../../fakes/connection';

const SECRETS = ['sandbox-token', 'very private'];

/** The account of a world, with what its drift finds. */
async function drift(
  world: World,
  prepare: (api: ReturnType<typeof createApi>) => void = () => undefined,
  token = 'sandbox-token',
) {
  const api = createApi(world, UNLIMITED);
  prepare(api);
  const clock = new SleeplessClock(NOW);
  const connection = connectLimited(
    readConfig({api_token: token, start_date: '2020-01-01'}),
    {
      clock,
      random: () => 0.5,
      version: 'test',
      backpressure: () => Promise.resolve(),
      transport: transportOf(api, () => clock.now(), token),
    },
    () => undefined,
  );
  const examined = await examine(connection, explain);
  return {examined, api, report: reportOf(examined, connection.client.counts.requests)};
}

function worldOfSome(): World {
  return createWorld({seed: 4, now: NOW, sizes: sizesOf(3000)});
}

test('looks at every stream, reads only, and asks little', async () => {
  const {examined, api, report} = await drift(worldOfSome());
  expect(examined.length).toBeGreaterThan(18);
  expect(examined.filter(({problem}) => problem)).toEqual([]);
  // Few parents are asked for what hangs on them, and those may have nothing.
  const empty = examined.filter(({comparison}) => (comparison?.records ?? 0) === 0).map(({stream}) => stream);
  expect(
    empty.filter((name) => !['attachments', 'conversation_times', 'customer_merges'].includes(name)),
  ).toEqual([]);
  expect(api.stats.total).toBeLessThanOrEqual(MOST_REQUESTS);
  const asked = Object.keys(api.stats.requests);
  expect(asked.filter((name) => !/^(GET |POST \/v1\/customers\/search )/.test(name))).toEqual([]);
  // The published type of these is text, though lists and numbers come.
  expect(report).toMatch(/^conversations +satisfaction +string +integer +\d+ of \d+ +cast$/m);
  expect(report).not.toMatch(/not declared|null$/m);
});

test('shows what has drifted, by name and type, and nothing that a record says', async () => {
  const world = worldOfSome();
  const attributes = {
    name: 'very private',
    createdAt: '2024-05-01T00:00:00.000Z',
    updatedAt: 'very private',
    rev: 'very private',
    inventedStr: 'very private',
  };
  for (const tag of world.truth('tags')) world.remove('tags', tag.id);
  const body = {type: 'tag', id: 't1', attributes, relationships: {}};
  world.insert({object: 'tags', id: 't1', createdAt: NOW - 1000, updatedAt: NOW - 1000, body});
  const {report} = await drift(world);
  expect(report).toMatch(/^tags +inventedStr +not declared +string +1 of 1 +kept$/m);
  expect(report).toMatch(/^tags +updated_at +timestamp +string +1 of 1 +null$/m);
  expect(report).toMatch(/^ {2}tags: .*color/m);
  for (const secret of SECRETS) expect(report).not.toContain(secret);
});

test('goes on where a role is missing, and says so', async () => {
  const {report, examined} = await drift(worldOfSome(), undefined, 'sandbox-search-only');
  expect(examined.find(({stream}) => stream === 'tags')?.problem).toMatch(/org\.permission\.tag\.read/);
  expect(examined.find(({stream}) => stream === 'notes')?.comparison?.records).toBeGreaterThan(0);
  expect(report).toContain('Streams that were not looked at:');
});

test('never asks more than it may, whatever fails', async () => {
  const {api, examined} = await drift(worldOfSome(), ({faults}) =>
    faults.set([{kind: 'status', status: 500, times: -1}]),
  );
  expect(api.stats.total).toBeLessThanOrEqual(MOST_REQUESTS);
  expect(api.stats.total).toBeGreaterThan(20);
  expect(examined.every(({problem}) => problem)).toBe(true);
});

test('the program says in a sentence what is wrong with what it is given', () => {
  const folder = mkdtempSync(join(tmpdir(), 'drift-'));
  const file = join(folder, 'config.json');
  writeFileSync(file, JSON.stringify({api_token: 'very private', start_date: 'soon'}));
  const {status, stdout, stderr} = spawnSync(process.execPath, ['dist/drift.js', '--config', file], {
    encoding: 'utf8',
  });
  expect([status, stdout]).toEqual([1, '']);
  expect(stderr).toMatch(
    /^The configuration is not right: .*"start_date" must be a date.*"api_token" must be/,
  );
  expect(stderr).not.toContain('very private');
  rmSync(folder, {recursive: true});
});
