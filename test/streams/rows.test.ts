import {MalformedRecord} from '../../src/records/shape';
import {Rows} from '../../src/streams/rows';

const SCHEMA = {
  type: 'object',
  properties: {
    id: {type: 'string'},
    type: {type: ['null', 'string']},
    size: {type: ['null', 'integer']},
    wide: {type: ['null', 'integer']},
  },
};

function reported(rows: Rows): string[] {
  const lines: string[] = [];
  rows.report((level, message) => void lines.push(`${level} ${message}`));
  return lines;
}

describe('Rows', () => {
  test('shapes records, and says nothing when there is nothing to say', () => {
    const rows = new Rows('tags', SCHEMA);
    expect(rows.shape({id: '1', type: 'tag', attributes: {size: '5'}})).toMatchObject({
      json: '{"id":"1","type":"tag","size":5}',
      changes: [],
    });
    expect(reported(rows)).toEqual([]);
  });

  test('names undeclared attributes once, whatever the number of records', () => {
    const rows = new Rows('tags', SCHEMA);
    for (const id of ['1', '2', '3']) rows.shape({id, type: 'tag', attributes: {zebra: 1, apple: {a: 1}}});
    expect(reported(rows)).toEqual([
      'WARN tags: Kustomer sends attributes that the schema does not declare; they are emitted all the same: apple, zebra',
    ]);
  });

  test('counts the values that became null, in one line per column', () => {
    const rows = new Rows('tags', SCHEMA);
    for (const size of ['big', 'small', 7]) rows.shape({id: '1', type: 'tag', attributes: {size, wide: 'x'}});
    expect(reported(rows)).toEqual([
      expect.stringMatching(/^WARN tags: 2 values of size do not fit its type/),
      expect.stringMatching(/^WARN tags: 3 values of wide do not fit its type/),
    ]);
  });

  test('a record that is none is an error, not a row', () => {
    expect(() => new Rows('tags', SCHEMA).shape({type: 'tag'})).toThrow(MalformedRecord);
  });
});
