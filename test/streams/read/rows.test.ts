import {MalformedRecord} from '../../../src/records/shape';
import {Rows} from '../../../src/streams/read/rows';

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
    const row = rows.shape({id: '1', type: 'tag', attributes: {size: '5'}});
    expect(row).toMatchObject({changes: [], undeclared: []});
    expect(row.line.toString()).toBe('{"id":"1","type":"tag","size":5}');
    rows.note([row]);
    expect(reported(rows)).toEqual([]);
  });

  test('makes the same of a record that is not parsed, with what it is found by', () => {
    const rows = new Rows('tags', SCHEMA);
    const updatedAt = '2023-04-17T00:00:07.949Z';
    const record = {id: '1', type: 'tag', attributes: {size: 'big', updatedAt}};
    const found = rows.walk(Buffer.from(JSON.stringify(record)), 0);
    expect(found).toMatchObject({id: '1', updatedAt: Date.parse(updatedAt), createdAt: undefined});
    expect(found?.decoded).toEqual(rows.shape(record));
    expect(rows.walk(Buffer.from('{"id":1}'), 0)).toBeUndefined();
  });

  test('names undeclared attributes once, whatever the number of records', () => {
    const rows = new Rows('tags', SCHEMA);
    rows.note(
      ['1', '2', '3'].map((id) => rows.shape({id, type: 'tag', attributes: {zebra: 1, apple: {a: 1}}})),
    );
    expect(reported(rows)).toEqual([
      'WARN tags: Kustomer sends more than the schema declares; it is kept in _ab_additional_properties: apple, zebra',
    ]);
  });

  test('counts the values that became null, in one line per column', () => {
    const rows = new Rows('tags', SCHEMA);
    const shape = (size: unknown) => rows.shape({id: '1', type: 'tag', attributes: {size, wide: 'x'}});
    rows.note(['big', 'small', 7].map(shape));
    expect(reported(rows)).toEqual([
      expect.stringMatching(/^WARN tags: 2 values of size do not fit its type/),
      expect.stringMatching(/^WARN tags: 3 values of wide do not fit its type/),
    ]);
  });

  test('names what is masked once, with the permission that would show it', () => {
    const rows = new Rows('tags', SCHEMA);
    const mask = {isMasked: true, maskedPresentation: '***'};
    const row = rows.shape({id: '1', type: 'tag', attributes: {size: mask, wide: mask}});
    rows.note([row, row]);
    expect(reported(rows)).toEqual([
      expect.stringMatching(/^WARN tags: Kustomer masks values.*"Read Sensitive".*: size, wide$/),
    ]);
  });

  test('says nothing of rows that were not written', () => {
    const rows = new Rows('tags', SCHEMA);
    rows.shape({id: '1', type: 'tag', attributes: {size: 'big', zebra: 1}});
    expect(reported(rows)).toEqual([]);
  });

  test('a row is one line for every reader', () => {
    const {line} = new Rows('tags', SCHEMA).shape({id: 'a\u2028b', type: 'tag', attributes: {}});
    expect(line.toString()).toBe('{"id":"a\\u2028b","type":"tag"}');
  });

  test('a record that is none is an error, not a row', () => {
    expect(() => new Rows('tags', SCHEMA).shape({type: 'tag'})).toThrow(MalformedRecord);
  });
});
