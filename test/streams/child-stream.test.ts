import {eventsOf} from '../../sandbox/world/bodies/events';
import {mergesOf} from '../../sandbox/world/bodies/merges';
import {attachmentsOf, timesOf} from '../../sandbox/world/bodies/parts';
import type {JsonObject} from '../../sandbox/world/json';
import type {Row} from '../../sandbox/world/row';
import {createWorld, type World} from '../../sandbox/world/world';
import {type TestConnection, NOW, connectionOf} from '../fakes/connection';
import {errorsOf, lastStates, logsOf, outcomeOf, rowsOf, statesOf} from '../support/messages';
import {SchemaCheck} from '../support/protocol';
import {readStream, streamOf} from '../support/read-stream';
import {expectSame} from '../support/truth';

const DAY = 86_400_000;

interface Kind {
  readonly parent: 'conversation' | 'customer';
  /** The end of its address. */
  readonly tail: string;
  readonly of: (world: World, row: Row) => JsonObject[];
}

const KINDS = {
  attachments: {parent: 'conversation', tail: 'attachments', of: attachmentsOf},
  conversation_events: {parent: 'conversation', tail: 'events', of: eventsOf},
  conversation_times: {parent: 'conversation', tail: 'times', of: timesOf},
  customer_merges: {parent: 'customer', tail: 'merges', of: mergesOf},
} as const satisfies Record<string, Kind>;
type Name = keyof typeof KINDS;

/** Three years of conversations and customers, so that the archive is needed; search refuses what else it would be asked for. */
function office(count = 160): TestConnection {
  const sizes = {conversations: count, messages: 5, users: 5, teams: 5, customers: count};
  const world = createWorld({seed: 9, now: NOW, sizes});
  return connectionOf({
    world,
    settings: {refusals: [{of: 'search', names: ['conversation_time'], status: 403}]},
    config: {start_date: '2015-01-01', lookback_minutes: 0},
  });
}

/** `id parent version` of all that hangs on the parents that changed since. */
function truth({world}: TestConnection, name: Name, from = 0): string[] {
  const {parent, of}: Kind = KINDS[name];
  return [...world.table(`${parent}s`).rows()]
    .filter(({updatedAt}) => updatedAt >= from)
    .flatMap((row) =>
      of(world, row).map(({id}) => `${String(id)} ${row.id} ${new Date(row.updatedAt).toISOString()}`),
    )
    .sort();
}

function found(messages: Awaited<ReturnType<typeof readStream>>, name: Name): string[] {
  const {parent} = KINDS[name];
  return rowsOf(messages, name)
    .map((row) => {
      const {id} = row[parent] as {id: string};
      return `${String(row['id'])} ${id} ${String(row[`${parent}_updated_at`])}`;
    })
    .sort();
}

/** What a request for one parent is counted as. */
const requestFor = ({parent, tail}: Kind): string => `GET /v1/${parent}s/{id}/${tail}`;

/** But for the refusal. */
function warnings(messages: Awaited<ReturnType<typeof readStream>>): string[] {
  return logsOf(messages, 'WARN').filter((line) => !line.includes('refuses to search for them'));
}

describe.each(Object.keys(KINDS) as Name[])('%s', (name) => {
  const {parent, tail} = KINDS[name];
  const parents = `${parent}s` as const;
  const address = {method: 'GET', path: `/v1/${parents}/*`};

  test('come from every parent, with what they belong to', async () => {
    const some = office();
    const messages = await readStream(some, name, 'full_refresh');
    expectSame(found(messages, name), truth(some, name), name);
    expect(truth(some, name).length).toBeGreaterThan(20);
    expect(some.api.stats.requests[requestFor(KINDS[name])]).toBe(160);
    const {schema, ...stream} = streamOf(some, name);
    new SchemaCheck([{...stream, json_schema: schema} as never]).expectValid(messages);
    expect(warnings(messages)).toEqual([]);
    const counts = statesOf(messages).map(({sourceStats}) => sourceStats.recordCount);
    expect(counts.reduce((sum, count) => sum + count, 0)).toBe(rowsOf(messages, name).length);
  });

  test('later only parents that changed are asked, and the cursor is theirs', async () => {
    const some = office(100);
    expect(streamOf(some, name).cursorField).toBe(
      name === 'conversation_times' ? 'created_at' : `${parent}_updated_at`,
    );
    const [state] = lastStates(await readStream(some, name));
    expect(state?.stream.stream_state).toEqual({updated_at: new Date(NOW).toISOString()});
    const [one, two] = some.world.truth(parents, {includeDeleted: false});
    const at = NOW + 2 * DAY;
    for (const {id} of [one, two].filter((row) => row !== undefined)) {
      some.world.update(parents, id, {at});
    }
    await some.clock.sleep(5 * DAY);
    some.api.stats.reset();
    const messages = await readStream(some, name, 'incremental', state?.stream.stream_state);
    expectSame(found(messages, name), truth(some, name, at), name);
    expect(some.api.stats.requests[requestFor(KINDS[name])]).toBe(2);
  });

  test('from a state on the way, the next read gives the rest', async () => {
    const some = office();
    const fault = {kind: 'status', status: 401, times: -1} as const;
    some.api.faults.add({...fault, match: {...address, nth: 80}});
    const broken = await readStream(some, name);
    expect(outcomeOf(broken, name)).toBe('INCOMPLETE');
    some.api.faults.set([]);
    const rest = await readStream(some, name, 'incremental', lastStates(broken)[0]?.stream.stream_state);
    const both = [...new Set([...found(broken, name), ...found(rest, name)])].sort();
    expectSame(both, truth(some, name), name);
  });

  test('a parent that is gone meanwhile is left out with a warning', async () => {
    const some = office(60);
    const gone = some.world.truth(parents).find(({updatedAt}) => updatedAt > NOW - 300 * DAY)?.id;
    some.api.faults.hook = ({path}) => {
      if (path.includes(`/${gone}/`)) some.world.remove(parents, gone ?? '');
      return undefined;
    };
    const messages = await readStream(some, name);
    expect(outcomeOf(messages, name)).toBe('COMPLETE');
    expectSame(found(messages, name), truth(some, name), name);
    expect(warnings(messages)).toEqual([expect.stringContaining(`${parent} ${gone} was found`)]);
  });

  test('an address that Kustomer does not know fails the stream', async () => {
    const some = office(60);
    some.api.faults.add({kind: 'status', status: 404, match: address, times: -1});
    const messages = await readStream(some, name);
    expect(outcomeOf(messages, name)).toBe('INCOMPLETE');
    expect(errorsOf(messages)[0]?.failure_type).toBe('config_error');
    await expect(streamOf(some, name).sample(1)).rejects.toThrow(`/${tail} answered 404`);
  });

  test('a check asks one parent', async () => {
    const some = office(20);
    await streamOf(some, name).sample(1);
    // And search, which refuses.
    expect(some.api.stats.total).toBe(name === 'conversation_times' ? 3 : 2);
  });
});
