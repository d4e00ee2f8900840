import {Findings} from '../../src/records/findings';
import {flatten, planRow} from '../../src/records/flatten';
import {checkResource} from '../../src/records/resource';
import type {JsonObject} from '../../src/json';

/** A plan in which these columns, and those of the resource, are declared and take anything. */
function planOf(...columns: readonly string[]) {
  return planRow({
    properties: Object.fromEntries(['id', 'type', 'links', ...columns].map((name) => [name, {}])),
  });
}

/** The row of a resource, of which these columns are declared. */
function flat(members: JsonObject, ...columns: readonly string[]): JsonObject {
  const resource = checkResource({id: '1', type: 'thing', attributes: {}, ...members});
  return JSON.parse(flatten(resource, planOf(...columns), new Findings())) as JsonObject;
}

const rest = (kept: JsonObject): JsonObject => ({_ab_additional_properties: kept});

const ref = (id: string): JsonObject => ({type: 'user', id});

describe('flatten', () => {
  test('puts attributes and the data of relationships beside id, type and links', () => {
    const row = flat(
      {
        attributes: {firstName: 'Jean', lastConversation: {openedAt: null}},
        relationships: {
          createdBy: {data: ref('2')},
          accessUsers: {data: [ref('3')]},
          endedBy: {data: null},
          deletedBy: null,
        },
        links: {self: '/v1/things/1'},
      },
      ...['first_name', 'last_conversation', 'created_by', 'access_users', 'ended_by', 'deleted_by'],
    );
    expect(row).toEqual({
      id: '1',
      type: 'thing',
      links: {self: '/v1/things/1'},
      first_name: 'Jean',
      last_conversation: {opened_at: null},
      created_by: ref('2'),
      access_users: [ref('3')],
      ended_by: null,
      deleted_by: null,
    });
  });

  test('keeps what has no column as it was sent', () => {
    const members = {
      attributes: {firstName: 'Jean', newThing: {someKey: [{innerKey: 12}]}, newNull: null},
      relationships: {newOne: {data: ref('2'), links: {self: '/v1/x'}}, newNone: null},
      meta: {someKey: 1},
    };
    const {attributes, relationships, meta} = members;
    expect(flat(members, 'first_name')).toEqual({
      id: '1',
      type: 'thing',
      first_name: 'Jean',
      ...rest({newThing: attributes.newThing, newNull: null, ...relationships, meta}),
    });
  });

  test('keeps what a relationship has besides its data', () => {
    const relationships = {
      createdBy: {links: {self: '/v1/users/2'}, data: ref('2'), meta: {someKey: 1}},
      messages: {links: {self: '/v1/messages'}},
      odd: 'text',
    };
    expect(flat({relationships}, 'created_by', 'messages', 'odd')).toEqual({
      id: '1',
      type: 'thing',
      created_by: ref('2'),
      ...rest({
        createdBy: {links: {self: '/v1/users/2'}, meta: {someKey: 1}},
        messages: relationships.messages,
        odd: 'text',
      }),
    });
  });

  test('names only news as undeclared', () => {
    const found = new Findings();
    const relationships = {
      ...{messages: {links: {self: '/v1/messages'}}, none: null, odd: 5},
      ...{known: {links: {self: '/v1/x'}, data: ref('2')}, unknown: {data: ref('2')}},
    };
    const resource = checkResource({
      id: '1',
      type: 'thing',
      attributes: {newOne: 1},
      relationships,
      extra: 1,
    });
    flatten(resource, planOf('known'), found);
    expect(found.undeclared).toEqual(['newOne', 'odd', 'unknown', 'extra']);
  });

  test('two of what is kept under one name are told apart', () => {
    const row = flat({attributes: {customer: 1}, relationships: {customer: {data: ref('2')}}, customer: 3});
    expect(row).toMatchObject(rest({customer: 1, customer__2: {data: ref('2')}, customer__3: 3}));
  });

  test('a value that does not fit is kept under its path', () => {
    const plan = planRow({
      properties: {
        id: {type: 'string'},
        rev: {type: 'integer'},
        emails: {type: 'array', items: {type: 'object', properties: {sent_at: {type: 'integer'}}}},
      },
    });
    const attributes = {rev: {isOdd: true}, emails: [{sentAt: 1}, {sentAt: 'never'}]};
    const row: unknown = JSON.parse(flatten(checkResource({id: '1', attributes}), plan, new Findings()));
    expect(row).toEqual({
      id: '1',
      rev: null,
      emails: [{sent_at: 1}, {sent_at: null}],
      ...rest({rev: {isOdd: true}, 'emails.1.sent_at': 'never'}),
    });
  });

  test('no attribute takes the column of the rest', () => {
    const attributes = {_ab_additional_properties: 1, _abAdditionalProperties: 2};
    const row = flat({attributes}, '_ab_additional_properties');
    expect(row).toEqual({id: '1', type: 'thing', ...rest(attributes)});
  });

  test('sla is always sla_data', () => {
    const columns = ['sla', 'sla_data', 'sla_id'];
    const relationships = {sla: {data: ref('2')}};
    expect(flat({relationships}, ...columns)).toMatchObject({sla_data: ref('2'), sla_id: '2'});
    const row = flat({attributes: {sla: {breached: true}}, relationships}, ...columns);
    expect(row).toMatchObject({sla: {breached: true}, sla_data: ref('2')});
  });

  test('another relationship that clashes is <name>_data, or kept', () => {
    const relationships = {queue: {data: ref('2')}, links: {data: ref('3')}, type: {data: ref('4')}};
    const columns = ['queue', 'queue_data', 'type_data'];
    expect(flat({attributes: {queue: 'first'}, relationships}, ...columns)).toEqual({
      ...{id: '1', type: 'thing', queue: 'first', queue_data: ref('2'), type_data: ref('4')},
      ...rest({links: {data: ref('3')}}),
    });
    const row = flat({attributes: {queue: 'first', queueData: 'taken'}, relationships}, ...columns);
    expect(row).toMatchObject({queue_data: 'taken', ...rest({queue: {data: ref('2')}})});
  });

  test('the id of one thing has a column of its own', () => {
    const columns = ['customer', 'customer_id', 'ended_by_id', 'gone_id', 'tags_id', 'org_id'];
    const relationships = {
      customer: {data: ref('2')},
      endedBy: {data: null},
      gone: null,
      tags: {data: [ref('3')]},
      org: {data: {type: 'org', id: 5}},
      noColumn: {data: ref('4')},
    };
    expect(flat({relationships}, ...columns)).toMatchObject({
      ...{customer: ref('2'), customer_id: '2', ended_by_id: null, gone_id: null, org_id: 5},
    });
    expect(flat({relationships}, ...columns)).not.toHaveProperty('tags_id');
  });

  test('an attribute of that name has it instead', () => {
    const relationships = {customer: {data: ref('2')}};
    const row = flat({attributes: {customerId: 'mine'}, relationships}, 'customer', 'customer_id');
    expect(row).toEqual({id: '1', type: 'thing', customer: ref('2'), customer_id: 'mine'});
  });

  test('attributes do not take the columns of the resource', () => {
    const attributes = {id: 'a', type: 'b', Type: 'c', links: 'd', type_attribute: 'e'};
    expect(flat({attributes}, 'id_attribute', 'type_attribute')).toEqual({
      id: '1',
      type: 'thing',
      id_attribute: 'a',
      type_attribute: 'b',
      ...rest({Type: 'c', links: 'd', type_attribute: 'e'}),
    });
  });

  test('the first of two attributes that would become one has the column', () => {
    const row = flat({attributes: {fooBar: 1, 'foo-bar': 2}}, 'foo_bar');
    expect(row).toMatchObject({foo_bar: 1, ...rest({'foo-bar': 2})});
  });

  test('a column that one row has is free in the next', () => {
    const plan = planOf('queue');
    for (const queue of [1, 2]) {
      const row: unknown = JSON.parse(
        flatten(checkResource({id: '1', attributes: {queue}}), plan, new Findings()),
      );
      expect(row).toEqual({id: '1', queue});
    }
  });

  test('other members of the resource have columns', () => {
    expect(flat({meta: {someKey: 1}}, 'meta')).toMatchObject({meta: {some_key: 1}});
    const row = flat({attributes: {meta: 'mine'}, meta: 2}, 'meta', 'meta_data');
    expect(row).toMatchObject({meta: 'mine', meta_data: 2});
  });
});

describe('checkResource', () => {
  test.each([
    [null, 'a record should be an object, not null'],
    ['text', 'a record should be an object, not a string'],
    [[], 'a record should be an object, not a list'],
    [{attributes: {}}, 'the id of a record should be text, not missing'],
    [{id: '', attributes: {}}, 'the id of a record should be text, not empty'],
    [{id: {}, attributes: {}}, 'the id of a record should be text, not an object'],
    [{id: '1'}, 'the attributes of record 1 should be an object, not missing'],
    [{id: '1', attributes: 5}, 'the attributes of record 1 should be an object, not a number'],
    [
      {id: '1', attributes: {}, relationships: []},
      'the relationships of record 1 should be an object, not a list',
    ],
  ])('%j: %s', (value, message) => {
    expect(() => checkResource(value)).toThrow(expect.objectContaining({name: 'MalformedRecord', message}));
  });

  test('takes numbers as ids', () => {
    expect(flat({id: 7})).toMatchObject({id: '7'});
  });
});
