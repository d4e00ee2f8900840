import fc from 'fast-check';
import {compileShape} from '../../src/records/shape';
import {withCustomOf} from '../../src/catalog/configured-columns';

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
  const schema = withCustomOf(configured({type: ['null', 'object'], properties}), SCHEMA);
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
  expect(withCustomOf(json, SCHEMA)).toBe(SCHEMA);
});

test('of custom, what makes no sense stays open and the rest counts', () => {
  const properties = {good: {type: 'number'}, bad: {type: {}}, worse: 5, list: {type: 'array', items: 'x'}};
  expect(withCustomOf(configured({type: 'object', properties}), SCHEMA).properties?.['custom']).toEqual({
    ...SCHEMA.properties.custom,
    properties: {good: {type: ['null', 'number']}, list: {type: ['null', 'array']}},
  });
});

test('a stream without custom gets none', () => {
  const bare = {type: 'object', properties: {id: {type: 'string'}}};
  const json = configured({type: 'object', properties: {a: {type: 'number'}}});
  expect(withCustomOf(json, bare)).toBe(bare);
});

test('no catalog, however odd, keeps a stream from being read', () => {
  const anySchema = fc.oneof(
    fc.jsonValue(),
    fc.jsonValue().map((custom) => configured(custom)),
    fc.dictionary(fc.string(), fc.jsonValue()).map((properties) => configured({type: 'object', properties})),
  );
  fc.assert(
    fc.property(anySchema, fc.jsonValue(), (json, custom) => {
      const shaped = compileShape(withCustomOf(json, SCHEMA))({id: 'x', attributes: {custom}});
      expect(JSON.parse(shaped.json)).toMatchObject({id: 'x'});
    }),
  );
});
