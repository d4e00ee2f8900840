import type {Settings} from '../../../sandbox/api/settings';
import {klassNameOf} from '../../../sandbox/world/bodies/kobject';
import {createWorld} from '../../../sandbox/world/world';
import {Outlet} from '../../../src/airbyte/outlet';
import {Sync} from '../../../src/airbyte/sync';
import {explain} from '../../../src/error-messages';
import {NOW, type TestConnection, connectionOf} from '../../fakes/connection';
import {type AirbyteMessage, Capture} from '../../support/capture';
import {lastStates, logsOf, outcomeOf} from '../../support/messages';
import {expectSame, foundOf} from '../../support/truth';

const DAY = 86_400_000;
/** Two of five klasses: few. The second is `existing_only`. */
const KLASSES: Readonly<Record<string, string>> = {
  kobject_gift_order: 'gift-order',
  kobject_past_warranty: 'past-warranty',
};
const STREAMS = Object.keys(KLASSES);
const [GIFTS = '', WARRANTIES = ''] = STREAMS;
const ALL = 'POST /v1/customers/search kobject';
const OWN = 'POST /v1/customers/search kobject_gift-order';

function office(settings: Partial<Settings> = {}, historyDays = 1100): TestConnection {
  const world = createWorld({seed: 3, now: NOW, sizes: {kobjects: 600}, historyDays});
  return connectionOf({world, settings, config: {page_size: 25, lookback_minutes: 0}});
}

async function read(
  {connection, clock}: TestConnection,
  states: Readonly<Record<string, unknown>> = {},
  names = STREAMS,
): Promise<readonly AirbyteMessage[]> {
  const capture = new Capture();
  const sync = new Sync({outlet: new Outlet(capture.write, clock), clock, explain, quota: () => undefined});
  const streams = connection.klassStreams(names);
  await sync.run(streams.map((stream) => ({stream, mode: 'incremental', state: states[stream.name]})));
  return capture.messages;
}

function statesOf(messages: readonly AirbyteMessage[]): Record<string, unknown> {
  return Object.fromEntries(
    lastStates(messages).map(({stream}) => [stream.stream_descriptor.name, stream.stream_state]),
  );
}

function expectTruth({world}: TestConnection, messages: readonly AirbyteMessage[], from = 0): void {
  for (const name of STREAMS) {
    const truth = [...world.table('kobjects').rows()]
      .filter((row) => klassNameOf(world, row) === KLASSES[name] && row.updatedAt >= from)
      .map(({id, updatedAt}) => `${id} ${new Date(updatedAt).toISOString()}`)
      .sort();
    expect(outcomeOf(messages, name)).toBe('COMPLETE');
    expectSame(foundOf(messages, name), truth, name);
  }
}

test('a few of many klasses are searched one by one, the archive too; then what has changed', async () => {
  const some = office();
  const first = await read(some);
  expectTruth(some, first);
  expect(logsOf(first, 'WARN')).toEqual([]);
  expect(some.api.stats.requests[ALL]).toBeUndefined();
  expect(some.api.stats.records[OWN]).toBeLessThan(200);
  for (const {id} of some.world.truth('kobjects', {includeDeleted: false}).slice(0, 30)) {
    some.world.update('kobjects', id, {at: NOW + DAY});
  }
  await some.clock.sleep(2 * DAY);
  expectTruth(some, await read(some, statesOf(first)), NOW + 1);
});

test('many of the klasses are read together', async () => {
  const some = office();
  const names = [...STREAMS, 'kobject_loop_return'];
  expectTruth(some, await read(some, {}, names));
  expect(some.api.stats.requests[OWN]).toBeUndefined();
});

test.each([
  ['kobject_updated_at', {refusedAttributes: ['kobject_updated_at']}, 'kobject_gift-order_updated_at'],
  ['its own updated_at', {refusedAttributes: ['kobject_gift-order_updated_at']}, 'kobject_updated_at'],
])('search may refuse %s', async (_, settings, used) => {
  // Of two years, since the archive takes the klass's own only.
  const some = office({...settings, archive: true}, 700);
  const config = {page_size: 25, start_date: new Date(NOW - 705 * DAY).toISOString()};
  const recent = connectionOf({world: some.world, settings, config});
  const messages = await read(recent);
  expectTruth(recent, messages);
  expect(logsOf(messages, 'INFO').join('\n')).toContain(`${GIFTS}: its klass is searched alone, by ${used}`);
});

test.each([
  ['the context', {refusals: [{of: 'search', names: ['kobject_gift-order'], status: 400}]}],
  ['the context in the archive', {refusals: [{of: 'archive', names: ['kobject_gift-order'], status: 404}]}],
  ['its own time in the archive', {refusedAttributes: ['kobject_gift-order_updated_at']}],
] as [string, Partial<Settings>][])(
  'where Kustomer refuses %s of a klass, all are read for it, and the other is still read alone',
  async (_, settings) => {
    const some = office(settings);
    const messages = await read(some);
    expectTruth(some, messages);
    expect(logsOf(messages, 'INFO').join('\n')).toMatch(
      /kobject_gift_order: its klass cannot be searched alone \(.*4\d\d/,
    );
    expect(some.api.stats.requests[ALL]).toBeGreaterThan(0);
    expect(logsOf(messages, 'INFO').join('\n')).toContain(`${WARRANTIES}: its klass is searched alone`);
  },
);

test('a context that is answered with nothing is not believed', async () => {
  const some = office();
  some.api.faults.hook = ({body}) =>
    body.includes('kobject_gift-order"') ? {kind: 'empty', times: 1} : undefined;
  const messages = await read(some);
  expectTruth(some, messages);
  expect(logsOf(messages, 'INFO').join('\n')).toMatch(/kobject_gift_order: .* shows none of its objects/);
});

test('a state of the shared read goes on alone, and the other way round', async () => {
  const some = office();
  const together = await read(some, {}, [...STREAMS, 'kobject_loop_return']);
  some.world.update('kobjects', foundOf(together, GIFTS)[0]?.split(' ')[0] ?? '', {at: NOW + DAY});
  await some.clock.sleep(2 * DAY);
  const alone = await read(some, statesOf(together));
  expectTruth(some, alone, NOW + 1);
  some.world.update('kobjects', foundOf(together, WARRANTIES)[0]?.split(' ')[0] ?? '', {at: NOW + 3 * DAY});
  await some.clock.sleep(2 * DAY);
  expectTruth(some, await read(some, statesOf(alone), [...STREAMS, 'kobject_loop_return']), NOW + 2 * DAY);
});
