import {UNLIMITED} from '../../sandbox/api/settings';
import {klassNameOf} from '../../sandbox/world/bodies/kobject';
import {type Sandbox, startServer} from '../../sandbox/server/listen';
import {Connector, handOver} from '../support/connector';
import type {AirbyteMessage, StateBody} from '../support/capture';
import {errorsOf, lastStates, logsOf, outcomeOf, statesOf} from '../support/messages';
import {SchemaCheck, expectProtocol} from '../support/protocol';
import {type Range, expectSame, foundOf} from '../support/truth';

const LOOKBACK = 10 * 60_000;
const DAY = 86_400_000;
const SEARCH = 'POST /v1/customers/search kobject';
const KLASSES: Readonly<Record<string, string>> = {
  kobject_gift_order: 'gift-order',
  kobject_loop_return: 'loop-return',
  kobject_shopify_order: 'shopify-order',
  kobject_stamped_io_review: 'stamped-io-review',
};
const STREAMS = Object.keys(KLASSES);

let sandbox: Sandbox;
let connector: Connector;

beforeAll(async () => {
  sandbox = await startServer({size: 0, sizes: {kobjects: 3000}, settings: UNLIMITED});
  sandbox.api.settings.tokens.push({
    token: 'sandbox-no-klasses',
    roles: ['org.user.search', 'org.permission.metadata'],
  });
  connector = new Connector(sandbox.url);
});

afterAll(async () => {
  connector.close();
  await sandbox.close();
});

afterEach(() => sandbox.api.faults.set([]));

function allIn<Mode extends string>(mode: Mode, streams = STREAMS): Record<string, Mode> {
  return Object.fromEntries(streams.map((name) => [name, mode]));
}

/** `id version` of what a stream should give: the records of its klass. */
function truthOf(stream: string, {from = -Infinity, to = Infinity}: Range = {}): string[] {
  const {world} = sandbox;
  return [...world.table('kobjects').rows()]
    .filter(
      (row) => klassNameOf(world, row) === KLASSES[stream] && row.updatedAt >= from && row.updatedAt <= to,
    )
    .map(({id, updatedAt}) => `${id} ${new Date(updatedAt).toISOString()}`)
    .sort();
}

function stateOf(name: string, updatedAt: number): unknown {
  const stream_state = {updated_at: new Date(updatedAt).toISOString()};
  return {type: 'STREAM', stream: {stream_descriptor: {name}, stream_state}};
}

function cursorOf(states: readonly StateBody[], stream: string): number {
  const state = states.find((one) => one.stream.stream_descriptor.name === stream)?.stream.stream_state;
  return Date.parse((state as {updated_at: string}).updated_at);
}

function expectTruth(
  messages: readonly AirbyteMessage[],
  from: (stream: string) => number | undefined,
): void {
  for (const stream of STREAMS) {
    expect(outcomeOf(messages, stream)).toBe('COMPLETE');
    const since = from(stream);
    expectSame(foundOf(messages, stream), truthOf(stream, since === undefined ? {} : {from: since}), stream);
  }
}

test('each klass that has objects has a stream, also an existing_only one, with its own attributes typed', async () => {
  const {messages} = await connector.discover();
  const streams = (messages.at(-1)?.catalog?.streams ?? []).filter(({name}) => name.startsWith('kobject_'));
  expect(streams.map(({name}) => name)).toEqual([...STREAMS, 'kobject_past_warranty'].sort());
  const columns = streams.map(({json_schema: schema}) =>
    Object.keys(schema.properties['custom']?.['properties'] as object),
  );
  expect(columns[0]).toEqual(['gift_note_txt', 'order_number_str', 'total_price_num']);
  expect(columns.map(({length}) => length)).toEqual([3, 5, 2, 15, 5]);
});

test.each(['full_refresh', 'incremental'] as const)(
  '%s gives each stream the records of its klass, all of them in one go',
  async (mode) => {
    const {api} = sandbox;
    const catalog = (await connector.discover()).messages.at(-1)?.catalog?.streams ?? [];
    api.stats.reset();
    const config = {page_size: 100, concurrency: 1};
    const {code, messages} = await connector.read({
      catalog: {
        streams: catalog
          .filter(({name}) => STREAMS.includes(name))
          .map((stream) => ({stream, sync_mode: mode, destination_sync_mode: 'append'})),
      },
      config,
    });
    expect([code, errorsOf(messages), logsOf(messages, 'WARN')]).toEqual([0, [], []]);
    expectProtocol(messages, STREAMS);
    expectTruth(messages, () => undefined);
    new SchemaCheck(catalog).expectValid(messages);
    for (const {stream} of lastStates(messages)) {
      expect(stream.stream_state).toEqual({
        updated_at: expect.any(String) as string,
        ...(mode === 'full_refresh' && {__ab_full_refresh_sync_complete: true}),
      });
    }
    const together = api.stats.requests[SEARCH] ?? 0;
    expect(api.stats.requests['GET /v1/klasses']).toBe(2);
    api.stats.reset();
    await connector.read({streams: {kobjects: mode}, config});
    expect(together).toBeLessThanOrEqual(Number(api.stats.requests[SEARCH]) + 1);
  },
);

test('goes on from states of its own: after changes, an older one, none, and a full refresh beside them', async () => {
  const first = await connector.read({streams: allIn('incremental')});
  const {world} = sandbox;
  const at = Date.now();
  const [one, two] = world.truth('kobjects', {includeDeleted: false}).slice(10);
  world.update('kobjects', one?.id ?? '', {at});
  world.delete('kobjects', two?.id ?? '', {at: at - 1});
  for (let row = 0; row < 40; row++) {
    world.insert({object: 'kobjects', id: `new-${row}`, createdAt: at, updatedAt: at - row});
  }
  const states = lastStates(first.messages);
  const again = await connector.read({streams: allIn('incremental'), state: handOver(states)});
  expectProtocol(again.messages, STREAMS);
  expectTruth(again.messages, (stream) => cursorOf(states, stream) - LOOKBACK);
  expect(STREAMS.flatMap((stream) => foundOf(again.messages, stream)).length).toBeGreaterThanOrEqual(22);

  const [fresh = '', older = '', none = '', whole = ''] = STREAMS;
  const old = Date.now() - 300 * DAY;
  const mixed = await connector.read({
    streams: {...allIn('incremental'), [whole]: 'full_refresh'},
    state: [
      ...states.filter(({stream}) => stream.stream_descriptor.name === fresh),
      stateOf(older, old),
      stateOf(whole, old),
    ],
  });
  expectProtocol(mixed.messages, STREAMS);
  const from: Record<string, number | undefined> = {
    [fresh]: cursorOf(states, fresh) - LOOKBACK,
    [older]: old - LOOKBACK,
  };
  expectTruth(mixed.messages, (stream) => from[stream]);
  for (const stream of [fresh, older, none]) {
    expect(cursorOf(lastStates(mixed.messages), stream)).toBeGreaterThanOrEqual(cursorOf(states, stream));
  }
});

test('a failure fails all of them, by name; with their last states nothing is lost and nothing promised twice', async () => {
  const streams = allIn('incremental');
  const old = Date.now() - 100 * DAY;
  const [ahead = ''] = STREAMS;
  const config = {page_size: 100, concurrency: 1};
  sandbox.api.faults.set([
    {
      kind: 'status',
      status: 409,
      match: {context: 'kobject', path: '/v1/customers/search', nth: 15},
      times: 1,
    },
  ]);
  const broken = await connector.read({streams, config, state: [stateOf(ahead, old)]});
  expect(broken.code).toBe(1);
  expectProtocol(broken.messages, STREAMS);
  expect(
    errorsOf(broken.messages)
      .map((error) => error.stream_descriptor?.name)
      .sort(),
  ).toEqual(STREAMS);
  const states = lastStates(broken.messages);
  expect(cursorOf(states, ahead)).toBeGreaterThanOrEqual(old);
  const others = STREAMS.slice(1);
  expect(others.flatMap((stream) => foundOf(broken.messages, stream)).length).toBeGreaterThan(500);

  const {messages} = await connector.read({streams, config, state: handOver(states)});
  for (const stream of STREAMS) {
    const both = [...foundOf(broken.messages, stream), ...foundOf(messages, stream)];
    const range = stream === ahead ? {from: old - LOOKBACK} : {};
    expectSame([...new Set(both)].sort(), truthOf(stream, range), stream);
    expect(outcomeOf(messages, stream)).toBe('COMPLETE');
  }
  // What was read before the failure is not read again.
  const twice = others.map(
    (stream) => foundOf(broken.messages, stream).length + foundOf(messages, stream).length,
  );
  expect(twice.reduce((sum, count) => sum + count)).toBeLessThan(
    others.reduce((sum, stream) => sum + truthOf(stream).length, 0) + 300,
  );
});

test('a klass that is gone: its stream is complete and empty, keeps its state, and is warned of', async () => {
  const kept = {
    updated_at: '2024-05-01T00:00:00.000Z',
    done: [['2024-06-01T00:00:00.000Z', '2024-06-02T00:00:00.000Z']],
  };
  const names = ['kobject_old_survey', 'kobject_unicorn', 'kobject_gift_order'];
  const {code, messages} = await connector.read({
    streams: {...allIn('incremental', names), kobject_unicorn: 'full_refresh'},
    state: [{type: 'STREAM', stream: {stream_descriptor: {name: 'kobject_old_survey'}, stream_state: kept}}],
  });
  expect(code).toBe(0);
  expectProtocol(messages, names);
  expect(names.map((name) => outcomeOf(messages, name))).toEqual(['COMPLETE', 'COMPLETE', 'COMPLETE']);
  expect([foundOf(messages, 'kobject_old_survey'), foundOf(messages, 'kobject_unicorn')]).toEqual([[], []]);
  expectSame(foundOf(messages, 'kobject_gift_order'), truthOf('kobject_gift_order'), 'kobject_gift_order');
  expect(statesOf(messages, 'kobject_old_survey').at(-1)?.stream.stream_state).toEqual(kept);
  expect(statesOf(messages, 'kobject_unicorn').at(-1)?.stream.stream_state).toEqual({
    updated_at: '2015-01-01T00:00:00.000Z',
    __ab_full_refresh_sync_complete: true,
  });
  expect(logsOf(messages, 'WARN').sort()).toEqual([
    expect.stringMatching(/^kobject_old_survey: Kustomer has no klass of this name/) as string,
    expect.stringMatching(/^kobject_unicorn: Kustomer has no klass of this name/) as string,
  ]);
});

test('a state that cannot be read fails its own stream only; one in the future reads nothing', async () => {
  const [bad = '', future = '', ...good] = STREAMS;
  const ahead = Date.UTC(2099, 0);
  const broken = {
    type: 'STREAM',
    stream: {stream_descriptor: {name: bad}, stream_state: {updated_at: 'yesterday'}},
  };
  const {code, messages} = await connector.read({
    streams: allIn('incremental'),
    state: [broken, stateOf(future, ahead)],
  });
  expect(code).toBe(1);
  expectProtocol(messages, STREAMS);
  expect(errorsOf(messages).map((error) => error.stream_descriptor?.name)).toEqual([bad]);
  expect(foundOf(messages, future)).toEqual([]);
  expect(cursorOf(lastStates(messages), future)).toBe(ahead);
  for (const stream of good) expectSame(foundOf(messages, stream), truthOf(stream), stream);
});

test('without the role for klasses they are not discovered, and fail a read as a matter of configuration', async () => {
  const token = {api_token: 'sandbox-no-klasses'};
  const {code, messages} = await connector.discover(token);
  expect(code).toBe(0);
  expect(messages.at(-1)?.catalog?.streams.filter(({name}) => name.startsWith('kobject_'))).toEqual([]);
  expect(logsOf(messages, 'WARN')).toEqual([
    expect.stringMatching(/klasses of custom objects are not known.*org\.permission\.klass\.read/) as string,
  ]);
  const read = await connector.read({
    streams: {...allIn('incremental'), kobjects: 'incremental'},
    config: token,
  });
  expect(read.code).toBe(1);
  expectProtocol(read.messages, [...STREAMS, 'kobjects']);
  const errors = errorsOf(read.messages);
  expect(errors.map((error) => error.stream_descriptor?.name).sort()).toEqual(STREAMS);
  for (const error of errors) {
    expect(error).toMatchObject({
      failure_type: 'config_error',
      message: expect.stringMatching(/GET \/v1\/klasses.*org\.permission\.klass\.read/) as string,
    });
  }
  expect(outcomeOf(read.messages, 'kobjects')).toBe('COMPLETE');
});
