import {UNLIMITED} from '../../sandbox/api/settings';
import {readFileSync} from 'node:fs';
import {type Sandbox, startServer} from '../../sandbox/server/listen';
import {snakeCase} from '../../src/records/snake-case';
import type {AirbyteMessage, CatalogStream} from '../support/capture';
import {Connector} from '../support/connector';
import {runHere} from '../support/in-process';
import {logsOf} from '../support/messages';
import {SchemaCheck} from '../support/protocol';
import {closeServers, problem, serve} from '../fakes/web';

type Property = Readonly<Record<string, unknown>>;

interface Organization {
  readonly sandbox: Sandbox;
  readonly connector: Connector;
}

const organizations: Organization[] = [];

async function organizationOf(model: 'none' | 'published' | 'huge', size = 0): Promise<Organization> {
  const sandbox = await startServer({size, model, settings: UNLIMITED});
  const organization = {sandbox, connector: new Connector(sandbox.url)};
  organizations.push(organization);
  return organization;
}

afterEach(closeServers);
afterAll(async () => {
  for (const {sandbox, connector} of organizations) {
    connector.close();
    await sandbox.close();
  }
});

function streamsOf(messages: readonly AirbyteMessage[]): readonly CatalogStream[] {
  return messages.find(({catalog}) => catalog)?.catalog?.streams ?? [];
}

/** The properties of `custom` of a stream. */
function customOf(messages: readonly AirbyteMessage[], stream: string): Readonly<Record<string, Property>> {
  const schema = streamsOf(messages).find(({name}) => name === stream)?.json_schema;
  const custom = schema?.properties['custom'];
  expect(custom).toMatchObject({type: ['null', 'object'], additionalProperties: true});
  return (custom?.['properties'] ?? {}) as Record<string, Property>;
}

const CUSTOM_STREAMS = ['conversations', 'customers', 'kobjects', 'messages', 'companies'];

/** A configured catalog of discovered streams. */
function configured(streams: readonly CatalogStream[]): object {
  return {
    streams: streams.map((stream) => ({
      stream,
      sync_mode: 'full_refresh',
      destination_sync_mode: 'append',
    })),
  };
}

test('without custom attributes, custom is open', async () => {
  const {connector, sandbox} = await organizationOf('none');
  const {messages} = await connector.discover();
  for (const stream of CUSTOM_STREAMS) expect(customOf(messages, stream)).toEqual({});
  expect(sandbox.api.stats.requests).toEqual({
    'GET /v1/klasses': 2,
    'GET /v1/metadata/company': 1,
    'GET /v1/metadata/conversation': 1,
    'GET /v1/metadata/customer': 1,
    'GET /v1/metadata/message': 1,
    'GET /v1/metadata/kobject.order': 1,
  });
});

describe('the organization of the published tables', () => {
  const FILE = 'resources/attributes/published-tables.json';
  const TYPES: Record<string, string> = {
    STRING: 'string',
    BOOLEAN: 'boolean',
    INTEGER: 'number',
    NUMBER: 'number',
  };

  test('custom has every field that the published tables list', async () => {
    const seed = JSON.parse(readFileSync(FILE, 'utf8')) as {
      streams: Record<string, {nested?: Record<string, [string, string][]>}>;
    };
    const {connector} = await organizationOf('published');
    const {code, messages} = await connector.discover();
    expect([code, logsOf(messages)]).toEqual([0, []]);
    const listed = Object.entries(seed.streams).flatMap(([stream, {nested}]) =>
      (nested?.['custom'] ?? []).map(([field, type]) => ({stream, field, type: TYPES[type]})),
    );
    expect(listed.length).toBeGreaterThan(80);
    const found = listed.map(({stream, field}) => {
      const types = customOf(messages, stream)[field]?.['type'] as string[] | undefined;
      return {stream, field, type: types?.find((type) => type !== 'null')};
    });
    expect(found).toEqual(listed);
  });

  test('what is read fits what was discovered, values and all', async () => {
    const {connector} = await organizationOf('published', 400);
    const discovered = await connector.discover();
    const streams = streamsOf(discovered.messages).filter(({name}) => CUSTOM_STREAMS.includes(name));
    const {code, messages} = await connector.read({catalog: configured(streams)});
    expect(code).toBe(0);
    new SchemaCheck(streams).expectValid(messages);
    const values = messages.flatMap(({record}) =>
      Object.entries((record?.data['custom'] ?? {}) as object).map(([name, value]) => ({
        property: customOf(discovered.messages, record?.stream ?? '')[name],
        value: value as unknown,
      })),
    );
    expect(values.length).toBeGreaterThan(500);
    expect(values.filter(({property}) => property === undefined)).toEqual([]);
    const kinds = new Set(values.map(({value}) => (Array.isArray(value) ? 'array' : typeof value)));
    expect([...kinds].sort()).toEqual(['array', 'boolean', 'number', 'object', 'string']);
    expect(
      values.filter(({value}) => value !== null && typeof value === 'object' && !Array.isArray(value)),
    ).toEqual([]);
    expect(messages.filter(({record}) => record?.meta)).toEqual([]);
  });
});

test('values are cast by what was discovered, be it long ago', async () => {
  const {connector} = await organizationOf('published', 400);
  const {messages: discovered} = await connector.discover();
  const [stream] = streamsOf(discovered).filter(({name}) => name === 'customers');
  if (!stream) throw new Error('there is no stream customers');
  const properties = {orders_count_num: {type: ['null', 'string']}, accepts_marketing_bool: {type: 'number'}};
  const custom = {type: ['null', 'object'], properties};
  const old = {...stream, json_schema: {...stream.json_schema, properties: {custom}}};
  const {code, messages} = await connector.read({catalog: configured([old])});
  expect(code).toBe(0);
  const rows = messages.flatMap(({record}) => (record ? [record.data['custom'] as Property] : []));
  const types = (name: string) => new Set(rows.map((row) => typeof row[name]));
  expect(types('orders_count_num')).toContain('string');
  expect(types('orders_count_num')).not.toContain('number');
  // A boolean is no number: null, and said so.
  expect(types('accepts_marketing_bool')).not.toContain('boolean');
  expect(messages.flatMap(({record}) => record?.meta?.changes ?? [])).toContainEqual({
    field: 'custom.accepts_marketing_bool',
    change: 'NULLED',
    reason: 'SOURCE_SERIALIZATION_ERROR',
  });
  // What is not in the catalog is kept as it came.
  expect(types('latest_csat_num')).toContain('number');
});

describe('an organization with 300 attributes and 40 klasses', () => {
  let huge: Organization;
  beforeAll(async () => {
    huge = await organizationOf('huge');
  });

  test('every attribute has its property, also those whose names collide', async () => {
    const {code, messages} = await huge.connector.discover();
    expect([code, logsOf(messages)]).toEqual([0, []]);
    const {attributes} = huge.sandbox.world.model;
    for (const [stream, resource] of [
      ['conversations', 'conversation'],
      ['customers', 'customer'],
      ['messages', 'message'],
    ] as const) {
      const names = attributes[resource] ?? [];
      const properties = Object.keys(customOf(messages, stream));
      expect(properties).toHaveLength(names.length);
      expect(
        names.filter((name) => ![name, snakeCase(name)].some((one) => properties.includes(one))),
      ).toEqual([]);
      expect(properties).toEqual([...properties].sort());
    }
    expect(Object.keys(customOf(messages, 'customers'))).toHaveLength(300);
    const custom = customOf(messages, 'conversations');
    expect(custom).toMatchObject({
      order_id_str: {},
      orderIdStr: {},
      order_idStr: {},
      größe_num: {},
      注文番号_str: {},
    });
  });

  test('two discovers print the same bytes, though the API names attributes in another order each time', async () => {
    const {api} = huge.sandbox;
    api.stats.reset();
    const first = await huge.connector.discover();
    expect(api.stats.total).toBe(46);
    expect((await huge.connector.discover()).stdout).toBe(first.stdout);
  });
});

describe('where the organization cannot be asked', () => {
  test('without the role, custom stays open and one warning names it', async () => {
    const {connector, sandbox} = await organizationOf('published');
    const {code, messages} = await connector.discover({api_token: 'sandbox-no-metadata'});
    expect(code).toBe(0);
    for (const stream of CUSTOM_STREAMS) expect(customOf(messages, stream)).toEqual({});
    const [warning, ...others] = logsOf(messages, 'WARN');
    expect(others).toEqual([]);
    // This token has "metadata" in it, so that the word is masked.
    expect(warning).toMatch(
      /custom attributes of company, conversation, customer, kobject\.gift-order, .*org\.permission\.\*\*\*\.read/,
    );
    expect(sandbox.api.stats.statuses).toEqual({200: 2, 403: 9});
  });

  test('one resource that fails leaves the others alone', async () => {
    const {connector, sandbox} = await organizationOf('published');
    sandbox.api.faults.set([{kind: 'status', status: 404, match: {path: '/v1/metadata/message'}, times: -1}]);
    const {code, messages} = await connector.discover();
    expect(code).toBe(0);
    expect(customOf(messages, 'messages')).toEqual({});
    expect(Object.keys(customOf(messages, 'customers')).length).toBeGreaterThan(30);
    expect(logsOf(messages, 'WARN')).toEqual([
      expect.stringMatching(/custom attributes of message are not known/) as string,
    ]);
  });

  test('without a network the catalog comes all the same, before long', async () => {
    const {connector} = await organizationOf('none');
    const web = await serve(problem(500));
    await web.close();
    const file = connector.file(connector.config({base_url: web.url}));
    const {code, messages, waited} = await runHere(['discover', '--config', file]);
    expect(code).toBe(0);
    expect(streamsOf(messages).map(({name}) => name)).toEqual(expect.arrayContaining(CUSTOM_STREAMS));
    expect(logsOf(messages, 'WARN')).toEqual([
      expect.stringMatching(/^The klasses of custom objects are not known.*ECONNREFUSED/) as string,
      expect.stringMatching(
        /^The custom attributes of company, .*, message are not known.*ECONNREFUSED/,
      ) as string,
    ]);
    expect(waited).toBeLessThan(60_000);
  });

  test('what passes is asked for again', async () => {
    const {connector, sandbox} = await organizationOf('none');
    sandbox.api.faults.set([{kind: 'status', status: 503, match: {path: '/v1/metadata/*'}, times: 1}]);
    const {code, messages} = await connector.discover();
    expect([code, logsOf(messages, 'WARN')]).toEqual([0, []]);
    expect(sandbox.api.stats.statuses).toEqual({200: 7, 503: 1});
  });
});
