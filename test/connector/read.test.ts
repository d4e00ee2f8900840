import {UNLIMITED} from '../../sandbox/api/settings';
import {type Sandbox, startServer} from '../../sandbox/server/listen';
import {Connector, STREAMS, allIn} from '../support/connector';
import {errorsOf, lastStates, outcomeOf, rowsOf} from '../support/messages';
import {SchemaCheck, expectProtocol} from '../support/protocol';
import {expectSame, foundOf, truthOf} from '../support/truth';

let sandbox: Sandbox;
let connector: Connector;
let schemas: SchemaCheck;

beforeAll(async () => {
  sandbox = await startServer({size: 2000, settings: UNLIMITED});
  connector = new Connector(sandbox.url);
  schemas = new SchemaCheck((await connector.discover()).messages.at(-1)?.catalog?.streams ?? []);
});

afterAll(async () => {
  connector.close();
  await sandbox.close();
});

test.each(['full_refresh', 'incremental'] as const)(
  '%s reads what is true of all nine streams, once',
  async (mode) => {
    const {code, stderr, messages} = await connector.read({streams: allIn(mode), config: {page_size: 100}});
    expect([code, stderr, errorsOf(messages)]).toEqual([0, '', []]);
    expectProtocol(messages, STREAMS);
    for (const stream of STREAMS) {
      expect(outcomeOf(messages, stream)).toBe('COMPLETE');
      expectSame(foundOf(messages, stream), truthOf(sandbox.world, stream), stream);
    }
    schemas.expectValid(messages);
    for (const {stream} of lastStates(messages)) {
      const state = stream.stream_state as Record<string, unknown>;
      const complete = {__ab_full_refresh_sync_complete: true};
      const deletedList = {
        deleted_list: {updated_at: state['updated_at'], live_ids: expect.any(String) as string},
      };
      expect(state).toEqual({
        updated_at: expect.any(String) as string,
        ...(mode === 'full_refresh' && complete),
        ...(['tags', 'users'].includes(stream.stream_descriptor.name) && deletedList),
      });
      const times = rowsOf(messages, stream.stream_descriptor.name).map((row) =>
        Date.parse(String(row['updated_at'])),
      );
      expect(Date.parse(String(state['updated_at']))).toBeGreaterThanOrEqual(Math.max(...times));
    }
  },
);

test('at the end each stream tells what it cost, and all together', async () => {
  const streams = {customers: 'incremental', tags: 'incremental', nowhere: 'incremental'} as const;
  const {messages} = await connector.read({streams});
  const costs = messages.flatMap(({log}) => {
    const [, who = '', records, requests] =
      /^(\w+): (?:complete|failed after), (\d+) records in .* in (\d+) requests \(0 retried, 0 rate-limited, 0 waits\), 0 warnings/.exec(
        log?.message ?? '',
      ) ?? [];
    return who ? [{who, records: Number(records), requests: Number(requests)}] : [];
  });
  expect(costs.map(({who}) => who).sort()).toEqual(['customers', 'tags']);
  const sum = (pick: (cost: (typeof costs)[number]) => number) =>
    costs.reduce((all, cost) => all + pick(cost), 0);
  expect(costs.every(({records, requests}) => records > 0 && requests > 0)).toBe(true);
  expect(messages.findLast(({log}) => log?.message.includes('failed: '))?.log?.message).toBe(
    `${sum(({records}) => records)} records in ${sum(({requests}) => requests)} requests (0 retried, 0 rate-limited, 0 waits), 0 warnings; failed: nowhere`,
  );
});

test('two full refreshes give the same records, whatever the way', async () => {
  const streams = {customers: 'full_refresh', notes: 'full_refresh', users: 'full_refresh'} as const;
  const slow = await connector.read({streams, config: {page_size: 37, concurrency: 1}});
  const fast = await connector.read({streams, config: {page_size: 500, concurrency: 20}});
  for (const stream of Object.keys(streams)) {
    const byId = ({messages}: typeof slow) =>
      new Map(rowsOf(messages, stream).map((row) => [row['id'], row]));
    expect(byId(slow)).toEqual(byId(fast));
    expectSame(foundOf(slow.messages, stream), truthOf(sandbox.world, stream), stream);
  }
});

test('the config says what is read', async () => {
  const streams = {customers: 'incremental', users: 'incremental', notes: 'incremental'} as const;
  const day = (ago: number) => new Date(Date.now() - ago * 86_400_000).toISOString().slice(0, 10);
  const [from, to] = [day(500), day(100)];
  const config = {start_date: from, end_date: to, include_deleted: false, include_archived: false};
  const {code, messages} = await connector.read({streams, config});
  expect(code).toBe(0);
  expectProtocol(messages, Object.keys(streams));
  const range = {from: Date.parse(from), to: Date.parse(to), includeDeleted: false};
  for (const stream of Object.keys(streams)) {
    expect(foundOf(messages, stream).length).toBeGreaterThan(0);
    expectSame(foundOf(messages, stream), truthOf(sandbox.world, stream, range), stream);
  }
  const states = lastStates(messages).map(({stream}) => stream.stream_state);
  expect(states).toEqual(states.map(() => ({updated_at: `${to}T00:00:00.000Z`})));
});

test('without the archive, only what search has is read', async () => {
  const {messages} = await connector.read({
    streams: {customers: 'full_refresh'},
    config: {include_archived: false},
  });
  const horizon = Date.now() - 730 * 86_400_000;
  expectSame(
    foundOf(messages, 'customers'),
    truthOf(sandbox.world, 'customers', {from: horizon}),
    'customers',
  );
  expect(truthOf(sandbox.world, 'customers', {to: horizon}).length).toBeGreaterThan(10);
});
