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
const PARTS = {attachments: attachmentsOf, conversation_times: timesOf} as const;
const TAILS = {attachments: 'attachments', conversation_times: 'times'} as const;
const names = ['attachments', 'conversation_times'] as const;
type Name = (typeof names)[number];

/** Three years of conversations, so that the archive is needed; search refuses what else it would be asked for. */
function office(count = 300): TestConnection {
  const sizes = {conversations: count, messages: 5, users: 5, teams: 5, customers: 5};
  const world = createWorld({seed: 9, now: NOW, sizes});
  return connectionOf({
    world,
    settings: {refusals: [{of: 'search', names: ['conversation_time'], status: 403}]},
    config: {start_date: '2015-01-01', lookback_minutes: 0},
  });
}

function rowsIn(world: World, from: number): Row[] {
  return [...world.table('conversations').rows()].filter(({updatedAt}) => updatedAt >= from);
}

/** `id conversation version` of all that hangs on the conversations that changed since. */
function truth({world}: TestConnection, name: Name, from = 0): string[] {
  const make: (world: World, row: Row) => JsonObject[] = PARTS[name];
  return rowsIn(world, from)
    .flatMap((row) =>
      make(world, row).map(({id}) => `${String(id)} ${row.id} ${new Date(row.updatedAt).toISOString()}`),
    )
    .sort();
}

function found(messages: Awaited<ReturnType<typeof readStream>>, name: Name): string[] {
  return rowsOf(messages, name)
    .map((row) => {
      const {id} = row['conversation'] as {id: string};
      return `${String(row['id'])} ${id} ${String(row['conversation_updated_at'])}`;
    })
    .sort();
}

/** But for the refusal. */
function warnings(messages: Awaited<ReturnType<typeof readStream>>): string[] {
  return logsOf(messages, 'WARN').filter((line) => !line.includes('refuses to search for them'));
}

describe.each(names)('%s', (name) => {
  test('come from every conversation, with what they belong to', async () => {
    const some = office();
    const messages = await readStream(some, name, 'full_refresh');
    expectSame(found(messages, name), truth(some, name), name);
    expect(truth(some, name).length).toBeGreaterThan(50);
    expect(some.api.stats.requests[`GET /v1/conversations/{id}/${TAILS[name]}`]).toBe(300);
    const {schema, ...stream} = streamOf(some, name);
    new SchemaCheck([{...stream, json_schema: schema} as never]).expectValid(messages);
    expect(warnings(messages)).toEqual([]);
    const counts = statesOf(messages).map(({sourceStats}) => sourceStats.recordCount);
    expect(counts.reduce((sum, count) => sum + count, 0)).toBe(rowsOf(messages, name).length);
  });

  test('later only conversations that changed are asked, and the cursor is theirs', async () => {
    const some = office(200);
    expect(streamOf(some, name).cursorField).toBe(
      name === 'attachments' ? 'conversation_updated_at' : 'created_at',
    );
    const [state] = lastStates(await readStream(some, name));
    expect(state?.stream.stream_state).toEqual({updated_at: new Date(NOW).toISOString()});
    const [one, two] = some.world.truth('conversations', {includeDeleted: false});
    const at = NOW + 2 * DAY;
    for (const {id} of [one, two].filter((row) => row !== undefined)) {
      some.world.update('conversations', id, {at});
    }
    await some.clock.sleep(5 * DAY);
    some.api.stats.reset();
    const messages = await readStream(some, name, 'incremental', state?.stream.stream_state);
    expectSame(found(messages, name), truth(some, name, at), name);
    expect(some.api.stats.requests[`GET /v1/conversations/{id}/${TAILS[name]}`]).toBe(2);
  });

  test('from a state on the way, the next read gives the rest', async () => {
    const some = office();
    const fault = {kind: 'status', status: 401, times: -1} as const;
    some.api.faults.add({...fault, match: {path: '/v1/conversations/*', nth: 150}});
    const broken = await readStream(some, name);
    expect(outcomeOf(broken, name)).toBe('INCOMPLETE');
    some.api.faults.set([]);
    const rest = await readStream(some, name, 'incremental', lastStates(broken)[0]?.stream.stream_state);
    const both = [...new Set([...found(broken, name), ...found(rest, name)])].sort();
    expectSame(both, truth(some, name), name);
  });

  test('a conversation that is gone meanwhile is left out with a warning', async () => {
    const some = office(60);
    const gone = some.world.truth('conversations').find(({updatedAt}) => updatedAt > NOW - 300 * DAY)?.id;
    some.api.faults.hook = ({path}) => {
      if (path.includes(`/${gone}/`)) some.world.remove('conversations', gone ?? '');
      return undefined;
    };
    const messages = await readStream(some, name);
    expect(outcomeOf(messages, name)).toBe('COMPLETE');
    expectSame(found(messages, name), truth(some, name), name);
    expect(warnings(messages)).toEqual([expect.stringContaining(`conversation ${gone} was found`)]);
  });

  test('an address that Kustomer does not know fails the stream', async () => {
    const some = office(60);
    some.api.faults.add({kind: 'status', status: 404, match: {path: '/v1/conversations/*'}, times: -1});
    const messages = await readStream(some, name);
    expect(outcomeOf(messages, name)).toBe('INCOMPLETE');
    expect(errorsOf(messages)[0]?.failure_type).toBe('config_error');
    await expect(streamOf(some, name).sample(1)).rejects.toThrow(`/${TAILS[name]} answered 404`);
  });

  test('a check asks one conversation', async () => {
    const some = office(20);
    await streamOf(some, name).sample(1);
    // And search, which refuses.
    expect(some.api.stats.total).toBe(name === 'attachments' ? 2 : 3);
  });
});
