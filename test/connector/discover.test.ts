import {readFileSync} from 'node:fs';
import type {CatalogStream} from '../support/capture';
import {Connector, STREAMS} from '../support/connector';

type Schema = Record<string, unknown>;

const connector = new Connector('https://api.kustomerapp.com');
let streams: readonly CatalogStream[] = [];

beforeAll(async () => {
  const {code, stderr, messages} = await connector.discover();
  expect([code, stderr, messages.length]).toEqual([0, '', 1]);
  streams = messages[0]?.catalog?.streams ?? [];
});

afterAll(() => connector.close());

/** Every schema beneath one, itself included. */
function schemasIn(value: unknown): Schema[] {
  if (typeof value !== 'object' || value === null) return [];
  const inner = Object.values(value).flatMap(schemasIn);
  return Array.isArray(value) ? inner : [value as Schema, ...inner];
}

test('shows the nine streams, each with its cursor, key and modes', () => {
  expect(streams.map(({name}) => name)).toEqual(STREAMS);
  for (const stream of streams) {
    expect(stream).toEqual({
      name: stream.name,
      json_schema: stream.json_schema,
      supported_sync_modes: ['full_refresh', 'incremental'],
      source_defined_cursor: true,
      default_cursor_field: ['updated_at'],
      source_defined_primary_key: [['id']],
      is_resumable: true,
    });
  }
});

test('each cursor and key is in its schema, and no key is an object or a list', () => {
  for (const {json_schema: schema, ...stream} of streams) {
    for (const column of [...stream.default_cursor_field, ...stream.source_defined_primary_key.flat()]) {
      expect(schema.properties).toHaveProperty(column);
      expect(
        [schema.properties[column]?.['type']].flat().filter((type) => type === 'object' || type === 'array'),
      ).toEqual([]);
    }
    expect(schema.properties['updated_at']).toMatchObject({
      format: 'date-time',
      airbyte_type: 'timestamp_with_timezone',
    });
  }
});

test("has only Airbyte's types, and none of the keywords that destinations cannot read", () => {
  for (const {json_schema: schema} of streams) {
    for (const one of schemasIn(schema)) {
      for (const banned of ['$ref', 'allOf', 'anyOf', 'oneOf', 'not', 'if'])
        expect(Object.keys(one)).not.toContain(banned);
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

test('the schemas are those of the resources, whatever the token', () => {
  for (const {name, json_schema: schema} of streams) {
    expect(schema).toEqual(JSON.parse(readFileSync(`resources/schemas/${name}.json`, 'utf8')));
  }
});
