import type {Api} from '../../sandbox/api/api';
import {type NewRow, worldOf} from '../../sandbox/world/world';
import type {AirbyteMessage} from '../support/capture';
import {Capture} from '../support/capture';
import {type TestConnection, NOW, connectionOf} from '../fakes/connection';
import {describeMessages, lastStates, logsOf, outcomeOf, rowsOf, statesOf} from '../support/messages';
import {Outlet} from '../../src/airbyte/outlet';
import type {SyncMode} from '../../src/airbyte/messages';
import {Sync} from '../../src/airbyte/sync';
import {explain} from '../../src/error-messages';

const DAY = 86_400_000;

function rows(count: number, object: 'tags' | 'users' = 'tags'): NewRow[] {
  return Array.from({length: count}, (_, at) => ({
    object,
    id: `${object}-${String(at).padStart(5, '0')}`,
    createdAt: NOW - 900 * DAY,
    updatedAt: NOW - (count - at) * 1000,
  }));
}

/** Reads one stream of an office, as `read` does. */
async function readStream(
  {connection, clock}: TestConnection,
  name: string,
  mode: SyncMode = 'incremental',
  state?: unknown,
): Promise<AirbyteMessage[]> {
  const stream = connection.streams.find((one) => one.name === name);
  if (!stream) throw new Error(`no stream ${name}`);
  const capture = new Capture();
  await new Sync({outlet: new Outlet(capture.write, clock), clock, explain, quota: () => undefined}).run([
    {stream, mode, state},
  ]);
  return capture.messages;
}

function idsOf(messages: readonly AirbyteMessage[], name: string): unknown[] {
  return rowsOf(messages, name).map(({id}) => id);
}

function office(given: readonly NewRow[], config: Record<string, unknown> = {}): TestConnection & {api: Api} {
  return connectionOf({world: worldOf(given), config: {page_size: 100, ...config}});
}

describe('a listed stream', () => {
  test('that is empty is asked for twice: one empty answer may be a mistake', async () => {
    const tags = rows(3);
    const made = office(tags);
    made.api.faults.add({kind: 'emptyTold', times: 1, match: {path: '/v1/tags'}});
    expect(idsOf(await readStream(made, 'tags'), 'tags')).toEqual(tags.map(({id}) => id));
    expect(outcomeOf(await readStream(office([]), 'tags'), 'tags')).toBe('COMPLETE');
  });

  test('is read whole, and its state moves only then', async () => {
    const tags = rows(250);
    const messages = await readStream(office(tags), 'tags');
    expect(idsOf(messages, 'tags')).toEqual(tags.map(({id}) => id));
    expect(
      describeMessages(messages).filter((line) => /^[A-Z]+$|STATE/.test(line) && line !== 'RECORD'),
    ).toEqual(
      expect.arrayContaining([
        'STARTED',
        'RUNNING',
        expect.stringMatching(`^STATE 250 {"updated_at":"${new Date(NOW).toISOString()}"[,}]`),
        'COMPLETE',
      ]),
    );
    expect(statesOf(messages)).toHaveLength(1);
  });

  test('leaves out what is not newer than the cursor less the lookback, and what is newer than the end', async () => {
    const tags = rows(100);
    const cursor = NOW - 50_000;
    const some = office(tags, {lookback_minutes: 0});
    const state = {updated_at: new Date(cursor).toISOString()};
    const after = tags.filter(({updatedAt}) => updatedAt >= cursor).map(({id}) => id);
    expect(idsOf(await readStream(some, 'tags', 'incremental', state), 'tags')).toEqual(after);
    const end = new Date(cursor).toISOString().replace('.000Z', 'Z');
    const before = tags.filter(({updatedAt}) => updatedAt <= cursor).map(({id}) => id);
    expect(idsOf(await readStream(office(tags, {end_date: end}), 'tags'), 'tags')).toEqual(before);
  });

  test('fails with a state that accounts for what was written and promises nothing', async () => {
    const broken = office(rows(250));
    broken.api.faults.add({kind: 'status', status: 401, match: {path: '/v1/tags', nth: 3}, times: -1});
    for (const [mode, mark] of [
      ['incremental', {}],
      ['full_refresh', {__ab_full_refresh_sync_complete: false}],
    ] as const) {
      broken.api.faults.set([{kind: 'status', status: 401, match: {path: '/v1/tags', nth: 3}, times: -1}]);
      const messages = await readStream(broken, 'tags', mode);
      expect(idsOf(messages, 'tags')).toHaveLength(200);
      expect(outcomeOf(messages, 'tags')).toBe('INCOMPLETE');
      const [state] = lastStates(messages);
      expect(state?.sourceStats.recordCount).toBe(200);
      expect(state?.stream.stream_state).toEqual({updated_at: '2020-01-01T00:00:00.000Z', ...mark});
      broken.api.faults.set([]);
      const again = await readStream(broken, 'tags', mode, state?.stream.stream_state);
      expect(idsOf(again, 'tags')).toHaveLength(250);
      expect(outcomeOf(again, 'tags')).toBe('COMPLETE');
    }
  });

  test('accounts for its records every few thousand, also when it is long', async () => {
    const messages = await readStream(office(rows(12_000), {page_size: 500}), 'tags', 'full_refresh');
    const states = statesOf(messages);
    const counts = states.map(({sourceStats}) => sourceStats.recordCount);
    expect(Math.max(...counts)).toBeLessThanOrEqual(5500);
    expect(counts.reduce((sum, count) => sum + count, 0)).toBe(12_000);
    const done = states.map(
      ({stream}) => (stream.stream_state as Record<string, unknown>)['__ab_full_refresh_sync_complete'],
    );
    expect(done).toEqual([...done.slice(1).map(() => false), true]);
    expect(new Set(states.slice(0, -1).map(({stream}) => JSON.stringify(stream.stream_state))).size).toBe(1);
  });

  test('a full refresh that is through is not read again', async () => {
    const tags = office(rows(3));
    const [state] = lastStates(await readStream(tags, 'tags', 'full_refresh'));
    const again = await readStream(tags, 'tags', 'full_refresh', state?.stream.stream_state);
    expect(rowsOf(again, 'tags')).toEqual([]);
    expect(lastStates(again)[0]?.stream.stream_state).toEqual(state?.stream.stream_state);
  });

  test('a record without a usable updatedAt comes with every read', async () => {
    const body = {id: 'odd', type: 'tag', attributes: {name: 'odd'}};
    const odd = office([{object: 'tags', id: 'odd', createdAt: NOW - DAY, updatedAt: NOW - DAY, body}]);
    const state = {updated_at: new Date(NOW - 1000).toISOString()};
    expect(idsOf(await readStream(odd, 'tags', 'incremental', state), 'tags')).toEqual(['odd']);
  });
});

describe('users', () => {
  const gone = {...rows(1, 'users')[0], id: 'gone', deleted: true} as NewRow;

  test('come with the deleted ones, each once', async () => {
    const messages = await readStream(office([...rows(120, 'users'), gone]), 'users');
    expect(idsOf(messages, 'users').sort()).toEqual(['gone', ...rows(120, 'users').map(({id}) => id)]);
  });

  test('come without them where they are not wanted', async () => {
    const messages = await readStream(office([...rows(3, 'users'), gone], {include_deleted: false}), 'users');
    expect(idsOf(messages, 'users')).toHaveLength(3);
  });

  test('one that is deleted while the lists are read comes once', async () => {
    const some = office(rows(3, 'users'));
    some.api.faults.hook = ({query}) => {
      if (query['deleted'] === 'true') some.api.world.delete('users', 'users-00001', {at: NOW - 1});
      return undefined;
    };
    expect(idsOf(await readStream(some, 'users'), 'users').sort()).toEqual(
      rows(3, 'users').map(({id}) => id),
    );
  });
});

describe('tags', () => {
  const gone = {...rows(1)[0], id: 'gone', deleted: true} as NewRow;
  const all = [...rows(120), gone];
  const names = ['gone', ...rows(120).map(({id}) => id)];
  const about = (messages: readonly AirbyteMessage[]): string[] =>
    logsOf(messages).filter((line) => /deleted ones/.test(line));

  test.each(['asked', 'listed'] as const)(
    'come with the deleted ones, each once (%s)',
    async (deletedTags) => {
      const messages = await readStream(connectionOf({world: worldOf(all), settings: {deletedTags}}), 'tags');
      expect(idsOf(messages, 'tags').sort()).toEqual(names);
      expect(about(messages)).toEqual(
        deletedTags === 'asked' ? [] : [expect.stringMatching(/gives none that were not in the list before/)],
      );
    },
  );

  test.each([
    ['ignored', /gives none that were not in the list before/],
    ['refused', /does not list deleted ones \(GET \/v1\/tags answered 400/],
  ] as const)(
    'all that are listed come where `deleted` is %s, and it is said once',
    async (deletedTags, said) => {
      const messages = await readStream(connectionOf({world: worldOf(all), settings: {deletedTags}}), 'tags');
      expect(idsOf(messages, 'tags').sort()).toEqual(names.slice(1));
      expect(outcomeOf(messages, 'tags')).toBe('COMPLETE');
      expect(about(messages)).toEqual([expect.stringMatching(said)]);
    },
  );

  test('are not asked for deleted ones where these are not wanted', async () => {
    const some = connectionOf({
      world: worldOf(all),
      config: {page_size: 100, include_deleted: false},
      settings: {deletedTags: 'asked'},
    });
    expect(idsOf(await readStream(some, 'tags'), 'tags')).toHaveLength(120);
    expect(some.api.stats.requests['GET /v1/tags']).toBe(4);
  });

  test('a failure while deleted ones are read is a failure', async () => {
    const some = office(all);
    some.api.faults.hook = ({query}) =>
      query['deleted'] === 'true' ? {kind: 'status', status: 401} : undefined;
    expect(outcomeOf(await readStream(some, 'tags'), 'tags')).toBe('INCOMPLETE');
  });
});
