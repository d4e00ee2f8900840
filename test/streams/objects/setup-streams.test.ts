import {isObject} from '../../../sandbox/world/json';
import type {ObjectName} from '../../../sandbox/world/objects';
import {slaVersions} from '../../../sandbox/world/bodies/setup';
import {Maker} from '../../../sandbox/world/bodies/maker';
import {createWorld} from '../../../sandbox/world/world';
import {type TestConnection, NOW, connectionOf} from '../../fakes/connection';
import {lastStates, logsOf, outcomeOf, rowsOf} from '../../support/messages';
import {SchemaCheck} from '../../support/protocol';
import {readStream, streamOf} from '../../support/read-stream';
import {expectSame, foundOf} from '../../support/truth';

const sizes = {users: 20, brands: 130, slas: 7, schedules: 4, role_groups: 5};
const DAY = 86_400_000;

function office(config: Record<string, unknown> = {}): TestConnection {
  const world = createWorld({seed: 3, now: NOW, sizes, historyDays: 300});
  return connectionOf({world, config: {page_size: 100, ...config}});
}

function truth({world}: TestConnection, object: ObjectName, from = 0): string[] {
  return world
    .truth(object, {from})
    .map(({id, updatedAt}) => `${id} ${new Date(updatedAt).toISOString()}`)
    .sort();
}

/** What is wrong in any record, by its stream's own schema, is told as the connector tests do. */
function schemaOf(some: TestConnection, name: string): SchemaCheck {
  const {schema, ...stream} = streamOf(some, name);
  return new SchemaCheck([{...stream, json_schema: schema} as never]);
}

describe.each(['brands', 'schedules', 'role_groups'] as const)('%s', (name) => {
  test('are read whole, as they are', async () => {
    const some = office();
    const messages = await readStream(some, name);
    expectSame(foundOf(messages, name), truth(some, name), name);
    expect(rowsOf(messages, name)).toHaveLength(sizes[name]);
    schemaOf(some, name).expectValid(messages);
    expect(logsOf(messages, 'WARN')).toEqual([]);
  });

  test('come again only where they changed', async () => {
    const some = office({lookback_minutes: 0});
    const state = {updated_at: new Date(NOW - 100 * DAY).toISOString()};
    const messages = await readStream(some, name, 'incremental', state);
    expectSame(foundOf(messages, name), truth(some, name, NOW - 100 * DAY), name);
    expect(rowsOf(messages, name).length).toBeLessThan(sizes[name]);
  });
});

test('klasses: all that are enabled', async () => {
  const some = office();
  const messages = await readStream(some, 'klasses');
  const enabled = some.world.model.klasses.filter((klass) => klass.enabled).map(({name}) => name);
  expect(
    rowsOf(messages, 'klasses')
      .map((row) => row['name'])
      .sort(),
  ).toEqual([...enabled].sort());
  expect(some.world.model.klasses.length).toBeGreaterThan(enabled.length);
  schemaOf(some, 'klasses').expectValid(messages);
  expect(logsOf(messages, 'WARN')).toEqual([]);
});

describe('service levels', () => {
  test.each(['slas', 'sla_versions'])('%s have no cursor', (name) => {
    expect(streamOf(office(), name).cursorField).toBeUndefined();
  });

  test('come whole each time, whatever the state and the start date', async () => {
    const some = office({start_date: '2024-05-30'});
    const state = {updated_at: new Date(NOW - DAY).toISOString()};
    for (const mode of ['full_refresh', 'incremental'] as const) {
      const messages = await readStream(some, 'slas', mode, state);
      expectSame(foundOf(messages, 'slas'), truth(some, 'slas'), mode);
      schemaOf(some, 'slas').expectValid(messages);
    }
  });

  test('with all their versions, each once, and what each belongs to', async () => {
    const some = office({page_size: 3});
    const messages = await readStream(some, 'sla_versions', 'full_refresh');
    const table = some.world.table('slas');
    const expected = [...table.rows()].flatMap((row) =>
      slaVersions(new Maker(some.world, 'slas', row)).map(({id, relationships}) => [
        id,
        isObject(relationships) && isObject(relationships['sla']) ? relationships['sla']['data'] : undefined,
      ]),
    );
    const found = rowsOf(messages, 'sla_versions').map((row) => [row['id'], row['sla_data']]);
    expect(found.sort()).toEqual(expected.sort());
    expect(found.length).toBeGreaterThan(sizes.slas);
    expect(outcomeOf(messages, 'sla_versions')).toBe('COMPLETE');
    schemaOf(some, 'sla_versions').expectValid(messages);
    expect(logsOf(messages, 'WARN')).toEqual([]);
    const [state] = lastStates(messages);
    expect(state?.stream.stream_state).toMatchObject({__ab_full_refresh_sync_complete: true});
    expect(state?.sourceStats.recordCount).toBe(found.length);
  });
});
