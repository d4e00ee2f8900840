import {klassNameOf} from '../../../sandbox/world/bodies/kobject';
import {createWorld} from '../../../sandbox/world/world';
import {Outlet} from '../../../src/airbyte/outlet';
import type {StreamJob} from '../../../src/airbyte/stream';
import {Sync} from '../../../src/airbyte/sync';
import {explain} from '../../../src/error-messages';
import {type AirbyteMessage, Capture} from '../../support/capture';
import {NOW, type TestConnection, connectionOf} from '../../fakes/connection';
import {lastStates, outcomeOf, statesOf} from '../../support/messages';
import {expectProtocol} from '../../support/protocol';
import {expectSame, foundOf} from '../../support/truth';

const DAY = 86_400_000;
const KLASSES: Readonly<Record<string, string>> = {
  kobject_gift_order: 'gift-order',
  kobject_loop_return: 'loop-return',
  kobject_shopify_order: 'shopify-order',
};
const [GIFTS = '', RETURNS = '', ORDERS = ''] = Object.keys(KLASSES);
/** Where one stream was left by an earlier read. */
const EARLIER = NOW - 150 * DAY;

type States = Readonly<Record<string, unknown>>;

/** An organization in which so much time passes with each request that a state is due after each page. */
function slowOffice(historyDays: number): TestConnection {
  const world = createWorld({seed: 3, now: NOW, sizes: {kobjects: 300}, historyDays});
  const office = connectionOf({world, config: {page_size: 25, concurrency: 2}});
  office.api.faults.hook = () => {
    office.clock.time += 31_000;
    return undefined;
  };
  return office;
}

async function read(
  {connection, clock}: TestConnection,
  states: States,
  mode: StreamJob['mode'] = 'incremental',
): Promise<readonly AirbyteMessage[]> {
  clock.time = NOW;
  const capture = new Capture();
  const sync = new Sync({outlet: new Outlet(capture.write, clock), clock, explain, quota: () => undefined});
  const streams = connection.klassStreams(Object.keys(KLASSES));
  await sync.run(streams.map((stream) => ({stream, mode, state: states[stream.name]})));
  return capture.messages;
}

function truthOf({world}: TestConnection, stream: string, from = -Infinity): string[] {
  return [...world.table('kobjects').rows()]
    .filter((row) => klassNameOf(world, row) === KLASSES[stream] && row.updatedAt >= from)
    .map(({id, updatedAt}) => `${id} ${new Date(updatedAt).toISOString()}`)
    .sort();
}

function stateMap(messages: readonly AirbyteMessage[]): States {
  return Object.fromEntries(
    lastStates(messages).map(({stream}) => [stream.stream_descriptor.name, stream.stream_state]),
  );
}

test.each([
  ['what search has', 300, 'incremental'],
  ['the archive as well', 1100, 'incremental'],
  ['the archive as well', 1100, 'full_refresh'],
] as const)('from every state that was emitted, nothing is lost: %s (%d days, %s)', async (_, days, mode) => {
  const office = slowOffice(days);
  const start: States =
    mode === 'incremental' ? {[RETURNS]: {updated_at: new Date(EARLIER).toISOString()}} : {};
  const messages = await read(office, start, mode);
  expectProtocol(messages, Object.keys(KLASSES));
  const ends = messages.flatMap(({state}, at) => (state ? [at + 1] : []));
  expect(ends.length).toBeGreaterThan(20);
  let shortest = Infinity;
  for (const end of ends.filter((_end, at) => at % 4 === 0 || at > ends.length - 4)) {
    const before = messages.slice(0, end);
    const after = await read(office, {...start, ...stateMap(before)}, mode);
    for (const stream of Object.keys(KLASSES)) {
      expect(outcomeOf(after, stream)).toBe('COMPLETE');
      const both = new Set([...foundOf(before, stream), ...foundOf(after, stream)]);
      const from = stream === RETURNS && start[RETURNS] !== undefined ? EARLIER - 10 * 60_000 : undefined;
      expectSame([...both].sort(), truthOf(office, stream, from), `${stream} after ${end}`);
    }
    shortest = Math.min(shortest, after.filter(({record}) => record).length);
  }
  expect(shortest).toBeLessThan(5);
});

test('a state never goes back behind what was promised before', async () => {
  const office = slowOffice(300);
  const promised = {updated_at: new Date(EARLIER).toISOString()};
  const messages = await read(office, {[ORDERS]: promised});
  for (const stream of Object.keys(KLASSES)) {
    const cursors = statesOf(messages, stream).map(({stream: {stream_state: state}}) =>
      Date.parse((state as {updated_at: string}).updated_at),
    );
    expect(cursors.length).toBeGreaterThan(3);
    expect(cursors).toEqual([...cursors].sort((a, b) => a - b));
    if (stream === ORDERS) expect(cursors[0]).toBeGreaterThanOrEqual(EARLIER);
  }
});

test('what one stream has already, windows above its cursor included, does not come to it again', async () => {
  const office = slowOffice(300);
  const iso = (ago: number) => new Date(NOW - ago * DAY).toISOString();
  const done = [[iso(100), iso(50)]];
  const messages = await read(office, {[GIFTS]: {updated_at: iso(200), done}});
  const isDone = (row: string) => row.slice(-24) >= iso(100) && row.slice(-24) <= iso(50);
  const wanted = truthOf(office, GIFTS, NOW - 200 * DAY - 10 * 60_000);
  expect(wanted.filter(isDone).length).toBeGreaterThan(5);
  expectSame(
    foundOf(messages, GIFTS),
    wanted.filter((row) => !isDone(row)),
    GIFTS,
  );
  expectSame(foundOf(messages, ORDERS), truthOf(office, ORDERS), ORDERS);
});

test('what all of them have is not even asked for', async () => {
  const office = slowOffice(300);
  const done = [[new Date(NOW - 299 * DAY).toISOString(), new Date(NOW - DAY).toISOString()]];
  const state = {updated_at: new Date(NOW - 310 * DAY).toISOString(), done};
  await read(office, Object.fromEntries(Object.keys(KLASSES).map((name) => [name, state])));
  const few = office.api.stats.records['POST /v1/customers/search kobject'];
  expect(few).toBeLessThan(50);
});

test('what a refused archive owes is owed to those streams only that miss it', async () => {
  const office = slowOffice(1100);
  office.api.settings.archive = false;
  const before = await read(office, {[ORDERS]: {updated_at: new Date(EARLIER).toISOString()}});
  const states = stateMap(before);
  expect(states[GIFTS]).toHaveProperty('unarchived');
  expect(states[ORDERS]).not.toHaveProperty('unarchived');
  expect(foundOf(before, GIFTS).length).toBeLessThan(truthOf(office, GIFTS).length);
  office.api.settings.archive = true;
  const after = await read(office, states);
  const both = new Set([...foundOf(before, GIFTS), ...foundOf(after, GIFTS)]);
  expectSame([...both].sort(), truthOf(office, GIFTS), GIFTS);
  expect(foundOf(after, ORDERS).length).toBeLessThan(5);
  expect(stateMap(after)[GIFTS]).not.toHaveProperty('unarchived');
});

test('deleted records that were refused are owed to those streams only that read without them', async () => {
  const office = slowOffice(300);
  const [row] = [...office.world.table('kobjects').rows()].filter(
    (one) => klassNameOf(office.world, one) === KLASSES[GIFTS] && one.updatedAt < EARLIER - DAY,
  );
  office.world.delete('kobjects', row?.id ?? '', {at: EARLIER - DAY});
  office.api.settings.rejectIncludeDeleted = true;
  const before = await read(office, {[ORDERS]: {updated_at: new Date(NOW - 60_000).toISOString()}});
  const states = stateMap(before);
  expect(foundOf(before, GIFTS).length).toBeLessThan(truthOf(office, GIFTS).length);
  expect(states[GIFTS]).toHaveProperty('without_deleted');
  const [[owed = '']] = (states[ORDERS] as {without_deleted: [[string]]}).without_deleted;
  expect(Date.parse(owed)).toBeGreaterThan(NOW - DAY);
  office.api.settings.rejectIncludeDeleted = false;
  const after = await read(office, states);
  const both = new Set([...foundOf(before, GIFTS), ...foundOf(after, GIFTS)]);
  expectSame([...both].sort(), truthOf(office, GIFTS), GIFTS);
  expect(foundOf(after, ORDERS).length).toBeLessThan(5);
  expect(stateMap(after)[GIFTS]).not.toHaveProperty('without_deleted');
});

test('all streams of a read share one read of the custom objects', async () => {
  const office = slowOffice(300);
  const messages = await read(office, {});
  for (const stream of Object.keys(KLASSES)) {
    expectSame(foundOf(messages, stream), truthOf(office, stream), stream);
  }
  expect(office.api.stats.requests['GET /v1/klasses']).toBe(2);
  expect(office.api.stats.records['POST /v1/customers/search kobject']).toBeLessThan(330);
});

test('each stream is told how much it may expect, by its share so far', async () => {
  const messages = await read(slowOffice(300), {});
  for (const stream of Object.keys(KLASSES)) {
    const estimates = messages.flatMap(({trace}) =>
      trace?.estimate?.name === stream ? [trace.estimate] : [],
    );
    const rows = estimates.at(-1)?.row_estimate ?? 0;
    const truth = foundOf(messages, stream).length;
    expect(Math.abs(rows - truth) / truth).toBeLessThan(0.3);
  }
});
