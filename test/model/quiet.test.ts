import {type Api, createApi} from '../../sandbox/api/api';
import type {Request} from '../../sandbox/api/http';
import {UNLIMITED} from '../../sandbox/api/settings';
import {type World, createWorld} from '../../sandbox/world/world';
import {VirtualClock} from '../fakes/virtual-clock';
import {type ReadResult, read, recordsOf, statesOf} from './harness';
import {DAY, MINUTE, NOW} from './history';

const SEARCHED = {conversations: 300, customers: 300, kobjects: 50, messages: 700, notes: 90};
const LISTED = {shortcuts: 9, tags: 40, teams: 5, users: 60};
const STREAMS = [...Object.keys(SEARCHED), ...Object.keys(LISTED)];

/** The nine streams of an organisation, synced once an hour. */
class Hourly {
  readonly clock = new VirtualClock(NOW);
  readonly world: World = createWorld({
    seed: 3,
    now: NOW - DAY,
    sizes: {companies: 9, ...SEARCHED, ...LISTED},
    historyDays: 900,
  });
  /** What the last sync asked for, in order. */
  asked: string[] = [];
  private readonly api: Api = createApi(this.world, {...UNLIMITED, deletedTags: 'asked'});
  private states: Record<string, unknown> = {};

  constructor() {
    const handle = this.api.handle.bind(this.api);
    this.api.handle = (request, now) => {
      this.asked.push(nameOf(request));
      return handle(request, now);
    };
  }

  /** Every answer to a search is empty and says so, while this holds. */
  set isBlind(isBlind: boolean) {
    this.api.faults.hook = ({path}) =>
      isBlind && path.endsWith('/search') ? {kind: 'emptyTold'} : undefined;
  }

  async sync(): Promise<ReadResult> {
    this.asked = [];
    const result = await read({
      ...{api: this.api, clock: this.clock, streams: STREAMS, states: this.states},
      ...{mode: 'incremental', start: NOW - 900 * DAY, lookback: 10 * MINUTE, pageSize: 500, concurrency: 10},
    });
    expect(result.failed).toEqual([]);
    this.states = Object.fromEntries(
      STREAMS.map((stream) => [stream, statesOf(result.messages, stream).at(-1)?.state]),
    );
    await this.clock.run(this.clock.sleep(60 * MINUTE));
    return result;
  }

  /** Changes some records of a stream, a while ago. @returns their ids */
  change(stream: 'conversations' | 'messages' | 'notes', count: number): string[] {
    const rows = this.world.truth(stream).slice(0, count);
    const at = this.clock.now() - 30 * MINUTE;
    for (const {id} of rows) this.world.update(stream, id, {at, lagMs: 0});
    return rows.map(({id}) => id);
  }
}

/** `POST /v1/customers/search note`, `GET /v1/users?deleted=true`. */
function nameOf({method, path, query, body}: Request): string {
  const {queryContext = ''} = JSON.parse(body || '{}') as {queryContext?: string};
  const {deleted} = query as {deleted?: string};
  return `${method} ${path}${deleted === undefined ? '' : '?deleted=true'} ${queryContext}`.trim();
}

/** Each search once, and each list. */
const NINE = [
  'GET /v1/shortcuts',
  'GET /v1/tags',
  'GET /v1/teams',
  'GET /v1/users',
  'POST /v1/customers/search conversation',
  'POST /v1/customers/search customer',
  'POST /v1/customers/search kobject',
  'POST /v1/customers/search message',
  'POST /v1/customers/search note',
];

const DELETED_TAGS = 'GET /v1/tags?deleted=true';
const DELETED_USERS = 'GET /v1/users?deleted=true';
const ELEVEN = [...NINE, DELETED_TAGS, DELETED_USERS].sort();

describe('an hourly sync of nine streams takes a request for each list and each search,', () => {
  test('where nothing happened', async () => {
    const hourly = new Hourly();
    await hourly.sync();
    for (let hour = 0; hour < 3; hour++) {
      expect(recordsOf((await hourly.sync()).messages)).toEqual([]);
      expect([...hourly.asked].sort()).toEqual(NINE);
    }
  });

  test('and two more lists once a day, for users and tags that were created and deleted since', async () => {
    const hourly = new Hourly();
    await hourly.sync();
    const asked: string[][] = [];
    for (let hour = 0; hour < 48; hour++) {
      expect(recordsOf((await hourly.sync()).messages)).toEqual([]);
      asked.push(hourly.asked.filter((one) => one.startsWith('GET')).sort());
    }
    const [usual, daily] = [NINE, ELEVEN].map((all) => all.filter((one) => one.startsWith('GET')));
    expect(asked).toEqual(asked.map((_, hour) => (hour % 23 === 22 ? daily : usual)));
  });

  test('where little happened', async () => {
    const hourly = new Hourly();
    await hourly.sync();
    const changed = [...hourly.change('conversations', 3), ...hourly.change('messages', 20)];
    const {messages} = await hourly.sync();
    expect(
      recordsOf(messages)
        .map(({id}) => id)
        .sort(),
    ).toEqual(changed.sort());
    expect([...hourly.asked].sort()).toEqual(NINE);
  });

  test('and one more right after a tag was deleted, which comes then', async () => {
    const hourly = new Hourly();
    await hourly.sync();
    await hourly.sync();
    const [tag] = hourly.world.truth('tags');
    const id = tag?.id ?? '';
    hourly.world.delete('tags', id, {at: hourly.clock.now() - 30 * MINUTE});
    const {messages} = await hourly.sync();
    expect(recordsOf(messages)).toEqual([expect.objectContaining({stream: 'tags', id})]);
    expect([...hourly.asked].sort()).toEqual([...NINE, DELETED_TAGS].sort());
    expect(recordsOf((await hourly.sync()).messages)).toEqual([]);
    expect([...hourly.asked].sort()).toEqual(NINE);
  });
});

test('users and tags that were created and deleted between two syncs come within a day', async () => {
  const hourly = new Hourly();
  await hourly.sync();
  await hourly.sync();
  const at = hourly.clock.now() - 30 * MINUTE;
  for (const object of ['tags', 'users'] as const) {
    hourly.world.insert({object, id: `short-lived-${object}`, createdAt: at, updatedAt: at});
    hourly.world.delete(object, `short-lived-${object}`, {at: at + MINUTE});
  }
  const came: string[] = [];
  for (let hour = 0; hour < 24; hour++) {
    came.push(...recordsOf((await hourly.sync()).messages).map(({id}) => id));
  }
  expect(came.sort()).toEqual(['short-lived-tags', 'short-lived-users']);
});

test('answers that are empty by mistake lose nothing: the next sync asks for the same range again', async () => {
  const hourly = new Hourly();
  await hourly.sync();
  const changed = [...hourly.change('conversations', 3), ...hourly.change('notes', 2)];
  hourly.isBlind = true;
  expect(recordsOf((await hourly.sync()).messages)).toEqual([]);
  hourly.isBlind = false;
  const {messages} = await hourly.sync();
  expect(
    recordsOf(messages)
      .map(({id}) => id)
      .sort(),
  ).toEqual(changed.sort());
});

test('a range of more than a day in which nothing happened is asked for twice, and done with', async () => {
  const hourly = new Hourly();
  await hourly.sync();
  for (let hour = 0; hour < 23; hour++) await hourly.clock.run(hourly.clock.sleep(60 * MINUTE));
  await hourly.sync();
  const ofNotes = (asked: readonly string[]): number => asked.filter((one) => one.endsWith(' note')).length;
  expect(ofNotes(hourly.asked)).toBe(2);
  await hourly.sync();
  expect(ofNotes(hourly.asked)).toBe(1);
});

test('a first sync asks for nothing twice but what is empty', async () => {
  const hourly = new Hourly();
  const lists: string[] = [];
  await hourly.sync();
  lists.push(...hourly.asked.filter((one) => one.startsWith('GET')));
  expect(lists).toEqual([...new Set(lists)]);
});
