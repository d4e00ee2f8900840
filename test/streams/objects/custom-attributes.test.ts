import {createWorld} from '../../../sandbox/world/world';
import type {ModelName} from '../../../sandbox/world/model';
import {type TestConnection, NOW, connectionOf} from '../../fakes/connection';
import {errorsOf, lastStates, logsOf, outcomeOf, rowsOf} from '../../support/messages';
import {SchemaCheck} from '../../support/protocol';
import {readStream, streamOf} from '../../support/read-stream';

const NAME = 'custom_attributes';

function office(model: ModelName, token = 'sandbox-token'): TestConnection {
  return connectionOf({world: createWorld({seed: 3, now: NOW, model}), config: {api_token: token}});
}

/** The ids of all attributes of what is enabled. */
function truth({world}: TestConnection): string[] {
  const enabled = world.model.klasses.filter((klass) => klass.enabled).map(({name}) => `kobject.${name}`);
  return ['company', 'conversation', 'customer', 'message', ...enabled]
    .flatMap((object) => (world.model.attributes[object] ?? []).map((name) => `${object}.${name}`))
    .sort();
}

test.each(['none', 'published', 'huge'] as const)(
  'all of the organisation %s, one row each',
  async (model) => {
    const some = office(model);
    const messages = await readStream(some, NAME, 'full_refresh');
    const ids = rowsOf(messages, NAME).map(({id}) => String(id));
    expect(ids.sort()).toEqual(truth(some));
    expect(outcomeOf(messages, NAME)).toBe('COMPLETE');
    const {schema, ...stream} = streamOf(some, NAME);
    new SchemaCheck([{...stream, json_schema: schema} as never]).expectValid(messages);
    expect(logsOf(messages, 'WARN')).toEqual([]);
  },
);

test('a row says what an attribute is, and of what', async () => {
  const rows = rowsOf(await readStream(office('published'), NAME), NAME);
  expect(rows.find(({id}) => id === 'conversation.contactReasonTree')).toMatchObject({
    type: 'custom_attribute',
    resource: 'conversation',
    name: 'contactReasonTree',
    display_name: 'Contact Reason',
    type_attribute: 'tree',
    enumeration: expect.arrayContaining(['orders.late']) as unknown,
    links: {self: '/v1/metadata/conversation'},
  });
  expect(rows.find(({id}) => id === 'kobject.loop-return.customersId')).toMatchObject({
    multi: true,
    target: 'customer',
  });
});

test('the order is the same each time, and all come each time', async () => {
  const some = office('published');
  expect(streamOf(some, NAME).cursorField).toBeUndefined();
  const first = await readStream(some, NAME);
  const again = await readStream(some, NAME, 'incremental', lastStates(first)[0]?.stream.stream_state);
  expect(rowsOf(first, NAME).length).toBeGreaterThan(50);
  expect(rowsOf(again, NAME)).toEqual(rowsOf(first, NAME));
});

test('a key without the role fails the stream, and the check names the role', async () => {
  const some = office('published', 'sandbox-no-metadata');
  const messages = await readStream(some, NAME);
  expect(outcomeOf(messages, NAME)).toBe('INCOMPLETE');
  expect(errorsOf(messages)[0]).toMatchObject({
    failure_type: 'config_error',
    message: expect.stringContaining('org.permission.metadata.read') as string,
  });
  await expect(streamOf(some, NAME).sample(1)).rejects.toThrow('answered 401');
});

test('a klass that is gone meanwhile is left out with a warning', async () => {
  const some = office('published');
  some.api.faults.add({kind: 'status', status: 404, match: {path: '/v1/metadata/kobject.gift-order'}});
  const messages = await readStream(some, NAME);
  const expected = truth(some).filter((id) => !id.startsWith('kobject.gift-order.'));
  expect(
    rowsOf(messages, NAME)
      .map(({id}) => id)
      .sort(),
  ).toEqual(expected);
  expect(logsOf(messages, 'WARN')).toEqual([expect.stringContaining('kobject.gift-order')]);
});
