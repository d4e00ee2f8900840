import type {NewRow} from '../../../sandbox/world/world';
import type {RefusalRule} from '../../../sandbox/api/refusals';
import type {Settings} from '../../../sandbox/api/settings';
import {createWorld, worldOf} from '../../../sandbox/world/world';
import {NOW, connectionOf} from '../../fakes/connection';
import {lastStates, logsOf, outcomeOf, rowsOf} from '../../support/messages';
import {SchemaCheck} from '../../support/protocol';
import {readStream, streamOf} from '../../support/read-stream';
import {expectSame, foundOf} from '../../support/truth';

const DAY = 86_400_000;

/** Three years of companies, so that the archive is needed. */
function office(config: Record<string, unknown> = {}, settings: Partial<Settings> = {}) {
  const world = createWorld({seed: 5, now: NOW, sizes: {companies: 900, users: 5, tags: 5}});
  return connectionOf({world, settings, config: {page_size: 50, start_date: '2015-01-01', ...config}});
}

function truth({world}: ReturnType<typeof office>, from = 0, includeDeleted = true): string[] {
  return world
    .truth('companies', {from, includeDeleted})
    .map(({id, updatedAt}) => `${id} ${new Date(updatedAt).toISOString()}`)
    .sort();
}

test('all companies come, the archived and the deleted among them', async () => {
  const some = office();
  const messages = await readStream(some, 'companies', 'full_refresh');
  expectSame(foundOf(messages, 'companies'), truth(some), 'companies');
  expect(truth(some).length).toBe(900);
  const rows = rowsOf(messages, 'companies');
  expect(rows.some(({deleted}) => deleted === true)).toBe(true);
  expect(rows.some((row) => Date.parse(String(row['updated_at'])) < NOW - 740 * DAY)).toBe(true);
  const {schema, ...stream} = streamOf(some, 'companies');
  new SchemaCheck([{...stream, json_schema: schema} as never]).expectValid(messages);
  expect(logsOf(messages, 'WARN')).toEqual([]);
  expect(rows.some(({emails}) => JSON.stringify(emails).includes('"email":"office@company'))).toBe(true);
});

test('later only those that changed', async () => {
  const some = office({lookback_minutes: 0});
  const [state] = lastStates(await readStream(some, 'companies'));
  const at = NOW + 5 * DAY;
  some.world.update('companies', some.world.truth('companies', {includeDeleted: false})[0]?.id ?? '', {at});
  await some.clock.sleep(10 * DAY);
  const messages = await readStream(some, 'companies', 'incremental', state?.stream.stream_state);
  expectSame(foundOf(messages, 'companies'), truth(some, at), 'companies');
  expect(rowsOf(messages, 'companies')).toHaveLength(1);
});

test('a Kustomer that does not sort companies fails the stream, and skips nothing in silence', async () => {
  const rows = Array.from({length: 60}, (_, at): NewRow => {
    const updatedAt = NOW - DAY - at * 1000;
    return {object: 'companies', id: `company-${at}`, createdAt: updatedAt, updatedAt};
  });
  const some = connectionOf({world: worldOf(rows), config: {page_size: 25}});
  some.api.faults.add({kind: 'outOfOrder', match: {context: 'company'}, times: -1});
  const messages = await readStream(some, 'companies');
  expect(outcomeOf(messages, 'companies')).toBe('INCOMPLETE');
});

const REFUSALS: Readonly<Record<string, Partial<Settings>>> = {
  'its sort': {refusedAttributes: ['company_updated_at']},
  'the context': {refusals: [{of: 'search', names: ['company'], status: 403}]},
  'the address': {refusals: [{of: 'search', names: ['company'], status: 404}]},
};

test.each(Object.keys(REFUSALS))(
  'where search refuses %s, companies are listed, and that is said',
  async (what) => {
    const some = office({lookback_minutes: 0}, REFUSALS[what]);
    const first = await readStream(some, 'companies');
    expect(outcomeOf(first, 'companies')).toBe('COMPLETE');
    expectSame(foundOf(first, 'companies'), truth(some, 0, false), 'companies');
    expect(logsOf(first, 'WARN').join()).toMatch(
      /refuses to search for them .*GET \/v1\/companies.*deleted companies are missing/,
    );
    expect(some.api.stats.requests['POST /v1/customers/archive/search company']).toBeUndefined();

    const at = NOW + 5 * DAY;
    some.world.update('companies', some.world.truth('companies', {includeDeleted: false})[0]?.id ?? '', {at});
    await some.clock.sleep(10 * DAY);
    const [state] = lastStates(first);
    const second = await readStream(some, 'companies', 'incremental', state?.stream.stream_state);
    expectSame(foundOf(second, 'companies'), truth(some, at, false), 'companies');
  },
);

test('a state of search stays valid for the list and back, and the deleted ones are not forgotten', async () => {
  const some = office({lookback_minutes: 0});
  const first = await readStream(some, 'companies');
  await some.clock.sleep(10 * DAY);
  const ids = some.world.truth('companies', {includeDeleted: false}).map(({id}) => id);
  some.world.update('companies', ids[0] ?? '', {at: NOW + DAY});
  some.world.delete('companies', ids[1] ?? '', {at: NOW + DAY});
  Object.assign(some.api.settings, REFUSALS['its sort']);
  const listed = await readStream(
    some,
    'companies',
    'incremental',
    lastStates(first)[0]?.stream.stream_state,
  );
  expect(rowsOf(listed, 'companies').map(({id}) => id)).toEqual([ids[0]]);
  some.api.settings.refusedAttributes = [];
  const back = await readStream(some, 'companies', 'incremental', lastStates(listed)[0]?.stream.stream_state);
  expect(rowsOf(back, 'companies').map(({id}) => id)).toContain(ids[1]);
  expect(lastStates(back)[0]?.stream.stream_state).not.toHaveProperty('without_deleted');
});

test('where neither is granted, the stream fails by the refusal of search; a sample goes either way', async () => {
  const search: RefusalRule = {of: 'search', names: ['company'], status: 403};
  const list: RefusalRule = {of: 'lists', names: ['companies'], status: 403};
  const some = office({}, {refusals: [search, list]});
  const messages = await readStream(some, 'companies');
  expect(outcomeOf(messages, 'companies')).toBe('INCOMPLETE');
  expect(JSON.stringify(messages)).toMatch(/refuses POST \/v1\/customers\/search \(company\) \(403\)/);
  await expect(streamOf(some, 'companies').sample(1)).rejects.toThrow('403');
  some.api.settings.refusals = [search];
  await expect(streamOf(some, 'companies').sample(1)).resolves.toHaveLength(1);
});
