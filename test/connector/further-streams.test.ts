import {UNLIMITED} from '../../sandbox/api/settings';
import {readFileSync} from 'node:fs';
import {parse} from 'yaml';
import {expiryOf} from '../../sandbox/world/bodies/audit';
import {bodyOf} from '../../sandbox/world/bodies/index';
import {holidays, slaVersions} from '../../sandbox/world/bodies/setup';
import {Maker} from '../../sandbox/world/bodies/maker';
import {eventsOf} from '../../sandbox/world/bodies/events';
import {mergesOf} from '../../sandbox/world/bodies/merges';
import {responseOf} from '../../sandbox/world/bodies/responses';
import {attachmentsOf} from '../../sandbox/world/bodies/parts';
import type {JsonObject} from '../../sandbox/world/json';
import {type Sandbox, startServer} from '../../sandbox/server/listen';
import type {ObjectName, WorkName} from '../../sandbox/world/objects';
import type {Row} from '../../sandbox/world/row';
import {truthOfWork} from '../../sandbox/world/work';
import type {World} from '../../sandbox/world/world';
import {connectionOf} from '../fakes/connection';
import {Connector, handOver} from '../support/connector';
import {errorsOf, lastStates, outcomeOf, rowsOf} from '../support/messages';
import {SchemaCheck, expectProtocol} from '../support/protocol';
import {expectSame} from '../support/truth';

/** Plain lists: each record is a row. */
const SETTINGS = [
  ...(['queues', 'routing_statuses', 'satisfaction_surveys', 'snoozes', 'ai_automations'] as const),
  ...(['shortcut_categories', 'spam_senders', 'cards', 'kb_articles', 'kb_categories'] as const),
];

/** The ids that a read of everything gives, by stream: what the sandbox holds, not what it answers. */
const TRUTH: Record<string, (world: World) => (string | undefined)[]> = {
  companies: (world) => idsOf(world, 'companies'),
  brands: (world) => idsOf(world, 'brands'),
  custom_attributes: customAttributes,
  klasses: (world) => enabled(world).map(({row}) => row.id),
  role_groups: (world) => idsOf(world, 'role_groups'),
  schedules: (world) => idsOf(world, 'schedules'),
  slas: (world) => idsOf(world, 'slas'),
  sla_versions: (world) => partsOf(world, 'slas', (_, row) => slaVersions(new Maker(world, 'slas', row))),
  ...Object.fromEntries(SETTINGS.map((object) => [object, (world: World) => idsOf(world, object)] as const)),
  holidays: (world) => partsOf(world, 'schedules', (_, row) => holidays(new Maker(world, 'schedules', row))),
  outbound_accounts: (world) =>
    partsOf(world, 'outbound_accounts', (_, row) => [outboundAccountOf(world, row)]),
  audit_logs: (world) =>
    partsOf(world, 'audit_logs', (_, {id, ...row}) =>
      expiryOf(new Maker(world, 'audit_logs', {id, ...row})) > Date.now() ? [{id}] : [],
    ),
  attachments: (world) => partsOf(world, 'conversations', attachmentsOf),
  conversation_times: (world) => truthOfWork(world, 'conversation_times').map(({id}) => id),
  work_items: (world) => recentWork(world, 'work_items'),
  work_sessions: (world) => recentWork(world, 'work_sessions'),
  conversation_events: (world) => partsOf(world, 'conversations', eventsOf),
  customer_merges: (world) => partsOf(world, 'customers', mergesOf),
  satisfaction_responses: (world) =>
    partsOf(world, 'conversations', (_, row) => [responseOf(world, row) ?? []].flat()),
};
const NAMES = Object.keys(TRUTH);
const WHOLE = [
  ...['custom_attributes', 'slas', 'sla_versions'],
  ...['holidays', 'outbound_accounts', 'routing_statuses', 'shortcut_categories', 'snoozes'],
];
const LOOKBACK = 10 * 60_000;
const DAY = 86_400_000;

function idsOf(world: World, object: ObjectName): string[] {
  return world.truth(object).map(({id}) => id);
}

/** There is no archive of them. */
function recentWork(world: World, name: WorkName): string[] {
  return truthOfWork(world, name, {from: Date.now() - 730 * DAY}).map(({id}) => id);
}

function partsOf(world: World, object: ObjectName, make: (world: World, row: Row) => JsonObject[]): string[] {
  return [...world.table(object).rows()].flatMap((row) => make(world, row).map(({id}) => String(id)));
}

/** What Kustomer gives no id: the connector's is its channel and account. */
function outboundAccountOf(world: World, row: Row): JsonObject {
  const {attributes} = bodyOf(world, 'outbound_accounts', row) as {
    attributes: {channel: string; account: string};
  };
  return {id: `${attributes.channel}:${attributes.account}`};
}

function enabled(world: World): {name: string; row: Row}[] {
  return [...world.table('klasses').rows()].flatMap((row) => {
    const klass = world.model.klasses[row.slot];
    return klass?.enabled ? [{name: klass.name, row}] : [];
  });
}

function customAttributes(world: World): string[] {
  const objects = ['company', 'conversation', 'customer', 'message'];
  const used = world.model.klasses.filter(({status}) => status !== 'disabled');
  return [...objects, ...used.map(({name}) => `kobject.${name}`)].flatMap((object) =>
    (world.model.attributes[object] ?? []).map((name) => `${object}.${name}`),
  );
}

let sandbox: Sandbox;
let connector: Connector;

beforeAll(async () => {
  sandbox = await startServer({size: 1500, settings: UNLIMITED});
  connector = new Connector(sandbox.url);
});

afterAll(async () => {
  connector.close();
  await sandbox.close();
});

/** The modes that each may be read in: incremental where it can. */
function modes(): Record<string, 'incremental' | 'full_refresh'> {
  return Object.fromEntries(
    NAMES.map((name) => [name, WHOLE.includes(name) ? 'full_refresh' : 'incremental']),
  );
}

test('each further stream gives what is true of it, once; then what has changed', async () => {
  const catalog = (await connector.discover()).messages.at(-1)?.catalog?.streams ?? [];
  const first = await connector.read({streams: modes()});
  expect([first.code, first.stderr, errorsOf(first.messages)]).toEqual([0, '', []]);
  expectProtocol(first.messages, NAMES);
  new SchemaCheck(catalog).expectValid(first.messages);
  for (const name of NAMES) {
    expect(outcomeOf(first.messages, name)).toBe('COMPLETE');
    const truth = (TRUTH[name]?.(sandbox.world) ?? []).map(String).sort();
    expect([name, truth.length > 0]).toEqual([name, true]);
    expectSame(
      rowsOf(first.messages, name)
        .map(({id}) => String(id))
        .sort(),
      truth,
      name,
    );
  }

  const [company] = sandbox.world.truth('companies', {includeDeleted: false});
  const [conversation] = sandbox.world
    .truth('conversations')
    .filter(
      ({id}) => attachmentsOf(sandbox.world, sandbox.world.table('conversations').find(id) as Row).length > 0,
    );
  sandbox.world.update('companies', company?.id ?? '', {at: Date.now()});
  sandbox.world.update('conversations', conversation?.id ?? '', {at: Date.now()});
  const states = lastStates(first.messages).filter(
    ({stream}) => !WHOLE.includes(stream.stream_descriptor.name),
  );
  const again = await connector.read({streams: modes(), state: handOver(states)});
  expect(again.code).toBe(0);
  const since = Date.now() - LOOKBACK - 60_000;
  const isRecent = (row: Record<string, unknown>): boolean =>
    Date.parse(
      String(
        row['conversation_updated_at'] ??
          row['customer_updated_at'] ??
          row['updated_at'] ??
          row['created_at'],
      ),
    ) >= since;
  for (const name of NAMES.filter((one) => !WHOLE.includes(one))) {
    expect([name, rowsOf(again.messages, name).every(isRecent)]).toEqual([name, true]);
  }
  expect(rowsOf(again.messages, 'companies').map(({id}) => id)).toContain(company?.id);
  expect(
    rowsOf(again.messages, 'attachments').map((row) => (row['conversation'] as {id: string}).id),
  ).toContain(conversation?.id);
  expect(rowsOf(again.messages, 'slas')).toHaveLength(TRUTH['slas']?.(sandbox.world).length ?? 0);
});

test('a key without a role fails that stream only, and the check passes and names it', async () => {
  const config = {api_token: 'sandbox-no-metadata'};
  const {messages} = await connector.check(config);
  expect(messages[0]?.connectionStatus).toMatchObject({
    status: 'SUCCEEDED',
    message: expect.stringMatching(/^The API key cannot read custom_attributes \(/) as string,
  });
  const streams = {custom_attributes: 'full_refresh', brands: 'incremental'} as const;
  const read = await connector.read({streams, config});
  expect(read.code).toBe(1);
  expect(Object.keys(streams).map((name) => outcomeOf(read.messages, name))).toEqual([
    'INCOMPLETE',
    'COMPLETE',
  ]);
});

test('what costs a request per conversation or customer, or what not every account has, is not selected by default', () => {
  const {data} = parse(readFileSync('metadata.yaml', 'utf8')) as {
    data: {suggestedStreams: {streams: string[]}};
  };
  const {streams} = data.suggestedStreams;
  expect(streams).toContain('conversations');
  const optional = connectionOf().connection.streams.flatMap((stream) =>
    stream.isOptional ? [stream.name] : [],
  );
  expect(optional).toEqual(expect.arrayContaining(SETTINGS));
  const costly = ['attachments', 'conversation_times', 'conversation_events'];
  const unwanted = [...costly, 'customer_merges', 'satisfaction_responses', ...optional];
  expect(streams.filter((name) => unwanted.includes(name))).toEqual([]);
});
