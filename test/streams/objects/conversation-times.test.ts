import type {Settings} from '../../../sandbox/api/settings';
import {truthOfWork} from '../../../sandbox/world/work';
import {createWorld} from '../../../sandbox/world/world';
import {NOW, type TestConnection, connectionOf} from '../../fakes/connection';
import type {AirbyteMessage} from '../../support/capture';
import {lastStates, logsOf, outcomeOf, rowsOf, statesOf} from '../../support/messages';
import {SchemaCheck} from '../../support/protocol';
import {readStream, streamOf} from '../../support/read-stream';
import {expectSame} from '../../support/truth';

const DAY = 86_400_000;
const NAME = 'conversation_times';
const SEARCH = 'POST /v1/customers/search conversation_time';
const TIMES = 'GET /v1/conversations/{id}/times';
const REFUSED: Partial<Settings> = {
  refusals: [{of: 'search', names: ['conversation_time'], status: 403, text: 'Forbidden'}],
};

/** Three years of conversations. */
function office(
  config: Record<string, unknown> = {},
  settings: Partial<Settings> = {},
  conversations = 200,
): TestConnection {
  const sizes = {conversations, users: 12, teams: 3, messages: 50, customers: 20};
  const world = createWorld({seed: 5, now: NOW, sizes});
  return connectionOf({world, settings, config: {page_size: 50, start_date: '2015-01-01', ...config}});
}

function truth({world}: TestConnection, from = 0): string[] {
  return truthOfWork(world, 'conversation_times', {from})
    .map(({id}) => id)
    .sort();
}

function found(...reads: (readonly AirbyteMessage[])[]): string[] {
  return reads.flatMap((messages) => rowsOf(messages, NAME).map(({id}) => String(id))).sort();
}

function stateOf(messages: readonly AirbyteMessage[]): Record<string, unknown> {
  return lastStates(messages)[0]?.stream.stream_state as Record<string, unknown>;
}

/** Once each. */
function distinct(ids: readonly string[]): string[] {
  return [...new Set(ids)].sort();
}

test.each(['full_refresh', 'incremental'] as const)('%s gives all of them once', async (mode) => {
  const some = office();
  const messages = await readStream(some, NAME, mode);
  expect([outcomeOf(messages, NAME), logsOf(messages, 'WARN')]).toEqual(['COMPLETE', []]);
  expectSame(found(messages), truth(some), NAME);
  const {schema, ...stream} = streamOf(some, NAME);
  new SchemaCheck([{...stream, json_schema: schema} as never]).expectValid(messages);
  const {requests} = some.api.stats;
  const old = some.world
    .truth('conversations')
    .filter(({createdAt, updatedAt}) => createdAt <= NOW - 723 * DAY && updatedAt > 0);
  expect(requests[SEARCH]).toBeLessThan(truth(some).length / 20);
  // Not one request for a conversation that began within two years.
  expect(requests[TIMES]).toBeLessThanOrEqual(old.length);
  expect(Number(requests[TIMES])).toBeGreaterThan(old.length * 0.8);
  expect(stateOf(messages)).toMatchObject({sorted_by: 'conversation_time_created_at'});
  expect(stateOf(messages)['by_conversation']).toBeUndefined();
});

test('the next read gives what was recorded since, and asks no conversation', async () => {
  const some = office({lookback_minutes: 0});
  const first = await readStream(some, NAME);
  const at = NOW + 5 * DAY;
  const [conversation, other] = some.world.truth('conversations', {includeDeleted: false});
  some.world.update('conversations', conversation?.id ?? '', {at});
  some.world.update('conversations', other?.id ?? '', {at: at + 1});
  await some.clock.sleep(10 * DAY);
  some.api.stats.reset();
  const again = await readStream(some, NAME, 'incremental', stateOf(first));
  expectSame(found(again), truth(some, NOW + 1), NAME);
  expect(found(again)).toHaveLength(2);
  expect(some.api.stats.requests[TIMES]).toBeUndefined();
});

test('without the archive, only what search has is read', async () => {
  const some = office({include_archived: false});
  const messages = await readStream(some, NAME);
  expectSame(found(messages), truth(some, NOW - 730 * DAY), NAME);
  expect(some.api.stats.requests[TIMES]).toBeUndefined();
});

test('where search refuses them, each conversation is asked, and that is said', async () => {
  const some = office({}, REFUSED);
  const messages = await readStream(some, NAME);
  expectSame(found(messages), truth(some), NAME);
  expect(logsOf(messages, 'WARN').join()).toMatch(/refuses to search for them .*403.* one request each/);
  expect(stateOf(messages)['sorted_by']).toBeUndefined();
});

test('after a refusal nothing is lost: neither when it ends, nor when it begins', async () => {
  const some = office({}, REFUSED);
  const first = await readStream(some, NAME);
  some.api.settings.refusals = [];
  some.world.update('conversations', some.world.truth('conversations')[7]?.id ?? '', {at: NOW + DAY});
  await some.clock.sleep(2 * DAY);
  const second = await readStream(some, NAME, 'incremental', stateOf(first));
  expect(logsOf(second, 'INFO').join()).toMatch(/the state counts conversations/);
  expectSame(distinct(found(first, second)), truth(some), NAME);
  some.api.settings.refusals = REFUSED.refusals ?? [];
  some.world.update('conversations', some.world.truth('conversations')[9]?.id ?? '', {at: NOW + 3 * DAY});
  await some.clock.sleep(2 * DAY);
  const third = await readStream(some, NAME, 'incremental', stateOf(second));
  expectSame(distinct(found(first, second, third)), truth(some), NAME);
  expect(found(third).length).toBeLessThan(20);
});

test('a state of a version that knew conversations only is read on from, whatever it says is done', async () => {
  const some = office();
  const cursor = NOW - 900 * DAY;
  const old = {
    updated_at: new Date(cursor).toISOString(),
    done: [[new Date(NOW - 850 * DAY).toISOString(), new Date(NOW - 800 * DAY).toISOString()]],
  };
  const messages = await readStream(some, NAME, 'incremental', old);
  const isDone = (at: number): boolean => at <= cursor || (at >= NOW - 850 * DAY && at <= NOW - 800 * DAY);
  const owed = new Set(
    some.world
      .truth('conversations')
      .filter(({updatedAt}) => !isDone(updatedAt))
      .map(({id}) => id.slice(0, -2)),
  );
  const ids = new Set(found(messages));
  const missing = truthOfWork(some.world, 'conversation_times').filter(
    ({id, updatedAt}) => (owed.has(id.slice(0, -2)) || updatedAt > NOW - 730 * DAY) && !ids.has(id),
  );
  expect([outcomeOf(messages, NAME), missing]).toEqual(['COMPLETE', []]);
  expect(ids.size).toBeLessThan(truth(some).length);
});

test.each(['full_refresh', 'incremental'] as const)(
  '%s: from every state that was emitted, nothing is lost',
  async (mode) => {
    const some = office({concurrency: 2}, {}, 100);
    some.api.faults.hook = () => {
      some.clock.time += 31_000;
      return undefined;
    };
    const messages = await readStream(some, NAME, mode);
    const ends = messages.flatMap(({state}, at) => (state ? [at + 1] : []));
    expect(ends.length).toBeGreaterThan(6);
    expect(
      statesOf(messages, NAME).some(({stream}) => 'by_conversation' in (stream.stream_state as object)),
    ).toBe(true);
    let shortest = Infinity;
    for (const end of ends.filter((_end, at) => at % 5 === 0 || at > ends.length - 4)) {
      const before = messages.slice(0, end);
      some.clock.time = NOW + 3_600_000;
      const after = await readStream(some, NAME, mode, stateOf(before));
      expect(outcomeOf(after, NAME)).toBe('COMPLETE');
      expectSame(distinct(found(before, after)), truth(some), `after ${end}`);
      shortest = Math.min(shortest, found(after).length);
    }
    expect(shortest).toBeLessThan(5);
  },
);

test('a sample comes from search, or from conversations where search refuses', async () => {
  expect((await streamOf(office(), NAME).sample(3)).length).toBeGreaterThan(0);
  const [first] = await streamOf(office({}, REFUSED), NAME).sample(3);
  expect(first?.type).toBe('conversation_time');
});
