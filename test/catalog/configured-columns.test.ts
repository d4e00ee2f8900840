import fc from 'fast-check';
import {compileShape, type StreamSchema} from '../../src/records/shape';
import {restoreCustomColumns} from '../../src/catalog/configured-columns';
import {type Field, declareCustomColumns} from '../../src/catalog/custom-columns';

const SCHEMA = {
  type: 'object',
  properties: {
    custom: {type: ['null', 'object'], additionalProperties: true},
    id: {type: 'string'},
    rev: {type: ['null', 'number']},
  },
};

function configured(custom: unknown): object {
  return {type: 'object', properties: {id: {type: 'string'}, custom}};
}

test('what the configured catalog knows of custom is cast by; all else is the own schema', () => {
  const properties = {
    a_num: {type: ['null', 'number'], title: 'A'},
    b_at: {type: ['string', 'null'], format: 'date-time', airbyte_type: 'timestamp_with_timezone'},
    c_id: {type: 'array', items: {type: ['null', 'string']}},
  };
  const schema = restoreCustomColumns(configured({type: ['null', 'object'], properties}), SCHEMA);
  expect(schema).toEqual({
    ...SCHEMA,
    properties: {
      ...SCHEMA.properties,
      custom: {
        ...SCHEMA.properties.custom,
        properties: {
          a_num: {type: ['null', 'number']},
          b_at: {type: ['null', 'string'], format: 'date-time'},
          c_id: {type: ['null', 'array'], items: {type: ['null', 'string']}},
        },
      },
    },
  });
  const custom = {aNum: '5', bAt: 'tomorrow', cId: 7, dStr: 'kept'};
  const {json, ...said} = compileShape(schema)({id: 'x', attributes: {custom, rev: '3'}});
  expect(JSON.parse(json)).toMatchObject({
    custom: {a_num: 5, b_at: null, c_id: ['7'], d_str: 'kept'},
    rev: 3,
  });
  expect(said).toMatchObject({
    changes: [{field: 'custom.b_at'}],
    undeclared: [],
  });
});

test.each([
  ['nothing', undefined],
  ['null', null],
  ['a list', []],
  ['text', 'schema'],
  ['an empty schema', {}],
  ['properties that are no object', {properties: []}],
  ['a pruned one', {properties: {id: {type: 'string'}}}],
  ['custom as text', configured({type: ['null', 'string']})],
  ['custom without properties', configured({type: ['null', 'object']})],
  ['custom with an empty list', configured({type: 'object', properties: []})],
  ['properties of no known type', configured({type: 'object', properties: {a: {}, b: null, c: {type: 'x'}}})],
  ['properties of two types', configured({type: 'object', properties: {a: {type: ['string', 'number']}}})],
])('%s leaves custom open', (_, json) => {
  expect(restoreCustomColumns(json, SCHEMA)).toBe(SCHEMA);
});

test('of custom, what makes no sense stays open and the rest counts', () => {
  const properties = {good: {type: 'number'}, bad: {type: {}}, worse: 5, list: {type: 'array', items: 'x'}};
  expect(
    restoreCustomColumns(configured({type: 'object', properties}), SCHEMA).properties?.['custom'],
  ).toEqual({
    ...SCHEMA.properties.custom,
    properties: {good: {type: ['null', 'number']}, list: {type: ['null', 'array']}},
  });
});

test('a stream without custom gets none', () => {
  const bare = {type: 'object', properties: {id: {type: 'string'}}};
  const json = configured({type: 'object', properties: {a: {type: 'number'}}});
  expect(restoreCustomColumns(json, bare)).toBe(bare);
});

test('no catalog, however odd, keeps a stream from being read', () => {
  const anySchema = fc.oneof(
    fc.jsonValue(),
    fc.jsonValue().map((custom) => configured(custom)),
    fc.dictionary(fc.string(), fc.jsonValue()).map((properties) => configured({type: 'object', properties})),
  );
  fc.assert(
    fc.property(anySchema, fc.jsonValue(), (json, custom) => {
      const shaped = compileShape(restoreCustomColumns(json, SCHEMA))({id: 'x', attributes: {custom}});
      expect(JSON.parse(shaped.json)).toMatchObject({id: 'x'});
    }),
  );
});

/** What only people read, and what Airbyte is told besides: values are not cast by it. */
const NOT_CAST_BY = new Set(['title', 'description', 'airbyte_type']);

function castingPart(column: StreamSchema): StreamSchema {
  return Object.fromEntries(Object.entries(column).filter(([keyword]) => !NOT_CAST_BY.has(keyword)));
}

const fields: fc.Arbitrary<Field[]> = fc.uniqueArray(
  fc.record({
    name: fc.oneof(fc.string(), fc.constantFrom('orderIdStr', 'order_idStr', 'orderIDStr', 'a_num', 'aNum')),
    type: fc.constantFrom('text', 'number', 'boolean', 'date-time', 'list'),
    title: fc.option(fc.string(), {nil: undefined}),
    choices: fc.array(fc.string(), {maxLength: 3}),
  }),
  {selector: ({name}) => name},
);

test('restoring is the inverse of declaring: what discover says, a read casts by', () => {
  fc.assert(
    fc.property(fields, (some) => {
      const declared = declareCustomColumns(SCHEMA, some);
      const sent: unknown = JSON.parse(JSON.stringify(declared));
      const restored = restoreCustomColumns(sent, SCHEMA);
      const columns = Object.entries(declared.properties?.['custom']?.properties ?? {});
      expect(columns).toHaveLength(some.length);
      expect(Object.entries(restored.properties?.['custom']?.properties ?? {})).toEqual(
        columns.map(([name, column]) => [name, castingPart(column)]),
      );
      // Nothing else of the schema is touched, and a second time changes nothing.
      const withoutCustom = ({properties}: StreamSchema) => ({...properties, custom: undefined});
      expect(withoutCustom(restored)).toEqual(withoutCustom(SCHEMA));
      expect(restoreCustomColumns(restored, SCHEMA)).toEqual(restored);
    }),
  );
});
