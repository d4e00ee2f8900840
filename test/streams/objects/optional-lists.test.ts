import type {RefusalRule} from '../../../sandbox/api/refusals';
import {bodyOf} from '../../../sandbox/world/bodies/index';
import {pathOf} from '../../../sandbox/world/objects';
import type {JsonObject} from '../../../sandbox/world/json';
import {createWorld, worldOf} from '../../../sandbox/world/world';
import {type TestConnection, NOW, connectionOf} from '../../fakes/connection';
import {errorsOf, logsOf, outcomeOf, rowsOf} from '../../support/messages';
import {SchemaCheck} from '../../support/protocol';
import {readStream, streamOf} from '../../support/read-stream';
import {expectSame, foundOf} from '../../support/truth';

const DAY = 86_400_000;
const INCREMENTAL = [
  ...(['queues', 'ai_automations', 'satisfaction_surveys', 'spam_senders', 'cards'] as const),
  ...(['kb_articles', 'kb_categories'] as const),
];
const WHOLE = ['routing_statuses', 'snoozes', 'shortcut_categories'] as const;
/** More than a page of each. */
const SIZE = 130;
const sizes = Object.fromEntries(
  [...INCREMENTAL, ...WHOLE, 'outbound_accounts'].map((object) => [object, SIZE]),
);

function office(config: Record<string, unknown> = {}): TestConnection {
  const world = createWorld({seed: 5, now: NOW, sizes, historyDays: 300});
  return connectionOf({world, config});
}

function truth(
  {world}: TestConnection,
  object: (typeof INCREMENTAL | typeof WHOLE)[number],
  from = 0,
): string[] {
  return world
    .truth(object, {from})
    .map(({id, updatedAt}) => `${id} ${new Date(updatedAt).toISOString()}`)
    .sort();
}

function schemaOf(some: TestConnection, name: string): SchemaCheck {
  const {schema, ...stream} = streamOf(some, name);
  return new SchemaCheck([{...stream, json_schema: schema} as never]);
}

describe.each([...INCREMENTAL, ...WHOLE])('%s', (name) => {
  test('come whole, as they are, and no attribute is unknown', async () => {
    const some = office();
    const messages = await readStream(some, name, 'full_refresh');
    expectSame(foundOf(messages, name), truth(some, name), name);
    expect(rowsOf(messages, name)).toHaveLength(SIZE);
    schemaOf(some, name).expectValid(messages);
    expect(logsOf(messages, 'WARN')).toEqual([]);
  });

  test('fail with the role that is missing, or with the plan that does not have them', async () => {
    for (const [status, sentence] of [
      [403, /lacks the role org\.permission\.[a-z_]+\.read/],
      [402, /does not include it/],
    ] as const) {
      const refusal: RefusalRule = {of: 'lists', names: [pathOf(name)], status};
      const some = connectionOf({settings: {refusals: [refusal]}});
      const messages = await readStream(some, name);
      expect(outcomeOf(messages, name)).toBe('INCOMPLETE');
      expect(errorsOf(messages)[0]?.message).toMatch(sentence);
    }
  });
});

test.each(INCREMENTAL)('%s come again only where they changed', async (name) => {
  const some = office({lookback_minutes: 0});
  const state = {updated_at: new Date(NOW - 100 * DAY).toISOString()};
  const messages = await readStream(some, name, 'incremental', state);
  expectSame(foundOf(messages, name), truth(some, name, NOW - 100 * DAY), name);
  expect(rowsOf(messages, name).length).toBeLessThan(SIZE);
});

test.each(WHOLE)('%s have no time of change that could be relied on', (name) => {
  expect(streamOf(office(), name).cursorField).toBeUndefined();
});

describe('outbound accounts', () => {
  const accountOf = (attributes: JsonObject): TestConnection => {
    const body: JsonObject = {type: 'outbound_account', attributes};
    return connectionOf({
      world: worldOf([{object: 'outbound_accounts', id: 'none', createdAt: NOW, updatedAt: NOW, body}]),
    });
  };

  test('are known by channel and account, since Kustomer gives them no id', async () => {
    const some = office();
    const messages = await readStream(some, 'outbound_accounts', 'full_refresh');
    const expected = [...some.world.table('outbound_accounts').rows()].map((row) => {
      const {attributes, ...rest} = bodyOf(some.world, 'outbound_accounts', row) as {
        type: string;
        attributes: {channel: string; account: string; name: string};
      };
      return {id: `${attributes.channel}:${attributes.account}`, ...rest, ...attributes};
    });
    const byId = (left: {id?: unknown}, right: {id?: unknown}): number =>
      String(left.id) < String(right.id) ? -1 : 1;
    expect(rowsOf(messages, 'outbound_accounts').sort(byId)).toEqual(expected.sort(byId));
    expect(expected).toHaveLength(SIZE);
    schemaOf(some, 'outbound_accounts').expectValid(messages);
  });

  test('come all the same once Kustomer gives them ids', async () => {
    const body = {
      id: 'own',
      type: 'outbound_account',
      attributes: {channel: 'sms', account: '+1', name: 'n'},
    };
    const some = connectionOf({
      world: worldOf([{object: 'outbound_accounts', id: 'own', createdAt: NOW, updatedAt: NOW, body}]),
    });
    const messages = await readStream(some, 'outbound_accounts', 'full_refresh');
    expect(rowsOf(messages, 'outbound_accounts').map(({id}) => id)).toEqual(['own']);
  });

  test('of which one has no account fail the stream: nothing is left out in silence', async () => {
    const messages = await readStream(
      accountOf({channel: 'chat', name: 'x'}),
      'outbound_accounts',
      'full_refresh',
    );
    expect(outcomeOf(messages, 'outbound_accounts')).toBe('INCOMPLETE');
    expect(errorsOf(messages)[0]?.message).toMatch(/record 1 of page 1 has no id/);
  });
});
