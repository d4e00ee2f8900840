import {UNLIMITED} from '../../sandbox/api/settings';
import type {ObjectName} from '../../sandbox/world/objects';
import {type Sandbox, startServer} from '../../sandbox/server/listen';
import type {AirbyteMessage} from '../support/capture';
import {Connector, STREAMS, allIn, handOver} from '../support/connector';
import {lastStates, outcomeOf, rowsOf} from '../support/messages';
import {expectProtocol} from '../support/protocol';
import {expectSame, foundOf, truthOf} from '../support/truth';

const LOOKBACK = 10 * 60_000;
let sandbox: Sandbox;
let connector: Connector;

beforeAll(async () => {
  sandbox = await startServer({size: 1000, settings: UNLIMITED});
  connector = new Connector(sandbox.url);
});

afterAll(async () => {
  connector.close();
  await sandbox.close();
});

function cursorsOf(messages: readonly AirbyteMessage[]): Map<string, number> {
  return new Map(
    lastStates(messages).map(({stream}) => [
      stream.stream_descriptor.name,
      Date.parse((stream.stream_state as {updated_at: string}).updated_at),
    ]),
  );
}

test('a second read gives what changed, deleted and new records among it, and little else', async () => {
  const first = await connector.read({streams: allIn('incremental')});
  const {world} = sandbox;
  const changed: Record<string, string[]> = {};
  for (const stream of STREAMS as ObjectName[]) {
    const [one, two] = world.truth(stream, {includeDeleted: false}).slice(-2);
    const at = Date.now();
    world.update(stream, one?.id ?? '', {at});
    world.delete(stream, two?.id ?? '', {at: at - 1});
    world.insert({object: stream, id: `new-${stream}`, createdAt: at, updatedAt: at});
    changed[stream] = [one?.id ?? '', two?.id ?? '', `new-${stream}`];
  }
  const second = await connector.read({
    streams: allIn('incremental'),
    state: handOver(lastStates(first.messages)),
  });
  expect(second.code).toBe(0);
  expectProtocol(second.messages, STREAMS);
  const cursors = cursorsOf(first.messages);
  for (const stream of STREAMS) {
    const from = Number(cursors.get(stream)) - LOOKBACK;
    expectSame(foundOf(second.messages, stream), truthOf(world, stream, {from}), stream);
    const rows = rowsOf(second.messages, stream);
    const [, deleted] = changed[stream] ?? [];
    expect(rows.map(({id}) => id)).toEqual(expect.arrayContaining(changed[stream] ?? []));
    // The published table of one stream has the flag as text.
    expect(String(rows.find(({id}) => id === deleted)?.['deleted'])).toBe('true');
    expect(Number(cursorsOf(second.messages).get(stream))).toBeGreaterThanOrEqual(
      Number(cursors.get(stream)),
    );
  }
});

test("goes on from the archived connector's bookmarks", async () => {
  const mark = new Date(Date.now() - 200 * 86_400_000).toISOString().replace(/\.\d+Z/, '.000000Z');
  const state = {bookmarks: Object.fromEntries(STREAMS.map((name) => [name, mark])), currently_syncing: null};
  const {code, messages} = await connector.read({streams: allIn('incremental'), state});
  expect(code).toBe(0);
  for (const stream of STREAMS) {
    const due = new Set(truthOf(sandbox.world, stream, {from: Date.parse(mark) - LOOKBACK}));
    // Bookmarks say nothing of the lists of deleted records, which are read whole then.
    if (stream === 'tags' || stream === 'users') {
      const live = new Set(truthOf(sandbox.world, stream, {includeDeleted: false}));
      for (const row of truthOf(sandbox.world, stream)) if (!live.has(row)) due.add(row);
    }
    expect(foundOf(messages, stream).length).toBeGreaterThan(0);
    expect(foundOf(messages, stream).length).toBeLessThan(truthOf(sandbox.world, stream).length);
    expectSame(foundOf(messages, stream), [...due], stream);
  }
});

test.each([
  ['nothing', undefined],
  ['an empty list', []],
  ['an empty object', {}],
])('a state of %s is none', async (_, state) => {
  const {code, messages} = await connector.read({streams: {tags: 'incremental'}, state});
  expect(code).toBe(0);
  expectSame(foundOf(messages, 'tags'), truthOf(sandbox.world, 'tags'), 'tags');
});

test('a state in the future reads nothing and stays as it is', async () => {
  const future = {updated_at: '2099-01-01T00:00:00.000Z'};
  const state = STREAMS.map((name) => ({
    type: 'STREAM',
    stream: {stream_descriptor: {name}, stream_state: future},
  }));
  const {code, messages} = await connector.read({streams: allIn('incremental'), state});
  expect(code).toBe(0);
  expectProtocol(messages, STREAMS);
  expect(messages.filter(({record}) => record)).toEqual([]);
  expect(lastStates(messages).map(({stream}) => stream.stream_state)).toEqual(STREAMS.map(() => future));
  expect(STREAMS.map((name) => outcomeOf(messages, name))).toEqual(STREAMS.map(() => 'COMPLETE'));
});
