import type {Settings} from '../../../sandbox/api/settings';
import {truthOfWork, WorkIndex} from '../../../sandbox/world/work';
import {createWorld} from '../../../sandbox/world/world';
import {NOW, type TestConnection, connectionOf} from '../../fakes/connection';
import {lastStates, logsOf, outcomeOf, rowsOf} from '../../support/messages';
import {SchemaCheck} from '../../support/protocol';
import {readStream, streamOf} from '../../support/read-stream';
import {expectSame, foundOf} from '../../support/truth';

const DAY = 86_400_000;
const HORIZON = NOW - 730 * DAY;
const STREAMS = ['work_items', 'work_sessions'] as const;
type WorkStream = (typeof STREAMS)[number];
const NO_UPDATES: Partial<Settings> = {refusedAttributes: ['work_item_updated_at']};

/** Three years of work. */
function office(config: Record<string, unknown> = {}, settings: Partial<Settings> = {}): TestConnection {
  const sizes = {conversations: 900, users: 12, teams: 3, messages: 50, customers: 20};
  const world = createWorld({seed: 5, now: NOW, sizes});
  return connectionOf({world, settings, config: {page_size: 50, start_date: '2015-01-01', ...config}});
}

/** What a read of a range should give. */
function truth({world}: TestConnection, stream: WorkStream, from = HORIZON): string[] {
  return truthOfWork(world, stream, {from})
    .map(({id, updatedAt}) => `${id} ${new Date(updatedAt).toISOString()}`)
    .sort();
}

function idsOf(rows: readonly Record<string, unknown>[]): string[] {
  return rows.map(({id}) => String(id)).sort();
}

test.each(STREAMS)('%s of two years come once each, and that there is no archive is said', async (name) => {
  const some = office();
  const messages = await readStream(some, name, 'full_refresh');
  expectSame(foundOf(messages, name), truth(some, name), name);
  expect(truth(some, name).length).toBeGreaterThan(200);
  expect(truth(some, name).length).toBeLessThan(truth(some, name, 0).length);
  const {schema, ...stream} = streamOf(some, name);
  new SchemaCheck([{...stream, json_schema: schema} as never]).expectValid(messages);
  expect(logsOf(messages, 'WARN')).toEqual([
    expect.stringMatching(/Kustomer keeps no archive of these/) as string,
  ]);
});

test.each(STREAMS)('%s: later only what has changed', async (name) => {
  const some = office({lookback_minutes: 0});
  const [state] = lastStates(await readStream(some, name));
  const at = NOW + 5 * DAY;
  for (const {id} of some.world.truth('conversations', {includeDeleted: false}).slice(-20)) {
    some.world.update('conversations', id, {at});
  }
  await some.clock.sleep(10 * DAY);
  const messages = await readStream(some, name, 'incremental', state?.stream.stream_state);
  expectSame(foundOf(messages, name), truth(some, name, at), name);
  expect(rowsOf(messages, name).length).toBeGreaterThan(3);
});

test.each([
  ['work_items', 'work_item'],
  ['work_sessions', 'work_session'],
] as const)('%s fails by name where search refuses the context', async (name, context) => {
  const some = office({}, {refusals: [{of: 'search', names: [context], status: 403}]});
  const messages = await readStream(some, name);
  expect([outcomeOf(messages, name), rowsOf(messages, name)]).toEqual(['INCOMPLETE', []]);
});

test('where work_item_updated_at is refused, items are searched by when they were finished, and that is said', async () => {
  const some = office({}, NO_UPDATES);
  const messages = await readStream(some, 'work_items');
  const finished = new WorkIndex(some.world)
    .visible('work_items')
    .filter(({completedAt}) => completedAt !== undefined)
    .map(({id}) => id);
  // Search has what was updated within two years, whenever it was finished.
  const old = new Set(truthOfWork(some.world, 'work_items', {to: HORIZON}).map(({id}) => id));
  expectSame(idsOf(rowsOf(messages, 'work_items')), finished.filter((id) => !old.has(id)).sort(), 'finished');
  expect(finished.length).toBeGreaterThan(100);
  const log = logsOf(messages, 'INFO').join('\n');
  expect(log).toMatch(/work_items: Kustomer refuses to search by work_item_updated_at \(.*400/);
  expect(log).toMatch(/work_items: searched by work_item_handle_completed_at/);
  const [state] = lastStates(messages);
  expect(state?.stream.stream_state).toMatchObject({sorted_by: 'work_item_handle_completed_at'});
});

test('a refusal holds for one read: once it is taken again, what was not finished comes too', async () => {
  const some = office({}, NO_UPDATES);
  const first = await readStream(some, 'work_items');
  some.api.settings.refusedAttributes = [];
  const [state] = lastStates(first);
  const second = await readStream(some, 'work_items', 'incremental', state?.stream.stream_state);
  expectSame(foundOf(second, 'work_items'), truth(some, 'work_items'), 'work_items');
  expect(lastStates(second)[0]?.stream.stream_state).not.toHaveProperty('sorted_by');
});

test('sessions fit what was done in them, and items their conversations', async () => {
  const some = office();
  const sessions = rowsOf(await readStream(some, 'work_sessions'), 'work_sessions');
  const times = rowsOf(await readStream(some, 'conversation_times'), 'conversation_times');
  const ms = (value: unknown): number => Date.parse(String(value));
  for (const session of sessions.slice(20, 60)) {
    const own = times.filter(
      (time) =>
        (time['created_by'] as {id: string}).id === (session['user'] as {id: string}).id &&
        ms(time['created_at']) > ms(session['signed_in_at']) &&
        ms(time['created_at']) <= ms(session['signed_out_at']),
    );
    expect(own).toHaveLength(Number(session['handled_item_count']));
  }
  const items = rowsOf(await readStream(some, 'work_items'), 'work_items');
  const conversations = new Map(
    rowsOf(await readStream(some, 'conversations'), 'conversations').map((row) => [row['id'], row]),
  );
  for (const item of items) {
    const conversation = conversations.get((item['resource'] as {id: string}).id);
    expect([item['queue'], item['status'] === 'completed']).toEqual([
      conversation?.['queue'],
      conversation?.['status'] === 'done',
    ]);
  }
});
