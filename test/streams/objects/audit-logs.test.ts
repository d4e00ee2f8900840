import fc from 'fast-check';
import type {Settings} from '../../../sandbox/api/settings';
import {expiryOf} from '../../../sandbox/world/bodies/audit';
import {Maker} from '../../../sandbox/world/bodies/maker';
import {type NewRow, createWorld, worldOf} from '../../../sandbox/world/world';
import {type TestConnection, NOW, connectionOf} from '../../fakes/connection';
import {errorsOf, lastStates, logsOf, outcomeOf, rowsOf, statesOf} from '../../support/messages';
import {SchemaCheck} from '../../support/protocol';
import {readStream, streamOf} from '../../support/read-stream';
import {expectSame} from '../../support/truth';

const DAY = 86_400_000;
const NAME = 'audit_logs';

type Messages = Awaited<ReturnType<typeof readStream>>;

function office(settings: Partial<Settings> = {}, config: Record<string, unknown> = {}): TestConnection {
  const sizes = {audit_logs: 1200, users: 5, conversations: 5};
  return connectionOf({world: createWorld({seed: 7, now: NOW, sizes, historyDays: 500}), settings, config});
}

function officeOf(
  rows: readonly NewRow[],
  settings: Partial<Settings> = {},
  config: Record<string, unknown> = {},
): TestConnection {
  return connectionOf({world: worldOf(rows), settings, config: {start_date: '2024-04-01', ...config}});
}

function entryAt(at: number, id: string, lagMs?: number): NewRow {
  return {object: NAME, id, createdAt: at, updatedAt: at, ...(lagMs !== undefined && {lagMs})};
}

/** `id createdAt` of all that has not expired. */
function truth({world}: TestConnection, from = 0): string[] {
  return [...world.table(NAME).rows()]
    .filter((row) => expiryOf(new Maker(world, NAME, row)) > NOW && row.createdAt >= from)
    .map(({id, createdAt}) => `${id} ${new Date(createdAt).toISOString()}`)
    .sort();
}

function found(messages: Messages): string[] {
  return rowsOf(messages, NAME)
    .map((row) => `${String(row['id'])} ${String(row['created_at'])}`)
    .sort();
}

function stateOf(messages: Messages): unknown {
  return lastStates(messages)[0]?.stream.stream_state;
}

test('all entries that Kustomer still keeps come once, with nothing unknown', async () => {
  const some = office();
  const messages = await readStream(some, NAME);
  expectSame(found(messages), truth(some), NAME);
  expect(truth(some).length).toBeGreaterThan(200);
  expect(truth(some).length).toBeLessThan(1200);
  const {schema, ...stream} = streamOf(some, NAME);
  new SchemaCheck([{...stream, json_schema: schema} as never]).expectValid(messages);
  expect(logsOf(messages, 'WARN')).toEqual([expect.stringMatching(/for 90 days and others for 12 months/)]);
  expect(some.api.stats.total).toBeLessThan(30);
  const system = rowsOf(messages, NAME).find((row) => row['user_id'] === null);
  expect(system).toMatchObject({user_type: 'system', user: {type: 'user', id: null}});
});

test('the next read gives what is new, and what its lookback asks for again', async () => {
  const some = office();
  const state = stateOf(await readStream(some, NAME));
  expect(state).toEqual({updated_at: new Date(NOW).toISOString()});
  some.world.insert(entryAt(NOW - 5 * 60_000, 'late'));
  const again = await readStream(some, NAME, 'incremental', state);
  expectSame(found(again), truth(some, NOW - 10 * 60_000), 'again');
  expect(found(again).join()).toContain('late');
  expect(logsOf(again, 'WARN')).toEqual([]);
});

describe.each<[string, Partial<Settings>]>([
  ['serves 7 entries at most', {auditPage: 7}],
  ['serves 100 at most, and links to no next page', {auditPage: 100, listNext: 'never'}],
  ['serves 10 at most, and has no links at all', {auditPage: 10, listLinks: false, listMeta: false}],
  ['refuses more than 100', {auditPage: 100, largerPages: 'refused'}],
  ['takes no notice of filter[start]', {auditFilters: 'end only'}],
  ['takes no notice of filter[start], and serves 50', {auditFilters: 'end only', auditPage: 50}],
  ['takes no notice of any filter', {auditFilters: 'ignored'}],
  ['takes no notice of any filter, and serves 50', {auditFilters: 'ignored', auditPage: 50}],
  ['leaves out what is at the bounds', {auditBounds: 'excluded'}],
  ['leaves out links.next on the last page', {nextLinks: 'absent'}],
])('a Kustomer that %s', (_, settings) => {
  test('is read whole, each entry once', async () => {
    const some = office(settings);
    const messages = await readStream(some, NAME);
    expect(outcomeOf(messages, NAME)).toBe('COMPLETE');
    expectSame(found(messages), truth(some), NAME);
  });
});

test('whatever instants entries share, at the borders of windows too, each comes once', async () => {
  const start = Date.UTC(2024, 3, 1);
  // Windows of one day, two, four, …: their borders are ends of whole days here.
  const near = fc.tuple(fc.nat(40), fc.integer({min: -2, max: 2})).map(([day, ms]) => start + day * DAY + ms);
  const instants = fc.array(fc.oneof(near, fc.integer({min: start, max: NOW})), {maxLength: 40});
  const settings = fc.record({
    auditPage: fc.integer({min: 2, max: 20}),
    auditBounds: fc.constantFrom('included' as const, 'excluded' as const),
    auditFilters: fc.constantFrom('heeded' as const, 'end only' as const, 'ignored' as const),
    listNext: fc.constantFrom('sent' as const, 'never' as const),
  });
  await fc.assert(
    fc.asyncProperty(instants, settings, async (times, differences) => {
      const rows = times.map((at, index) => entryAt(at, `entry-${String(index).padStart(3, '0')}`));
      const some = officeOf(rows, differences);
      const messages = await readStream(some, NAME, 'full_refresh');
      expectSame(found(messages), truth(some, start), NAME);
    }),
    {numRuns: 60, seed: 1},
  );
});

test('entries that are added meanwhile come with this read or the next', async () => {
  const rows = Array.from({length: 60}, (_, at) => entryAt(NOW - at * DAY, `old-${at}`));
  const some = officeOf(rows, {auditPage: 5});
  let added = 0;
  some.api.faults.hook = () => {
    for (let more = 0; more < 3 && added < 40; more++) {
      some.world.insert(entryAt(NOW - (added % 10) * 50_000, `new-${added++}`));
    }
    return undefined;
  };
  const first = await readStream(some, NAME);
  const second = await readStream(some, NAME, 'incremental', stateOf(first));
  expect(added).toBe(40);
  const both = [...new Set([...found(first), ...found(second)])].sort();
  expectSame(both, truth(some, Date.UTC(2024, 3, 1)), 'both reads');
  expect(new Set(found(first)).size).toBe(found(first).length);
});

test.each(['incremental', 'full_refresh'] as const)(
  'a read that breaks off goes on from the last window that was done (%s)',
  async (mode) => {
    const some = office({auditPage: 40});
    some.api.faults.add({kind: 'status', status: 401, match: {path: '/v1/audit-logs', nth: 12}, times: -1});
    const broken = await readStream(some, NAME, mode);
    expect(outcomeOf(broken, NAME)).toBe('INCOMPLETE');
    const state = stateOf(broken) as {updated_at: string};
    expect(Date.parse(state.updated_at)).toBeGreaterThan(NOW - 400 * DAY);
    some.api.faults.set([]);
    const asked: string[] = [];
    some.api.faults.hook = ({query}) => void asked.push(query['filter[start]'] ?? '');
    const rest = await readStream(some, NAME, mode, state);
    expect(outcomeOf(rest, NAME)).toBe('COMPLETE');
    expect(Math.min(...asked.map(Date.parse))).toBeGreaterThan(Date.parse(state.updated_at) - 3_600_000);
    expectSame([...new Set([...found(broken), ...found(rest)])].sort(), truth(some), 'both reads');
  },
);

test('a state never goes back behind what an earlier one promised', async () => {
  const some = office();
  const promised = new Date(NOW - 30 * DAY).toISOString();
  some.api.faults.add({kind: 'status', status: 401, match: {path: '/v1/audit-logs'}, times: -1});
  const messages = await readStream(some, NAME, 'incremental', {updated_at: promised});
  expect(statesOf(messages).map(({stream}) => stream.stream_state)).toEqual([{updated_at: promised}]);
});

test('an entry without a usable time comes once, whatever the windows', async () => {
  const body = {type: 'audit_log', id: 'odd', attributes: {eventName: 'kustomer.odd.create'}};
  const odd: NewRow = {...entryAt(NOW - 20 * DAY, 'odd'), body};
  const some = officeOf([...Array.from({length: 30}, (_, at) => entryAt(NOW - at * DAY, `e-${at}`)), odd], {
    auditFilters: 'ignored',
    auditPage: 4,
  });
  const messages = await readStream(some, NAME);
  expect(rowsOf(messages, NAME).filter(({id}) => id === 'odd')).toHaveLength(1);
});

test('an end date holds', async () => {
  const some = officeOf(
    [1, 5, 20].map((days) => entryAt(NOW - days * DAY, `e-${days}`)),
    {},
    {
      end_date: new Date(NOW - 3 * DAY).toISOString().replace('.000Z', 'Z'),
    },
  );
  expect(
    rowsOf(await readStream(some, NAME), NAME)
      .map(({id}) => id)
      .sort(),
  ).toEqual(['e-20', 'e-5']);
});

test('a missing role fails the stream, and is named', async () => {
  const some = connectionOf({
    settings: {tokens: [{token: 'sandbox-token', roles: ['org.permission.user.read']}]},
  });
  const messages = await readStream(some, NAME);
  expect(outcomeOf(messages, NAME)).toBe('INCOMPLETE');
  expect(errorsOf(messages)[0]?.message).toContain('org.permission.audit_logs.read');
});

test('a sample is one request', async () => {
  const some = office();
  expect(await streamOf(some, NAME).sample(1)).toHaveLength(1);
  expect(some.api.stats.total).toBe(1);
});
