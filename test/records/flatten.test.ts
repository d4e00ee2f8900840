import {flatten, planRow} from '../../src/records/flatten';
import {checkResource} from '../../src/records/resource';
import type {JsonObject} from '../../src/json';

function flat(members: JsonObject, schema = {}): JsonObject {
  const resource = checkResource({id: '1', type: 'thing', attributes: {}, ...members});
  return JSON.parse(flatten(resource, planRow(schema), {nulled: new Set(), undeclared: []})) as JsonObject;
}

const ref = (id: string): JsonObject => ({type: 'user', id});

describe('flatten', () => {
  test('puts attributes and the data of relationships beside id, type and links', () => {
    const row = flat({
      attributes: {firstName: 'Jean', lastConversation: {openedAt: null}},
      relationships: {
        createdBy: {links: {self: '/v1/users/2'}, data: ref('2')},
        accessUsers: {data: [ref('3')]},
        endedBy: {data: null},
        messages: {links: {self: '/v1/messages'}, meta: {count: 1}},
      },
      links: {self: '/v1/things/1'},
    });
    expect(row).toEqual({
      id: '1',
      type: 'thing',
      links: {self: '/v1/things/1'},
      first_name: 'Jean',
      last_conversation: {opened_at: null},
      created_by: ref('2'),
      access_users: [ref('3')],
      ended_by: null,
    });
  });

  test('sla is always sla_data', () => {
    expect(flat({relationships: {sla: {data: ref('2')}}})).toMatchObject({sla_data: ref('2')});
    const row = flat({attributes: {sla: {breached: true}}, relationships: {sla: {data: ref('2')}}});
    expect(row).toMatchObject({sla: {breached: true}, sla_data: ref('2')});
  });

  test('another relationship that clashes is <name>_data', () => {
    const relationships = {queue: {data: ref('2')}, links: {data: ref('3')}, type: {data: ref('4')}};
    const row = flat({attributes: {queue: 'first', queue_data: 'taken'}, relationships});
    expect(row).toMatchObject({queue: 'first', queue_data: 'taken', queue_data__2: ref('2')});
    expect(row).toMatchObject({links_data: ref('3'), type: 'thing', type_data: ref('4')});
  });

  test('attributes do not take the columns of the resource', () => {
    const row = flat({attributes: {id: 'a', type: 'b', Type: 'c', links: 'd', type_attribute: 'e'}});
    expect(row).toEqual({
      id: '1',
      type: 'thing',
      id_attribute: 'a',
      type_attribute: 'b',
      Type: 'c',
      links_attribute: 'd',
      type_attribute__2: 'e',
    });
  });

  test('nor do they when the resource has no such member', () => {
    const row = flat({attributes: {links_attribute: 'a', links: 'b'}});
    expect(row).toEqual({id: '1', type: 'thing', links_attribute: 'a', links_attribute__2: 'b'});
  });

  test('a column beside the attributes is not taken by one that comes later', () => {
    const plan = planRow({});
    const findings = {nulled: new Set<string>(), undeclared: []};
    const relationships = {queue: {data: 1}, queue_data: {data: 2}, Queue: {data: 3}};
    flatten(checkResource({id: '0', attributes: {queue: 0}}), plan, findings);
    for (const keys of [Object.keys(relationships), Object.keys(relationships).reverse()]) {
      const ordered = Object.fromEntries(keys.map((key) => [key, relationships[key as 'queue']]));
      const resource = checkResource({id: '1', attributes: {queue: 0}, relationships: ordered});
      const row = JSON.parse(flatten(resource, plan, findings)) as JsonObject;
      expect(Object.values(row).sort()).toEqual([0, '1', 1, 2, 3].sort());
    }
  });

  test('the second of two attributes that would become one keeps its name', () => {
    expect(flat({attributes: {fooBar: 1, 'foo-bar': 2}})).toMatchObject({foo_bar: 1, 'foo-bar': 2});
  });

  test('other members of the resource are kept', () => {
    expect(flat({meta: {someKey: 1}})).toMatchObject({meta: {some_key: 1}});
    expect(flat({attributes: {meta: 'mine'}, meta: 2})).toMatchObject({meta: 'mine', meta_data: 2});
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
