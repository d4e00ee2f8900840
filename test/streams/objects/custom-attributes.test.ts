import {createWorld} from '../../../sandbox/world/world';
import type {ModelName} from '../../../sandbox/world/model';
import {type TestConnection, NOW, connectionOf} from '../../fakes/connection';
import type {AirbyteMessage} from '../../support/capture';
import {errorsOf, lastStates, logsOf, outcomeOf, rowsOf} from '../../support/messages';
import {SchemaCheck} from '../../support/protocol';
import {readStream, streamOf} from '../../support/read-stream';

const NAME = 'custom_attributes';

function office(model: ModelName, token = 'sandbox-token'): TestConnection {
  return connectionOf({world: createWorld({seed: 3, now: NOW, model}), config: {api_token: token}});
}

/** The ids of all attributes of what has records. */
function truth({world}: TestConnection): string[] {
  const used = world.model.klasses
    .filter(({status}) => status !== 'disabled')
    .map(({name}) => `kobject.${name}`);
  return ['company', 'conversation', 'customer', 'message', ...used]
    .flatMap((object) => (world.model.attributes[object] ?? []).map((name) => `${object}.${name}`))
    .sort();
}

test.each(['none', 'published', 'huge'] as const)(
  'all of the organization %s, one row each',
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
  await expect(streamOf(some, NAME).sample(1)).rejects.toThrow('answered 403');
});

/** What is found when one request fails, as ids without those of what is missing. */
async function readFailing(
  path: string,
  status: number,
): Promise<{some: TestConnection; messages: AirbyteMessage[]; ids: string[]}> {
  const some = office('published');
  some.api.faults.add({kind: 'status', status, match: {path}, times: -1});
  const messages = await readStream(some, NAME, 'full_refresh');
  const ids = rowsOf(messages, NAME).map(({id}) => String(id));
  return {some, messages, ids: ids.sort()};
}

test.each([404, 403])('an object that answers %d is left out with a warning', async (status) => {
  const {some, messages, ids} = await readFailing('/v1/metadata/kobject.gift-order', status);
  expect(ids).toEqual(truth(some).filter((id) => !id.startsWith('kobject.gift-order.')));
  expect(outcomeOf(messages, NAME)).toBe('COMPLETE');
  expect(logsOf(messages, 'WARN')).toEqual([expect.stringContaining('kobject.gift-order')]);
});

test.each([500, 400])(
  'an object that answers %d to the end leaves the others alone, and fails the stream by name',
  async (status) => {
    const {some, messages, ids} = await readFailing('/v1/metadata/message', status);
    expect(ids).toEqual(truth(some).filter((id) => !id.startsWith('message.')));
    expect(ids.length).toBeGreaterThan(30);
    expect(outcomeOf(messages, NAME)).toBe('INCOMPLETE');
    expect(errorsOf(messages)[0]?.message).toMatch(
      /^message could not be read, all else was: .*metadata\/message/,
    );
    const [state] = lastStates(messages);
    expect(state?.stream.stream_state).toMatchObject({__ab_full_refresh_sync_complete: false});
    expect(state?.sourceStats.recordCount).toBe(ids.length);
  },
);

test.each([
  [404, 'COMPLETE'],
  [500, 'INCOMPLETE'],
])('without the list of klasses (%d) the standard objects still come', async (status, outcome) => {
  const {some, messages, ids} = await readFailing('/v1/klasses', status);
  expect(ids).toEqual(truth(some).filter((id) => !id.startsWith('kobject.')));
  expect(ids.length).toBeGreaterThan(30);
  expect(outcomeOf(messages, NAME)).toBe(outcome);
  const told = [...logsOf(messages, 'WARN'), ...errorsOf(messages).map(({message}) => message)];
  expect(told).toEqual([expect.stringContaining('the klasses of custom objects')]);
});

test('where nothing can be read at all the stream fails, whatever the answer', async () => {
  const {messages, ids} = await readFailing('/v1/metadata/*', 403);
  expect([ids, outcomeOf(messages, NAME)]).toEqual([[], 'INCOMPLETE']);
  expect(errorsOf(messages)[0]?.message).toContain('org.permission.metadata.read');
});
