import fc from 'fast-check';
import {type Api, createApi} from '../../sandbox/api/api';
import {type Settings, UNLIMITED} from '../../sandbox/api/settings';
import {type NewRow, type World, worldOf} from '../../sandbox/world/world';
import type {SyncMode} from '../../src/airbyte/messages';
import {parseInstant} from '../../src/time';
import {VirtualClock} from '../fakes/virtual-clock';
import {read, recordsOf, statesOf} from './harness';
import {DAY, MINUTE, NOW} from './history';

const HOUR = 60 * MINUTE;
const OBJECTS = ['tags', 'users'] as const;
type Listed = (typeof OBJECTS)[number];

/** Some live tags and users, and one of each that was deleted a month ago. */
function rowsOf(object: Listed): NewRow[] {
  const old = {object, createdAt: NOW - 90 * DAY, updatedAt: NOW - 30 * DAY};
  return [...['a', 'b', 'c', 'd'].map((id) => ({...old, id})), {...old, id: 'gone', deleted: true}];
}

/** Tags and users, and a destination that keeps the newest row of each. */
class Office {
  readonly clock = new VirtualClock(NOW);
  readonly world: World = worldOf(OBJECTS.flatMap(rowsOf), {seed: 1});
  readonly api: Api;
  states: Record<string, unknown> = {};
  failed: readonly string[] = [];
  /** How the lists of deleted ones are answered. */
  isBroken = false;
  includeDeleted = true;
  /** `object/id` -> `updatedAt` of the newest row. */
  readonly newest = new Map<string, number>();
  /** How often a list of deleted ones was asked for in the last sync. */
  asked = 0;

  constructor(settings: Partial<Settings> = {}) {
    this.api = createApi(this.world, {...UNLIMITED, deletedTags: 'asked', ...settings});
    this.api.faults.hook = ({query}) => {
      if (query['deleted'] !== 'true') return undefined;
      this.asked += 1;
      return this.isBroken ? {kind: 'status', status: 401} : undefined;
    };
  }

  /** @returns what came: `tags/a`, sorted */
  async sync(mode: SyncMode = 'incremental'): Promise<string[]> {
    this.asked = 0;
    const {api, clock, states, includeDeleted} = this;
    const {messages, failed} = await read({
      ...{api, clock, states, includeDeleted, mode, streams: OBJECTS},
      ...{start: NOW - 60 * DAY, lookback: 10 * MINUTE, pageSize: 3, concurrency: 4},
    });
    this.failed = failed;
    this.states = Object.fromEntries(
      OBJECTS.map((stream) => [stream, statesOf(messages, stream).at(-1)?.state]),
    );
    const came = recordsOf(messages).map(({stream, id, updatedAt}) => {
      const key = `${stream}/${id}`;
      this.newest.set(key, Math.max(parseInstant(updatedAt) ?? 0, this.newest.get(key) ?? 0));
      return key;
    });
    return came.sort();
  }

  /** Lets time pass, then syncs. */
  async after(ms: number): Promise<string[]> {
    await this.clock.run(this.clock.sleep(ms));
    return this.sync();
  }

  /** A minute ago, as all that happens here. */
  delete(object: Listed, id: string): void {
    this.world.delete(object, id, {at: this.clock.now() - MINUTE});
  }

  update(object: Listed, id: string): void {
    this.world.update(object, id, {at: this.clock.now() - MINUTE});
  }

  insert(object: Listed, id: string): void {
    const at = this.clock.now() - MINUTE;
    this.world.insert({object, id, createdAt: at, updatedAt: at});
  }

  restore(object: Listed, id: string): void {
    const table = this.world.table(object);
    const row = table.find(id);
    if (!row) throw new Error(`there is no ${object}/${id}`);
    const at = this.clock.now() - MINUTE;
    table.put({...row, deletedAt: null, updatedAt: at, version: row.version + 1}, at);
  }

  /** What the destination lacks, or has in an old version. */
  owed(): string[] {
    return OBJECTS.flatMap((object) =>
      this.world
        .truth(object)
        .filter(({id, updatedAt}) => this.newest.get(`${object}/${id}`) !== updatedAt)
        .map(({id}) => `${object}/${id}`),
    ).sort();
  }
}

const HALF = 30 * MINUTE;

test('the first sync has the deleted ones, the next one asks for none', async () => {
  const office = new Office();
  await office.sync();
  expect(office.owed()).toEqual([]);
  expect(await office.after(HOUR)).toEqual([]);
  expect(office.asked).toBe(0);
});

test('one that is deleted while another one is created comes with the next sync', async () => {
  const office = new Office();
  await office.sync();
  await office.clock.run(office.clock.sleep(HALF));
  office.delete('users', 'a');
  office.insert('users', 'e');
  expect(await office.after(HALF)).toEqual(['users/a', 'users/e']);
});

test('a list that fails after the live one is asked for again, and what was deleted comes then', async () => {
  const office = new Office();
  await office.sync();
  await office.clock.run(office.clock.sleep(HALF));
  office.delete('users', 'a');
  office.isBroken = true;
  await office.after(HALF);
  expect(office.failed).toEqual(['users']);
  office.isBroken = false;
  expect(await office.after(2 * HOUR)).toEqual(['users/a']);
  expect(office.failed).toEqual([]);
});

test('deleted tags that are refused for a month are all there once they are granted', async () => {
  const office = new Office({deletedTags: 'refused'});
  await office.sync();
  for (let day = 0; day < 30; day++) {
    if (day === 3) office.delete('tags', 'a');
    await office.after(DAY);
    expect(office.failed).toEqual([]);
  }
  expect(office.owed()).toEqual(['tags/a', 'tags/gone']);
  office.api.settings.deletedTags = 'asked';
  expect(await office.after(HOUR)).toEqual(['tags/a', 'tags/gone']);
});

test('deleted ones come with the first sync that wants them', async () => {
  const office = new Office();
  office.includeDeleted = false;
  await office.sync();
  office.delete('users', 'a');
  await office.after(10 * DAY);
  expect(office.asked).toBe(0);
  office.includeDeleted = true;
  expect(await office.after(HOUR)).toEqual(['tags/gone', 'users/a', 'users/gone']);
});

test('those that were not wanted for some days come once they are wanted again', async () => {
  const office = new Office();
  await office.sync();
  office.includeDeleted = false;
  office.delete('users', 'a');
  await office.after(10 * DAY);
  office.includeDeleted = true;
  expect(await office.after(HOUR)).toEqual(['users/a']);
});

test('a state that says nothing of them, as those of earlier versions, goes on and has them all read once', async () => {
  const office = new Office();
  await office.sync();
  office.states = {tags: {updated_at: new Date(NOW).toISOString()}, users: undefined};
  expect(await office.after(HOUR)).toEqual([
    'tags/gone',
    ...['users/a', 'users/b', 'users/c', 'users/d', 'users/gone'],
  ]);
  expect(await office.after(HOUR)).toEqual([]);
});

test('a full refresh always asks, whatever the state says of incremental reads', async () => {
  const office = new Office();
  const all = await office.sync();
  expect(await office.sync('full_refresh')).toEqual(all);
  expect(office.asked).toBeGreaterThan(0);
});

test('whatever is created, changed, deleted and restored: nothing is owed a day later, and nothing deleted an hour later', async () => {
  const objects = fc.constantFrom(...OBJECTS);
  const ids = fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f');
  const happenings = fc.record({
    kind: fc.constantFrom('create', 'delete', 'restore', 'update', 'sync', 'sync', 'breakingSync'),
    ...{object: objects, id: ids, ms: fc.integer({min: 2 * MINUTE, max: 9 * HOUR})},
  });
  await fc.assert(
    fc.asyncProperty(fc.array(happenings, {maxLength: 40}), async (history) => {
      const office = new Office();
      await office.sync();
      for (const {kind, object, id, ms} of history) {
        await office.clock.run(office.clock.sleep(ms));
        const exists = office.world.truth(object).some((one) => one.id === id);
        office.isBroken = kind === 'breakingSync';
        if (kind === 'sync' || kind === 'breakingSync') await office.sync();
        else if (!exists) office.insert(object, id);
        else if (kind === 'delete') office.delete(object, id);
        else if (kind === 'restore') office.restore(object, id);
        else office.update(object, id);
      }
      office.isBroken = false;
      await office.after(DAY);
      expect(office.owed()).toEqual([]);
      for (const object of OBJECTS) {
        const live = office.world.truth(object, {includeDeleted: false});
        if (live[0]) office.delete(object, live[0].id);
      }
      await office.after(HOUR);
      expect(office.owed()).toEqual([]);
    }),
    {numRuns: 60},
  );
});
