import {compare} from '../../../tools/drift/compare';

const TEXT = {type: ['null', 'string']};
const SCHEMA = {
  type: 'object',
  properties: {
    id: {type: 'string'},
    type: TEXT,
    name: TEXT,
    size: {type: ['null', 'integer']},
    rate: {type: ['null', 'number']},
    created_at: {type: ['null', 'string'], format: 'date-time'},
    tags: {type: ['null', 'array'], items: TEXT},
    sla: {
      type: ['null', 'object'],
      properties: {matched_at: {type: ['null', 'string'], format: 'date-time'}},
    },
    custom: {type: ['null', 'object'], additionalProperties: true},
    _ab_additional_properties: {type: ['null', 'object']},
    customer: {type: ['null', 'object'], properties: {id: TEXT, type: TEXT}},
  },
};

function record(attributes: Record<string, unknown>, relationships: Record<string, unknown> = {}) {
  return {id: '1', type: 'thing', attributes, relationships};
}

test('records that are as declared differ in nothing', () => {
  const data = {type: 'customer', id: 'a'};
  const one = record(
    {
      name: '2024-01-01T00:00:00Z',
      size: 3,
      rate: 2,
      createdAt: '2024-01-01T00:00:00.000Z',
      tags: ['a', null],
      sla: {matchedAt: null},
      custom: {anyStr: 'x', anyNum: 7},
    },
    {customer: {data}},
  );
  expect(compare(SCHEMA, [one, record({name: null})])).toEqual({records: 2, differences: [], neverSeen: []});
});

test('names what is not declared, inside of what is, and of which type it is', () => {
  const records = [record({newAt: '2024-01-01T00:00:00Z'}), record({newAt: 'soon', sla: {newPart: {a: 1}}})];
  expect(compare(SCHEMA, records).differences).toEqual([
    {path: 'newAt', declared: undefined, found: 'string', records: 1, becomes: 'kept'},
    {path: 'newAt', declared: undefined, found: 'timestamp', records: 1, becomes: 'kept'},
    {path: 'sla.new_part', declared: undefined, found: 'object', records: 1, becomes: 'kept'},
  ]);
});

test('names types that differ, and whether the value can be kept', () => {
  const records = [
    record({name: 5, size: 1.5, tags: [{a: 1}, {b: 2}], sla: {matchedAt: 'never'}}),
    record({name: 6, createdAt: 'never'}),
  ];
  expect(compare(SCHEMA, records).differences).toEqual([
    {path: 'created_at', declared: 'timestamp', found: 'string', records: 1, becomes: 'null'},
    {path: 'name', declared: 'string', found: 'integer', records: 2, becomes: 'cast'},
    {path: 'size', declared: 'integer', found: 'number', records: 1, becomes: 'null'},
    {path: 'sla.matched_at', declared: 'timestamp', found: 'string', records: 1, becomes: 'null'},
    {path: 'tags', declared: 'string', found: 'object', records: 1, becomes: 'cast'},
  ]);
});

test('names columns that no record had a value in', () => {
  const {neverSeen} = compare(SCHEMA, [record({name: 'a', size: null}), record({rate: 1})]);
  expect(neverSeen).toEqual(['size', 'created_at', 'tags', 'sla', 'custom', 'customer']);
});

test('no records, no differences, and nothing seen', () => {
  expect(compare(SCHEMA, [])).toMatchObject({records: 0, differences: []});
});
