import {readFileSync} from 'node:fs';
import Ajv, {type ValidateFunction} from 'ajv';
import addFormats from 'ajv-formats';
import fc from 'fast-check';
import type {JsonObject} from '../../src/json';
import {compileShape, MalformedRecord, type StreamSchema} from '../../src/records/shape';
import {snakeCase} from '../../src/records/snake-case';
import {leavesOf, missingFrom} from '../fakes/leaves';

const SAMPLE = 'test/fixtures/customers-sample.jsonl';
const STREAMS = [
  'conversations',
  'customers',
  'kobjects',
  'messages',
  'notes',
  'shortcuts',
  'tags',
  'teams',
  'users',
];

function schemaOf(stream: string): StreamSchema {
  return JSON.parse(readFileSync(`resources/schemas/${stream}.json`, 'utf8')) as StreamSchema;
}

function validatorOf(schema: object): ValidateFunction {
  const ajv = new Ajv({strict: true, allowUnionTypes: true, keywords: ['airbyte_type']});
  addFormats(ajv);
  return ajv.compile(schema);
}

describe('compileShape', () => {
  const schema = {
    type: 'object',
    properties: {
      id: {type: 'string'},
      type: {type: ['null', 'string']},
      name: {type: ['null', 'string']},
      count: {type: ['null', 'integer']},
      sla: {type: ['null', 'object'], properties: {version: {type: ['null', 'integer']}}},
    },
  };
  const shape = compileShape(schema);
  const resource = {id: '1', type: 'thing', attributes: {name: 'a', count: 1}};

  test('makes a row and says that nothing had to be changed', () => {
    const shaped = shape(resource);
    expect(shaped).toEqual({
      json: '{"id":"1","type":"thing","name":"a","count":1}',
      changes: [],
      undeclared: [],
    });
    expect(shape(resource).changes).toBe(shaped.changes);
    expect(Object.isFrozen(shaped.changes)).toBe(true);
  });

  test('names what became null and what is not declared', () => {
    const attributes = {count: 1.5, sla: {version: 'x', extra: 1}, moreThings: 5};
    expect(shape({...resource, attributes})).toEqual({
      json: '{"id":"1","type":"thing","count":null,"sla":{"version":null,"extra":1},"more_things":5}',
      changes: [
        {field: 'count', change: 'NULLED', reason: 'SOURCE_SERIALIZATION_ERROR'},
        {field: 'sla.version', change: 'NULLED', reason: 'SOURCE_SERIALIZATION_ERROR'},
      ],
      undeclared: ['more_things'],
    });
  });

  test('refuses what is no resource', () => {
    expect(() => shape({id: '1'})).toThrow(MalformedRecord);
  });

  test('one record leaves nothing behind for the next', () => {
    shape({...resource, attributes: {count: 'x', moreThings: 1}});
    expect(shape(resource)).toEqual(compileShape(schema)(resource));
  });
});

describe.each(STREAMS)('every row of %s', (stream) => {
  const schema = schemaOf(stream);
  const validate = validatorOf(schema);
  const shape = compileShape(schema);
  const fitting = fc.constantFrom(
    '2023-04-17T00:00:07.949Z',
    '2023-04-17',
    '12',
    '1.5',
    'true',
    'a',
    5,
    5.5,
    true,
  );
  const leaf = fc.oneof({weight: 4, arbitrary: fitting}, {weight: 1, arbitrary: fc.jsonValue({maxDepth: 1})});
  const inside = fc.dictionary(fc.constantFrom('id', ...nestedNames(schema)), leaf, {maxKeys: 4});
  const value = fc.oneof(leaf, inside, fc.array(inside, {maxLength: 2}));
  const deep = fc.oneof(
    value,
    fc.dictionary(fc.constantFrom('id', ...nestedNames(schema)), value, {maxKeys: 3}),
  );
  const column = fc.oneof(
    {weight: 4, arbitrary: fc.constantFrom(...Object.keys(schema.properties ?? {}))},
    {weight: 1, arbitrary: fc.string()},
  );
  const resource = fc.record({
    id: fc.string({minLength: 1}),
    type: leaf,
    attributes: fc.dictionary(column, deep, {maxKeys: 8}),
    relationships: fc.dictionary(column, fc.record({data: deep}), {maxKeys: 3}),
  });

  test('is valid, and what is not named as nulled is in it', () => {
    fc.assert(
      fc.property(resource, (generated) => {
        const {type, attributes, relationships} = generated;
        const {json, changes} = shape(JSON.parse(JSON.stringify(generated)));
        const data = JSON.parse(json) as JsonObject;
        expect([validate(data), validate.errors]).toEqual([true, null]);
        const related = Object.entries(relationships).flatMap(([name, {data: target}]) =>
          leavesOf(target, name === 'sla' ? 'sla_data' : snakeCase(name)),
        );
        const isNulled = (path: string): boolean =>
          changes.some(({field}) => `${path}.`.startsWith(`${field}.`));
        const leaves = [...leavesOf(type, 'type'), ...leavesOf(attributes), ...related];
        expect(
          missingFrom(
            data,
            leaves.filter(({path}) => !isNulled(path)),
          ),
        ).toEqual([]);
      }),
      {numRuns: 200},
    );
  });
});

describe('the real-shaped sample', () => {
  const schema = schemaOf('customers');
  const validate = validatorOf(schema);
  const shape = compileShape(schema);
  const lines = readFileSync(SAMPLE, 'utf8').trim().split('\n');

  test.each(lines.map((line, index) => [index + 1, line]))('record %i comes out whole', (_, line) => {
    const resource = JSON.parse(String(line)) as {
      attributes: JsonObject;
      relationships: Record<string, JsonObject>;
    };
    const {json, changes, undeclared} = shape(resource);
    const data = JSON.parse(json) as JsonObject;
    expect([validate(data), validate.errors, changes, undeclared]).toEqual([true, null, [], []]);
    const related = Object.values(resource.relationships).map((each) => each['data'] ?? []);
    expect(missingFrom(data, leavesOf([resource.attributes, related]))).toEqual([]);
    for (const key of Object.keys(resource.attributes)) expect(data).toHaveProperty([snakeCase(key)]);
  });
});

/** The names of everything inside the columns. */
function nestedNames(schema: StreamSchema): string[] {
  const names = Object.values(schema.properties ?? {}).flatMap((each) => [
    ...Object.keys(each.properties ?? {}),
    ...nestedNames(each),
    ...(each.items === undefined
      ? []
      : [...Object.keys(each.items.properties ?? {}), ...nestedNames(each.items)]),
  ]);
  return [...new Set(names)];
}
