import {cast} from '../../src/records/cast';
import {compileColumn, type StreamSchema} from '../../src/records/column';
import {Findings} from '../../src/records/findings';
import {parseJson} from '../../src/json';

const TIMESTAMP = {type: ['null', 'string'], format: 'date-time'};

/** The findings of a record whose column `column` is being cast. */
function findings(): Findings {
  const found = new Findings();
  found.trail.push('column');
  return found;
}

/** The cast value and the paths that were nulled. */
function castTo(schema: StreamSchema, value: unknown): [unknown, ...string[]] {
  const found = findings();
  const text = cast(value, compileColumn(schema), found);
  return [JSON.parse(text), ...found.changes.map(({field}) => field)];
}

describe('cast', () => {
  test.each([
    ['string', 'text', 'text'],
    ['string', '', ''],
    ['string', 5, '5'],
    ['string', true, 'true'],
    ['string', ['a', 1], '["a",1]'],
    ['string', {pageId: {isOpen: true}}, '{"page_id":{"is_open":true}}'],
    ['integer', 3, 3],
    ['integer', '3', 3],
    ['number', 3.5, 3.5],
    ['number', '3.5', 3.5],
    ['boolean', false, false],
    ['boolean', 'true', true],
    ['array', ['a', {someKey: 1}], ['a', {some_key: 1}]],
    ['array', 'a@b.c', ['a@b.c']],
    ['array', {someKey: 1}, [{some_key: 1}]],
    ['array', [], []],
    ['integer', '3.0', 3],
    ['object', {someKey: [{innerKey: null}]}, {some_key: [{inner_key: null}]}],
    ['object', {}, {}],
  ])('to %s: %j becomes %j', (type, value, expected) => {
    expect(castTo({type: ['null', type]}, value)).toEqual([expected]);
  });

  test.each([
    ['integer', 3.5],
    ['integer', '007'],
    ['integer', true],
    ['number', 'many'],
    ['number', []],
    ['boolean', 1],
    ['boolean', 'yes'],
    ['object', 'text'],
    ['object', [1]],
  ])('to %s: %j becomes null and is named', (type, value) => {
    expect(castTo({type: ['null', type]}, value)).toEqual([null, 'column']);
  });

  test.each(['string', 'integer', 'number', 'boolean', 'array', 'object'])(
    'to %s: null stays, unnamed',
    (type) => {
      expect(castTo({type: ['null', type]}, null)).toEqual([null]);
    },
  );

  test('timestamps', () => {
    expect(castTo(TIMESTAMP, '2023-04-17T00:00:07.949Z')).toEqual(['2023-04-17T00:00:07.949Z']);
    expect(castTo(TIMESTAMP, 'soon')).toEqual([null, 'column']);
    expect(castTo(TIMESTAMP, 1681689607949)).toEqual([null, 'column']);
  });

  test('goes into objects and lists, keeps what is undeclared, and names each path once', () => {
    const items = {
      type: ['null', 'object'],
      properties: {count: {type: ['null', 'integer']}, sent_at: TIMESTAMP},
    };
    const schema = {type: ['null', 'object'], properties: {items: {type: ['null', 'array'], items}}};
    const value = {
      items: [{count: '1', sentAt: 'x'}, {count: 1.5, sentAt: 'y'}, {more: {isKept: 1}}],
      isKept: 2,
    };
    expect(castTo(schema, value)).toEqual([
      {
        items: [{count: 1, sent_at: null}, {count: null, sent_at: null}, {more: {is_kept: 1}}],
        is_kept: 2,
      },
      'column.items.sent_at',
      'column.items.count',
    ]);
  });

  test('keeps what becomes null as it was sent, with its position in lists', () => {
    const item = {type: 'object', properties: {sent_at: TIMESTAMP}};
    const found = findings();
    const value = [{sentAt: '2023-04-17'}, {sentAt: {isLate: 1}}, {sentAt: 'x'}];
    cast(value, compileColumn({type: 'array', items: item}), found);
    expect(JSON.parse(found.rest ?? '')).toEqual({
      'column.1.sent_at': {isLate: 1},
      'column.2.sent_at': 'x',
    });
  });

  test('a mask is null in its column, and kept', () => {
    const mask = {isMasked: true, maskedPresentation: '***'};
    const found = findings();
    const value = {email: mask, list: [1, mask], isMasked: 'no'};
    expect(JSON.parse(cast(value, compileColumn({}), found))).toEqual({
      ...{email: null, list: [1, null], is_masked: 'no'},
    });
    expect(JSON.parse(found.rest ?? '')).toEqual({'column.email': mask, 'column.list.1': mask});
    expect([...found.masked]).toEqual(['column.email', 'column.list']);
    expect(found.changes[0]).toEqual({
      field: 'column.email',
      change: 'NULLED',
      reason: 'SOURCE_RETRIEVAL_ERROR',
    });
    expect(castTo({type: 'string'}, mask)).toEqual([null, 'column']);
  });

  test.each([
    ['integer', '12345678901234567890', '12345678901234567890'],
    ['number', '0.12345678901234567890', '0.12345678901234567890'],
    ['string', '12345678901234567890', '"12345678901234567890"'],
    ['string', '1e400', '"1e400"'],
    ['array', '12345678901234567890', '[12345678901234567890]'],
    ['integer', '12345678901234567890.5', 'null'],
    ['number', '1e400', 'null'],
    ['object', '12345678901234567890', 'null'],
  ])('to %s: the digits of %s stay', (type, number, expected) => {
    const [value] = parseJson(`[${number}]`) as [unknown];
    expect(cast(value, compileColumn({type}), findings())).toBe(expected);
  });

  test('keeps both of two keys that become one, in any order and however often', () => {
    const value = [
      {fooBar: 1, foo_bar: 2, 'foo-bar': 3, foo_bar__2: 4},
      {foo_bar: 5, fooBar: 6},
      {fooBar: 7},
    ];
    expect(castTo({}, value)).toEqual([
      [{foo_bar: 1, foo_bar__2: 2, 'foo-bar': 3, foo_bar_2: 4}, {foo_bar: 5, fooBar: 6}, {foo_bar: 7}],
    ]);
  });

  test('casts only the one of two keys that has the declared name', () => {
    const schema = {type: 'object', properties: {foo_bar: {type: 'integer'}}};
    expect(castTo(schema, {fooBar: '1', FooBar: '2'})).toEqual([{foo_bar: 1, FooBar: '2'}]);
  });

  test('keeps both of two keys that become one where neither was met before, and others that do so were', () => {
    const met = [{lateBird: 1}, {late_bird: 2}];
    const row = {lateBird: 3, newWord: 4, new_word: 5};
    expect(castTo({}, [...met, row])).toEqual([
      [{late_bird: 1}, {late_bird: 2}, {late_bird: 3, new_word: 4, new_word__2: 5}],
    ]);
  });

  test('loses no key that objects have a meaning for', () => {
    const value = JSON.parse(
      '{"__proto__":1,"_proto_":2,"constructor":3,"toString":4,"hasOwnProperty":5}',
    ) as unknown;
    const [result] = castTo({}, value);
    expect(JSON.stringify(result)).toBe(
      '{"_proto_":1,"_proto___2":2,"constructor":3,"to_string":4,"has_own_property":5}',
    );
  });

  test.each([
    0,
    -1.5e-7,
    1e21,
    true,
    null,
    '',
    'a"b\\c\n\u0001',
    'é日🎉\u2028',
    'x'.repeat(100),
    [],
    {},
    [[], {a: []}],
  ])('writes %j as JSON.stringify does', (value) => {
    expect(cast(value, compileColumn({}), findings())).toBe(JSON.stringify(value));
  });

  test('a number that JSON cannot write is null, as for JSON.stringify', () => {
    expect(castTo({}, Infinity)).toEqual([null]);
  });

  test('leaves the value itself alone', () => {
    const value = {someKey: [{innerKey: '1'}]};
    const copy = structuredClone(value);
    castTo({type: 'object', properties: {some_key: {type: 'string'}}}, value);
    expect(value).toEqual(copy);
  });
});

test('a type that JSON Schema does not know is a defect', () => {
  expect(() => compileColumn({type: 'date'})).toThrow('"date" is no type of JSON Schema');
});
