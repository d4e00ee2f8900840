import {responseOf} from '../../../sandbox/world/bodies/responses';
import {createWorld} from '../../../sandbox/world/world';
import {type TestConnection, NOW, connectionOf} from '../../fakes/connection';
import {errorsOf, lastStates, logsOf, outcomeOf, rowsOf} from '../../support/messages';
import {SchemaCheck} from '../../support/protocol';
import {readStream, streamOf} from '../../support/read-stream';
import {expectSame} from '../../support/truth';

const NAME = 'satisfaction_responses';
const REQUEST = 'GET /v1/satisfaction-responses/{id}';

function office(): TestConnection {
  const world = createWorld({
    seed: 7,
    now: NOW,
    sizes: {conversations: 150, customers: 5, users: 5, teams: 5},
  });
  return connectionOf({world, config: {start_date: '2015-01-01', lookback_minutes: 0}});
}

/** `id conversation version` of the responses of conversations that changed since. */
function truth({world}: TestConnection, from = 0): string[] {
  return [...world.table('conversations').rows()]
    .filter(({updatedAt}) => updatedAt >= from)
    .flatMap((row) => {
      const response = responseOf(world, row);
      return response ? [`${String(response['id'])} ${row.id} ${new Date(row.updatedAt).toISOString()}`] : [];
    })
    .sort();
}

function found(messages: Awaited<ReturnType<typeof readStream>>): string[] {
  return rowsOf(messages, NAME)
    .map((row) => {
      const {id} = row['conversation'] as {id: string};
      return `${String(row['id'])} ${id} ${String(row['conversation_updated_at'])}`;
    })
    .sort();
}

test('each conversation that names a response is asked for it, and no other', async () => {
  const some = office();
  const messages = await readStream(some, NAME, 'full_refresh');
  expectSame(found(messages), truth(some), NAME);
  expect(truth(some).length).toBeGreaterThan(20);
  expect(some.api.stats.requests[REQUEST]).toBe(truth(some).length);
  const {schema, ...stream} = streamOf(some, NAME);
  new SchemaCheck([{...stream, json_schema: schema} as never]).expectValid(messages);
  const answered = rowsOf(messages, NAME).filter(({answers}) => (answers as unknown[]).length > 0);
  expect(answered[0]?.['answers']).toEqual([{prompt: expect.any(String), answer: expect.any(String)}]);
});

test('later only conversations that changed are asked', async () => {
  const some = office();
  const [state] = lastStates(await readStream(some, NAME));
  const at = NOW + 1000;
  const [, id = ''] = truth(some)[0]?.split(' ') ?? [];
  some.world.update('conversations', id, {at});
  await some.clock.sleep(86_400_000);
  some.api.stats.reset();
  const messages = await readStream(some, NAME, 'incremental', state?.stream.stream_state);
  expectSame(found(messages), truth(some, at), NAME);
  expect(some.api.stats.requests[REQUEST]).toBe(1);
});

test('a response that Kustomer has no more is left out with a warning', async () => {
  const some = office();
  const gone = truth(some)[3]?.split(' ')[0] ?? '';
  some.api.faults.add({
    ...{kind: 'status', status: 404, times: -1},
    match: {path: `/v1/satisfaction-responses/${gone}`},
  });
  const messages = await readStream(some, NAME);
  expectSame(
    found(messages),
    truth(some).filter((one) => !one.startsWith(gone)),
    NAME,
  );
  expect(logsOf(messages, 'WARN')).toEqual([expect.stringContaining('what hung on it is left out')]);
});

test('without the role the stream fails, the check too, and both name it', async () => {
  const some = office();
  some.api.settings.refusals = [{of: 'parts', names: ['satisfaction-responses'], status: 403}];
  const messages = await readStream(some, NAME);
  expect(outcomeOf(messages, NAME)).toBe('INCOMPLETE');
  expect(errorsOf(messages)[0]?.message).toContain('org.permission.satisfaction_response.read');
  await expect(streamOf(some, NAME).sample(1)).rejects.toThrow('/v1/satisfaction-responses/');
});
