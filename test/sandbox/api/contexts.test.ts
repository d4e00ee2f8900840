import {createWorld} from '../../../sandbox/world/world';
import {truthOfWork, WorkIndex} from '../../../sandbox/world/work';
import {klassNameOf} from '../../../sandbox/world/bodies/kobject';
import type {Settings} from '../../../sandbox/api/settings';
import {apiOf, ask, day, now, request} from '../asking';

const WORLD = createWorld({
  seed: 2,
  now,
  sizes: {conversations: 60, users: 5, teams: 2, kobjects: 80},
  historyDays: 300,
});

function find(context: string, attribute: string, settings: Partial<Settings> = {}, archive = false) {
  const path = `/v1/customers/${archive ? 'archive/' : ''}search?pageSize=500`;
  const body = {
    queryContext: context,
    and: [{[attribute]: {gte: '2010-01-01'}}],
    sort: [{[attribute]: 'asc'}],
  };
  return ask(apiOf(WORLD, settings), request('POST', path, body));
}

test.each([
  ['conversation_time', 'conversation_times', 'created_at'],
  ['work_item', 'work_items', 'updated_at'],
  ['work_session', 'work_sessions', 'updated_at'],
] as const)('%s: all that is true, in order, and in no archive', (context, name, moved) => {
  const {status, ids} = find(context, `${context}_${moved}`);
  expect([status, ids]).toEqual([200, expect.any(Array)]);
  expect(ids).toHaveLength(truthOfWork(WORLD, name).length);
  expect([...ids].sort()).toEqual(
    truthOfWork(WORLD, name)
      .map(({id}) => id)
      .sort(),
  );
  expect(find(context, `${context}_${moved}`, {}, true).status).toBe(400);
});

test('a session on a conversation has no updated_at; a finished item has the time when that was', () => {
  expect(find('conversation_time', 'conversation_time_updated_at').status).toBe(400);
  const {ids, body} = find('work_item', 'work_item_handle_completed_at');
  expect(ids.length).toBe(
    new WorkIndex(WORLD).visible('work_items').filter(({completedAt}) => completedAt).length,
  );
  expect(JSON.stringify(body.data[0])).toContain('"status":"completed"');
});

test('one klass is found by either name of its times, unless that is refused; an existing_only one has objects', () => {
  const truth = [...WORLD.table('kobjects').rows()]
    .filter((row) => klassNameOf(WORLD, row) === 'past-warranty' && row.deletedAt === null)
    .map(({id}) => id)
    .sort();
  expect(truth.length).toBeGreaterThan(3);
  for (const attribute of ['kobject_updated_at', 'kobject_past-warranty_updated_at']) {
    expect([...find('kobject_past-warranty', attribute).ids].sort()).toEqual(truth);
    expect(find('kobject_past-warranty', attribute, {refusedAttributes: [attribute]}).status).toBe(400);
  }
  expect(find('kobject_unicorn', 'kobject_updated_at').ids).toEqual([]);
});

test('what a change of a conversation adds is recorded when it is made, and nothing else changes', () => {
  const world = createWorld({seed: 3, now, sizes: {conversations: 20, users: 5, teams: 2}, historyDays: 300});
  const before = truthOfWork(world, 'conversation_times').map(({id}) => id);
  for (const {id} of world.truth('conversations')) world.update('conversations', id, {at: now + day});
  const after = truthOfWork(world, 'conversation_times');
  expect(after.map(({id}) => id)).toEqual(expect.arrayContaining(before));
  expect(after.filter(({id}) => !before.includes(id)).map(({createdAt}) => createdAt)).toEqual(
    Array.from({length: 20}, () => now + day),
  );
});
