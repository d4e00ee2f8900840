import {type Field, fieldOf, unite, declareCustomColumns} from '../../src/catalog/custom-columns';
import {compileShape} from '../../src/records/shape';

const SCHEMA = {
  type: 'object',
  properties: {custom: {type: ['null', 'object'], additionalProperties: true}, id: {type: 'string'}},
};

function attribute(name: string, more: object = {}): Parameters<typeof fieldOf>[0] {
  return {name, type: undefined, displayName: undefined, multi: false, choices: [], ...more};
}

function customOf(...fields: Field[]): Record<string, Record<string, unknown>> {
  const {custom} = declareCustomColumns(SCHEMA, fields).properties ?? {};
  expect(custom).toMatchObject({type: ['null', 'object'], additionalProperties: true});
  return (custom as {properties: Record<string, Record<string, unknown>>}).properties;
}

test.each([
  ['totalNum', {}, {type: ['null', 'number']}],
  ['dueAt', {}, {type: ['null', 'string'], format: 'date-time', airbyte_type: 'timestamp_with_timezone'}],
  ['paidBool', {}, {type: ['null', 'boolean']}],
  ['nameStr', {}, {type: ['null', 'string']}],
  ['notesTxt', {}, {type: ['null', 'string']}],
  ['pageUrl', {}, {type: ['null', 'string']}],
  ['reasonTree', {}, {type: ['null', 'string']}],
  ['orderId', {}, {type: ['null', 'string']}],
  ['ordersId', {multi: true}, {type: ['null', 'array'], items: {type: ['null', 'string']}}],
  ['totalNum', {type: 'string'}, {type: ['null', 'number']}],
  ['total', {type: 'number'}, {type: ['null', 'number']}],
  ['due', {type: 'date'}, {type: ['null', 'string'], format: 'date-time'}],
  ['format', {}, {type: ['null', 'string']}],
  ['odd', {type: 'constructor'}, {type: ['null', 'string']}],
])('the type of %s %p', (name, more, schema) => {
  const [property] = Object.values(customOf(fieldOf(attribute(name, more))));
  expect(property).toMatchObject(schema);
});

test('a display name is the title, and allowed values are told of, in one order', () => {
  const field = fieldOf(attribute('sizeStr', {displayName: 'Size', choices: ['M', 'L', 'S']}));
  expect(customOf(field)).toEqual({
    size_str: {type: ['null', 'string'], title: 'Size', description: 'One of: L, M, S.'},
  });
  const many = Array.from({length: 103}, (_, at) => `v${at}`);
  const [property] = Object.values(customOf(fieldOf(attribute('reasonTree', {choices: many}))));
  expect(property?.['description']).toMatch(/^One of: v0, v1, v10, .* and 3 more\.$/);
});

test('the order in which the API names attributes does not matter', () => {
  const names = ['bNum', 'aStr', 'orderIdStr', 'orderIDStr', 'order_idStr', 'größeNum', '注文番号Str'];
  const forward = customOf(...names.map((name) => fieldOf(attribute(name))));
  const backward = customOf(...names.toReversed().map((name) => fieldOf(attribute(name))));
  expect(JSON.stringify(forward)).toBe(JSON.stringify(backward));
  expect(Object.keys(forward)).toEqual(Object.keys(forward).sort());
});

test('of names that collide, one has the name and the others keep theirs; each row goes by that, whatever its order', () => {
  const fields = [attribute('order_idNum'), attribute('orderIdNum'), attribute('orderIDNum')].map(fieldOf);
  expect(Object.keys(customOf(...fields))).toEqual(['orderIdNum', 'order_idNum', 'order_id_num']);
  const shape = compileShape(declareCustomColumns(SCHEMA, fields));
  const custom = {order_idNum: '1', orderIdNum: '2', orderIDNum: '3'};
  const customOfRow = (attributes: object): unknown =>
    (JSON.parse(shape({id: 'a', attributes}).json) as {custom: unknown}).custom;
  expect(customOfRow({custom})).toEqual({order_idNum: 1, orderIdNum: 2, order_id_num: 3});
  expect(customOfRow({custom: {orderIdNum: '2'}})).toEqual({orderIdNum: 2});
});

test('one that is spelt like the name of another has that name', () => {
  const fields = [attribute('aBNum'), attribute('a_b_num')].map(fieldOf);
  expect(customOf(...fields)).toEqual({
    aBNum: {type: ['null', 'number']},
    a_b_num: {type: ['null', 'string']},
  });
});

test('klasses together have all attributes; where types differ, text holds both', () => {
  const one = [attribute('itemsId', {multi: true}), attribute('sizeStr', {choices: ['S', 'M']})].map(fieldOf);
  const two = [attribute('itemsId'), attribute('sizeStr', {choices: ['L', 'S'], displayName: 'Size'})].map(
    fieldOf,
  );
  expect(customOf(...unite([one, two, [fieldOf(attribute('aNum'))]]))).toEqual({
    a_num: {type: ['null', 'number']},
    items_id: {type: ['null', 'string']},
    size_str: {type: ['null', 'string'], title: 'Size', description: 'One of: L, M, S.'},
  });
});

test('without attributes, or without `custom`, a schema stays as it is', () => {
  expect(declareCustomColumns(SCHEMA, [])).toBe(SCHEMA);
  const bare = {type: 'object', properties: {id: {type: 'string'}}};
  expect(declareCustomColumns(bare, [fieldOf(attribute('aNum'))])).toBe(bare);
});
