import type {Settings} from '../../../sandbox/api/settings';
import {type NewRow, type World, createWorld, worldOf} from '../../../sandbox/world/world';
import {type TestConnection, NOW, connectionOf} from '../../fakes/connection';
import {lastStates, logsOf, outcomeOf, rowsOf, statesOf} from '../../support/messages';
import {SchemaCheck} from '../../support/protocol';
import {readStream, streamOf} from '../../support/read-stream';
import {expectSame, foundOf} from '../../support/truth';

const DAY = 86_400_000;
const HORIZON = NOW - 730 * DAY;
const ARCHIVE = 'POST /v1/customers/archive/search conversation';
const NOTES = 'GET /v1/conversations/{id}/notes';
const EVERYTHING = {start_date: '2015-01-01', lookback_minutes: 0};

interface Options {
  readonly config?: Record<string, unknown>;
  readonly settings?: Partial<Settings>;
  readonly world?: World;
}

/** Three years of conversations and their notes. */
function office({config = {}, settings = {}, world = years()}: Options = {}): TestConnection {
  return connectionOf({world, settings, config: {...EVERYTHING, ...config}});
}

function years(): World {
  const sizes = {conversations: 400, notes: 400, customers: 5, users: 5, teams: 5};
  return createWorld({seed: 5, now: NOW, sizes});
}

/** A conversation and a note on it, by days before now: when each was created and last updated. */
function pair(conversation: [number, number], note: [number, number]): World {
  const row = (object: NewRow['object'], id: string, [from, to]: [number, number]): NewRow => ({
    ...{object, id},
    createdAt: NOW - from * DAY,
    updatedAt: NOW - to * DAY,
  });
  return worldOf([row('conversations', 'c'.repeat(24), conversation), row('notes', 'a'.repeat(24), note)], {
    bodies: 'full',
  });
}

function truth(
  {world}: TestConnection,
  range: {from?: number; to?: number; includeDeleted?: boolean} = {},
): string[] {
  return world
    .truth('notes', range)
    .map(({id, updatedAt}) => `${id} ${new Date(updatedAt).toISOString()}`)
    .sort();
}

const timesAsked = ({api}: TestConnection, name: string): number => api.stats.requests[name] ?? 0;
const stateOf = (messages: Awaited<ReturnType<typeof readStream>>): unknown =>
  lastStates(messages)[0]?.stream.stream_state;

test('notes of any age come, each once: old ones from the conversations that may have some', async () => {
  const some = office();
  const asked = new Set<string>();
  some.api.faults.hook = ({path}) => {
    const [, id] = /^\/v1\/conversations\/(\w+)\/notes/.exec(path) ?? [];
    if (id !== undefined) asked.add(id);
    return undefined;
  };
  const messages = await readStream(some, 'notes', 'full_refresh');
  expectSame(foundOf(messages, 'notes'), truth(some), 'notes');
  expect(truth(some, {to: HORIZON}).length).toBeGreaterThan(50);
  const {schema, ...stream} = streamOf(some, 'notes');
  new SchemaCheck([{...stream, json_schema: schema} as never]).expectValid(messages);
  expect(logsOf(messages, 'WARN')).toEqual([]);
  const withNotes = [...some.world.table('conversations').rows()].filter(
    ({slot, createdAt}) => createdAt < HORIZON + 7 * DAY && some.world.homes.notesOf(slot).length > 0,
  );
  expect([...asked].sort()).toEqual(withNotes.map(({id}) => id).sort());
});

test.each([
  ['in the archive', pair([900, 800], [890, 850])],
  ['that goes on', pair([900, 10], [890, 850])],
  ['that was updated in the week that search and archive share', pair([900, 727], [890, 850])],
  ['both in that week', pair([900, 726], [890, 727])],
])('an old note of a conversation %s', async (_, world) => {
  const some = office({world});
  const messages = await readStream(some, 'notes');
  expectSame(foundOf(messages, 'notes'), truth(some), 'notes');
  const [row] = rowsOf(messages, 'notes');
  expect(row?.['conversation']).toEqual({type: 'conversation', id: 'c'.repeat(24)});
  expect(stateOf(messages)).toEqual({updated_at: new Date(NOW).toISOString()});
});

test('later no conversation is asked', async () => {
  const some = office();
  const state = stateOf(await readStream(some, 'notes'));
  expect(state).toEqual({updated_at: new Date(NOW).toISOString()});
  await some.clock.sleep(DAY);
  some.api.stats.reset();
  const messages = await readStream(some, 'notes', 'incremental', state);
  expect([rowsOf(messages, 'notes').length, timesAsked(some, NOTES), timesAsked(some, ARCHIVE)]).toEqual([
    0, 0, 0,
  ]);
});

test('a conversation that is taken up again while old notes are read has them all the same', async () => {
  const some = office({world: pair([900, 800], [890, 850])});
  const id = 'c'.repeat(24);
  some.api.faults.hook = ({body}) => {
    // Found by neither: not yet by the first search, and no longer by that of the archive.
    if (body.includes('"conversation"') && some.world.truth('conversations')[0]?.updatedAt !== NOW + 1000) {
      void some.clock.sleep(5000);
      some.world.update('conversations', id, {at: NOW + 1000});
    }
    return undefined;
  };
  expectSame(foundOf(await readStream(some, 'notes'), 'notes'), truth(some), 'notes');
});

test.each([
  ['the role for notes is missing', {refusals: [{of: 'parts', names: ['notes'], status: 403}]}, 403],
  ['there is no archive', {archive: false}, 404],
  [
    'search of conversations is refused',
    {refusals: [{of: 'search', names: ['conversation'], status: 403}]},
    403,
  ],
] as const)('where %s, old notes are owed until they are granted', async (_, settings, status) => {
  const some = office({settings: settings as unknown as Partial<Settings>});
  const refused = await readStream(some, 'notes');
  expect(outcomeOf(refused, 'notes')).toBe('COMPLETE');
  expect(logsOf(refused, 'WARN')).toEqual([
    expect.stringMatching(new RegExp(`the archive is refused .*${status}`)),
  ]);
  expect(stateOf(refused)).toHaveProperty('unarchived');
  const recent = truth(some, {from: HORIZON + 8 * DAY});
  expect(foundOf(refused, 'notes')).toEqual(expect.arrayContaining(recent));

  Object.assign(some.api.settings, {refusals: [], archive: true});
  const granted = await readStream(some, 'notes', 'incremental', stateOf(refused));
  const both = new Set([...foundOf(refused, 'notes'), ...foundOf(granted, 'notes')]);
  expectSame([...both].sort(), truth(some), 'notes');
  expect(stateOf(granted)).not.toHaveProperty('unarchived');
});

test('a read that is broken off goes on where it was', async () => {
  const some = office();
  some.api.faults.add({
    ...{kind: 'status', status: 401, times: -1},
    match: {path: '/v1/conversations/*', nth: 15},
  });
  const broken = await readStream(some, 'notes');
  expect(outcomeOf(broken, 'notes')).toBe('INCOMPLETE');
  some.api.faults.set([]);
  some.api.stats.reset();
  const rest = await readStream(some, 'notes', 'incremental', stateOf(broken));
  const both = new Set([...foundOf(broken, 'notes'), ...foundOf(rest, 'notes')]);
  expectSame([...both].sort(), truth(some), 'notes');
});

test('with an end date of long ago, notes of conversations that went on are found, and are not asked for twice', async () => {
  const to = NOW - 840 * DAY;
  const some = office({world: pair([900, 10], [890, 850]), config: {end_date: new Date(to).toISOString()}});
  const messages = await readStream(some, 'notes');
  expectSame(foundOf(messages, 'notes'), truth(some), 'notes');
  some.api.stats.reset();
  await readStream(some, 'notes', 'incremental', stateOf(messages));
  expect(timesAsked(some, NOTES)).toBe(0);
});

test('neither notes of before the start date nor deleted ones come where they are not wanted', async () => {
  const from = NOW - 900 * DAY;
  const some = office({config: {start_date: new Date(from).toISOString(), include_deleted: false}});
  const found = foundOf(await readStream(some, 'notes'), 'notes');
  // The sandbox has a few notes that are newer than their conversation, which Kustomer should not have.
  const alive = new Set(some.world.truth('conversations', {from, includeDeleted: false}).map(({id}) => id));
  const wanted = [...some.world.table('notes').rows()].filter(({slot, updatedAt, deletedAt}) => {
    const home = some.world.reference('conversations', some.world.homes.of(slot) ?? 0);
    return updatedAt >= from && deletedAt === null && (updatedAt > HORIZON || alive.has(home));
  });
  expect(found).toEqual(wanted.map(({id, updatedAt}) => `${id} ${new Date(updatedAt).toISOString()}`).sort());
});

test('without the archive only what search has is read', async () => {
  const some = office({config: {include_archived: false}});
  const messages = await readStream(some, 'notes');
  expectSame(foundOf(messages, 'notes'), truth(some, {from: HORIZON}), 'notes');
  expect(timesAsked(some, NOTES)).toBe(0);
});

test('states come on the way, at least every 30 s', async () => {
  const some = office();
  some.api.faults.hook = ({path}) => {
    if (path.endsWith('/notes')) void some.clock.sleep(1000);
    return undefined;
  };
  const messages = await readStream(some, 'notes');
  expect(statesOf(messages).length).toBeGreaterThan(1);
});
