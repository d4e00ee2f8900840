import {UNLIMITED} from '../../sandbox/api/settings';
import {readFileSync, readdirSync} from 'node:fs';
import {type Sandbox, startServer} from '../../sandbox/server/listen';
import type {CatalogStream} from '../support/capture';
import {Connector, STREAMS} from '../support/connector';

type Schema = Record<string, unknown>;

let sandbox: Sandbox;
let connector: Connector;
let streams: readonly CatalogStream[] = [];

/** An organization without any custom attributes: its schemas are those that there are for everybody. */
beforeAll(async () => {
  sandbox = await startServer({size: 0, model: 'none', settings: UNLIMITED});
  connector = new Connector(sandbox.url);
  const {code, stderr, messages} = await connector.discover();
  expect([code, stderr, messages.length]).toEqual([0, '', 1]);
  streams = messages[0]?.catalog?.streams ?? [];
});

afterAll(async () => {
  connector.close();
  await sandbox.close();
});

/** Every schema beneath one, itself included. */
function schemasIn(value: unknown): Schema[] {
  if (typeof value !== 'object' || value === null) return [];
  const inner = Object.values(value).flatMap(schemasIn);
  return Array.isArray(value) ? inner : [value as Schema, ...inner];
}

/** What everybody has: the nine streams first. Besides those, there is one for each klass. */
const KNOWN = readdirSync('resources/schemas').map((file) => file.replace('.json', ''));

function isKlass({name}: CatalogStream): boolean {
  return name.startsWith('kobject_');
}

test('shows the nine streams first, and each that there is a schema for', () => {
  const names = streams.filter((stream) => !isKlass(stream)).map(({name}) => name);
  expect(names.slice(0, STREAMS.length)).toEqual(STREAMS);
  expect([...names].sort()).toEqual(KNOWN.sort());
});

test('each has its cursor, key and modes', () => {
  for (const stream of streams) {
    const isWhole = stream.default_cursor_field === undefined;
    if (STREAMS.includes(stream.name) || isKlass(stream)) {
      expect(stream.default_cursor_field).toEqual(['updated_at']);
    }
    expect(stream).toEqual({
      name: stream.name,
      json_schema: stream.json_schema,
      ...(isWhole
        ? {supported_sync_modes: ['full_refresh']}
        : {
            supported_sync_modes: ['full_refresh', 'incremental'],
            source_defined_cursor: true,
            default_cursor_field: [expect.any(String) as string],
          }),
      source_defined_primary_key: [['id']],
      is_resumable: true,
    });
  }
});

test('each cursor and key is in its schema, and no key is an object or a list', () => {
  for (const {json_schema: schema, ...stream} of streams) {
    const cursor = stream.default_cursor_field ?? [];
    for (const column of [...cursor, ...stream.source_defined_primary_key.flat()]) {
      expect(schema.properties).toHaveProperty(column);
      expect(
        [schema.properties[column]?.['type']].flat().filter((type) => type === 'object' || type === 'array'),
      ).toEqual([]);
    }
    for (const column of cursor) {
      expect(schema.properties[column]).toMatchObject({
        format: 'date-time',
        airbyte_type: 'timestamp_with_timezone',
      });
    }
  }
});

test("has only Airbyte's types, and none of the keywords that destinations cannot read", () => {
  for (const {json_schema: schema} of streams) {
    for (const one of schemasIn(schema)) {
      for (const banned of ['$ref', 'allOf', 'anyOf', 'oneOf', 'not', 'if']) {
        expect(Object.keys(one)).not.toContain(banned);
      }
      if ('additionalProperties' in one) expect(one['additionalProperties']).toBe(true);
      const known = ['string', 'boolean', 'integer', 'number', 'object', 'array', 'null'];
      if (typeof one['type'] === 'string' || Array.isArray(one['type'])) {
        const types = [one['type']].flat() as string[];
        expect(types.filter((type) => !known.includes(type))).toEqual([]);
        expect(types.filter((type) => type !== 'null')).toHaveLength(1);
      }
    }
  }
});

test('the schemas are those of the resources', () => {
  for (const {name, json_schema: schema} of streams.filter((stream) => !isKlass(stream))) {
    expect(schema).toEqual(JSON.parse(readFileSync(`resources/schemas/${name}.json`, 'utf8')));
  }
});
