import fc from 'fast-check';
import {readFileSync} from 'node:fs';
import type {Settings} from '../../../sandbox/api/settings';
import {attachmentsOf} from '../../../sandbox/world/bodies/parts';
import {createWorld} from '../../../sandbox/world/world';
import {type TestConnection, NOW, connectionOf} from '../../fakes/connection';
import {outcomeOf, rowsOf, statesOf} from '../../support/messages';
import {readStream} from '../../support/read-stream';

function office(conversations: number, settings: Partial<Settings> = {}): TestConnection {
  const world = createWorld({seed: 3, now: NOW, historyDays: 100, sizes: {conversations, messages: 9}});
  return connectionOf({world, settings, config: {start_date: '2015-01-01', lookback_minutes: 0}});
}

/** An office whose conversation has these attachments. */
function officeWith(data: unknown): TestConnection {
  const some = office(1);
  some.api.faults.hook = ({path}) =>
    path.endsWith('/attachments') ? {kind: 'body', text: JSON.stringify({meta: {}, data})} : undefined;
  return some;
}

test('each says which message it came with, also where its id is only in its address', async () => {
  const some = office(40, {attachmentIds: false});
  const rows = rowsOf(await readStream(some, 'attachments'), 'attachments');
  const truth = some.world
    .table('conversations')
    .listed.flatMap((row) => attachmentsOf(some.world, row))
    .map(({id, relationships}) => [id, (relationships as {message: {data: unknown}}).message.data]);
  expect(truth.length).toBeGreaterThan(10);
  expect(rows.map(({id, message}) => [id, message]).sort()).toEqual(truth.sort());
});

test('the official example is read whole, without the signed address', async () => {
  const {data} = JSON.parse(readFileSync('test/fixtures/kustomer/attachment-1.json', 'utf8')) as {
    data: unknown[];
  };
  const messages = await readStream(officeWith(data), 'attachments');
  expect(rowsOf(messages, 'attachments')).toMatchObject([
    {id: '5e0e14c103a4e80018b374aa', name: 'example.jpg', message: {id: '5e0e14a7af4e8c001a084dba'}},
    {id: '5e0e14c103a4e80018b374ab', name: 'example2.jpg', message: {id: '5e0e14a7af4e8c001a084dbb'}},
  ]);
  expect(JSON.stringify(messages)).not.toContain('X-Amz');
});

test('whatever a record looks like, nothing of its signed address is written anywhere', async () => {
  const secret = 'FwoGZXIvYXdzSecretToken';
  const related = fc.constantFrom<unknown>(
    `https://files.example.com/a?X-Amz-Security-Token=${secret}`,
    {href: secret, meta: {token: secret}},
    [secret],
  );
  const record = fc.record({
    id: fc.option(fc.constantFrom<unknown>('5e0e14c103a4e80018b374aa', 17), {nil: undefined}),
    attributes: fc.dictionary(fc.constantFrom('name', 'context', 'redacted', 'sizeNum'), fc.jsonValue()),
    relationships: fc.option(fc.dictionary(fc.constantFrom('message', 'org', 'team'), fc.jsonValue()), {
      nil: undefined,
    }),
    links: fc
      .tuple(related, fc.dictionary(fc.string(), fc.string()))
      .map(([address, others]) => ({...others, self: '/v1/messages/1/attachments/2', related: address})),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(record, {minLength: 1, maxLength: 3}), async (data) => {
      const some = officeWith(data);
      const messages = await readStream(some, 'attachments');
      expect(outcomeOf(messages, 'attachments')).toBe('COMPLETE');
      expect(JSON.stringify([messages, some.logs])).not.toContain(secret);
    }),
    {numRuns: 60},
  );
});

test('500 conversations cost one search, and states come on the way though all of them are asked', async () => {
  const some = office(600);
  some.api.faults.hook = ({path}) => {
    // As under a limit of some 1,000 requests per minute.
    if (path.endsWith('/attachments')) some.clock.time += 60;
    return undefined;
  };
  const messages = await readStream(some, 'attachments');
  expect(some.api.stats.requests['POST /v1/customers/search conversation']).toBeLessThan(6);
  expect(some.api.stats.requests['GET /v1/conversations/{id}/attachments']).toBe(600);
  const states = statesOf(messages).map(({stream}) => JSON.stringify(stream.stream_state));
  expect(new Set(states).size).toBeGreaterThan(1);
});
