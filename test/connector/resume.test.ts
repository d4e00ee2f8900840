import {UNLIMITED} from '../../sandbox/api/settings';
import {type Sandbox, startServer} from '../../sandbox/server/listen';
import type {AirbyteMessage, StateBody} from '../support/capture';
import {Connector, STREAMS, allIn, handOver} from '../support/connector';
import {leanRows} from '../support/lean';
import {errorsOf, lastStates, outcomeOf, rowsOf, statesOf} from '../support/messages';
import {expectProtocol} from '../support/protocol';
import {expectSame, foundOf, truthOf} from '../support/truth';

const HOUR = 3_600_000;
let open: {sandbox: Sandbox; connector: Connector}[] = [];

async function start(
  options: Parameters<typeof startServer>[0],
): Promise<{sandbox: Sandbox; connector: Connector}> {
  const settings = {...UNLIMITED, ...options?.settings};
  const sandbox = await startServer({...options, settings});
  const both = {sandbox, connector: new Connector(sandbox.url)};
  open.push(both);
  return both;
}

afterEach(async () => {
  for (const {sandbox, connector} of open) {
    connector.close();
    await sandbox.close();
  }
  open = [];
});

/** Rows of both reads, each once: the destination's table with `id` as its key. */
function union(stream: string, ...reads: (readonly AirbyteMessage[])[]): string[] {
  return [...new Set(reads.flatMap((messages) => foundOf(messages, stream)))].sort();
}

test.each(['incremental', 'full_refresh'] as const)(
  '%s can be resumed from each state that it emits',
  async (mode) => {
    const files = new Connector('http://localhost');
    const load = files.file(leanRows('message', 12_000, Date.now() - HOUR, 60_000));
    const {sandbox, connector} = await start({size: 0, load});
    const read = await connector.read({streams: {messages: mode}});
    expect(read.code).toBe(0);
    const states = statesOf(read.messages, 'messages');
    expect(states.length).toBeGreaterThanOrEqual(3);
    const truth = truthOf(sandbox.world, 'messages');
    for (const state of states.slice(0, -1)) {
      const before = read.messages.slice(
        0,
        read.messages.findIndex((message) => message.state === state),
      );
      const rest = await connector.read({streams: {messages: mode}, state: handOver([state])});
      expect(rest.code).toBe(0);
      expectSame(
        union('messages', before, rest.messages),
        truth,
        `from ${JSON.stringify(state.stream.stream_state)}`,
      );
      expect(rowsOf(rest.messages, 'messages').length).toBeLessThan(truth.length);
    }
    files.close();
  },
);

test('a stream that fails half way leaves the others alone, and goes on from its last state', async () => {
  const {sandbox, connector} = await start({size: 2000});
  const fault = {kind: 'status', status: 401, match: {context: 'message', nth: 5}, times: -1} as const;
  sandbox.api.faults.add(fault);
  const first = await connector.read({streams: allIn('incremental'), config: {page_size: 50}});
  expect(first.code).toBe(1);
  expectProtocol(first.messages, STREAMS);
  expect(errorsOf(first.messages)).toEqual([
    expect.objectContaining({
      failure_type: 'config_error',
      stream_descriptor: {name: 'messages'},
      message: expect.stringContaining('org.user.search.read') as string,
    }),
  ]);
  expect(outcomeOf(first.messages, 'messages')).toBe('INCOMPLETE');
  expect(foundOf(first.messages, 'messages').length).toBeGreaterThan(0);
  for (const stream of STREAMS.filter((name) => name !== 'messages')) {
    expect(outcomeOf(first.messages, stream)).toBe('COMPLETE');
    expectSame(foundOf(first.messages, stream), truthOf(sandbox.world, stream), stream);
  }
  sandbox.api.faults.set([]);
  const second = await connector.read({
    streams: allIn('incremental'),
    state: handOver(lastStates(first.messages)),
  });
  expect(second.code).toBe(0);
  const truth = truthOf(sandbox.world, 'messages');
  expectSame(union('messages', first.messages, second.messages), truth, 'messages');
  expect(foundOf(second.messages, 'messages').length).toBeLessThan(truth.length);
});

test.each(['outside', 'noUpdatedAt'] as const)(
  'a record whose body says another time than its place (%s) is delivered',
  async (kind) => {
    const {sandbox, connector} = await start({size: 400});
    sandbox.api.faults.add({kind, match: {context: 'customer'}, times: -1});
    const first = await connector.read({streams: {customers: 'full_refresh'}, config: {page_size: 10}});
    expect(first.code).toBe(0);
    const truth = sandbox.world.truth('customers').map(({id}) => id);
    const ids = new Set(rowsOf(first.messages, 'customers').map(({id}) => String(id)));
    expect([...ids].sort()).toEqual(truth.sort());
  },
);

test('an answer that breaks a rule (it is not sorted) fails its stream, and nothing is lost by it', async () => {
  const {sandbox, connector} = await start({size: 400});
  sandbox.api.faults.add({kind: 'outOfOrder', match: {context: 'customer', nth: 3}, times: -1});
  const streams = {customers: 'full_refresh', tags: 'full_refresh'} as const;
  const first = await connector.read({streams, config: {page_size: 10}});
  expect(first.code).toBe(1);
  expectProtocol(first.messages, Object.keys(streams));
  expect(errorsOf(first.messages)).toEqual([
    expect.objectContaining({failure_type: 'system_error', stream_descriptor: {name: 'customers'}}),
  ]);
  expect(outcomeOf(first.messages, 'tags')).toBe('COMPLETE');
  sandbox.api.faults.set([]);
  const second = await connector.read({streams, state: handOver(lastStates(first.messages))});
  expect(second.code).toBe(0);
  expectSame(
    union('customers', first.messages, second.messages),
    truthOf(sandbox.world, 'customers'),
    'customers',
  );
  expect(foundOf(second.messages, 'tags')).toEqual([]);
});

test('a read that is told to stop ends soon, not with 0, and the next one goes on', async () => {
  const {sandbox, connector} = await start({size: 2000, settings: {latency: 30}});
  let stopped = false;
  let deadline: NodeJS.Timeout | undefined;
  const first = await connector.read({
    streams: allIn('incremental'),
    config: {page_size: 25},
    onMessage({record}, kill) {
      if (stopped || record?.stream !== 'messages') return;
      stopped = true;
      kill('SIGTERM');
      deadline = setTimeout(() => kill('SIGKILL'), 5000);
    },
  });
  clearTimeout(deadline);
  expect([first.signal, first.code]).toEqual([null, 1]);
  expectProtocol(first.messages, STREAMS);
  expect(errorsOf(first.messages).map(({failure_type: type}) => type)).toContain('transient_error');
  expect(outcomeOf(first.messages, 'messages')).toBe('INCOMPLETE');
  sandbox.settings.latency = 0;
  const second = await connector.read({
    streams: allIn('incremental'),
    state: handOver(lastStates(first.messages)),
  });
  expect(second.code).toBe(0);
  for (const stream of STREAMS) {
    expectSame(union(stream, first.messages, second.messages), truthOf(sandbox.world, stream), stream);
  }
});

test('a platform that keeps no more than the states it saw loses nothing, wherever it was cut off', async () => {
  const {sandbox, connector} = await start({size: 300});
  const {messages} = await connector.read({streams: allIn('incremental'), config: {page_size: 25}});
  const half = messages.slice(0, messages.length / 2);
  const states: StateBody[] = lastStates(half);
  const rest = await connector.read({streams: allIn('incremental'), state: handOver(states)});
  for (const stream of STREAMS) {
    expectSame(union(stream, half, rest.messages), truthOf(sandbox.world, stream), stream);
  }
});
