import {compileShape, MalformedRecord} from '../../src/records/shape';

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
      masked: [],
    });
    expect(shape(resource).changes).toBe(shaped.changes);
    expect(Object.isFrozen(shaped.changes)).toBe(true);
  });

  test('names what became null and what is not declared', () => {
    const attributes = {count: 1.5, sla: {version: 'x', extra: 1}, moreThings: 5};
    expect(shape({...resource, attributes})).toEqual({
      json: '{"id":"1","type":"thing","count":null,"sla":{"version":null,"extra":1},"_ab_additional_properties":{"count":1.5,"sla.version":"x","moreThings":5}}',
      changes: [
        {field: 'count', change: 'NULLED', reason: 'SOURCE_SERIALIZATION_ERROR'},
        {field: 'sla.version', change: 'NULLED', reason: 'SOURCE_SERIALIZATION_ERROR'},
      ],
      undeclared: ['moreThings'],
      masked: [],
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
