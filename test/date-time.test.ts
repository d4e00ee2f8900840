import Ajv from 'ajv';
import addFormats from 'ajv-formats';
import fc from 'fast-check';
import {toDateTime} from '../src/date-time';

const ajv = new Ajv();
addFormats(ajv);
const isDateTime = ajv.compile({type: 'string', format: 'date-time'});

describe('toDateTime', () => {
  test.each([
    '2023-04-17T00:00:07.949Z',
    '2023-04-17T00:00:07Z',
    '2023-04-17T00:00:07.123456Z',
    '2023-04-17T00:00:07.949+05:30',
    '2024-02-29T23:59:59-11:00',
    '2000-02-29T00:00:00Z',
    '0001-01-01T00:00:00Z',
  ])('leaves %s as it is', (text) => {
    expect(toDateTime(text)).toBe(text);
  });

  test.each([
    ['2023-04-17', '2023-04-17T00:00:00Z'],
    ['2023-04-17T01:02:03', '2023-04-17T01:02:03Z'],
    ['2023-04-17T01:02:03.5', '2023-04-17T01:02:03.5Z'],
    ['2023-04-17 01:02:03+00:00', '2023-04-17T01:02:03+00:00'],
    ['2023-04-17 01:02:03.5', '2023-04-17T01:02:03.5Z'],
    ['2023-04-17t01:02:03z', '2023-04-17T01:02:03Z'],
    ['2023-04-17T01:02:03+0130', '2023-04-17T01:02:03+01:30'],
    ['2023-04-17T01:02:03-02', '2023-04-17T01:02:03-02:00'],
  ])('rewrites %s as %s', (text, rewritten) => {
    expect(toDateTime(text)).toBe(rewritten);
  });

  test.each([
    '',
    'yesterday',
    '2023',
    '2023-02-29',
    '1900-02-29T00:00:00Z',
    '2023-13-01T00:00:00Z',
    '2023-00-01T00:00:00Z',
    '2023-04-00T00:00:00Z',
    '2023-04-31T00:00:00Z',
    '2023/04/17T00:00:00Z',
    '2023-04-17X00:00:00Z',
    '2023-04-17T24:00:00Z',
    '2023-04-17T00:60:00Z',
    '2023-04-17T00:00:60Z',
    '2023-04-17T00:00',
    '2023-04-17T00-00-00Z',
    '2023-04-17T00:00:00.Z',
    '2023-04-17T00:00:00ZZ',
    '2023-04-17T00:00:00Q',
    '2023-04-17T00:00:00+24:00',
    '2023-04-17T00:00:00+01:60',
    '2023-04-17T00:00:00+01:0',
    '2023-04-17T00:00:00~01:00',
    '2023-04-17T00:00:00+',
    ' 2023-04-17T00:00:00Z',
    '+02023-04-17T00:00:00Z',
    '1681689607949',
  ])('%j is no timestamp', (text) => {
    expect(toDateTime(text)).toBeUndefined();
  });

  test('leaves what Date prints as it is', () => {
    const date = fc.date({min: new Date('0001-01-01'), max: new Date('9999-12-31'), noInvalidDate: true});
    fc.assert(fc.property(date, (each) => toDateTime(each.toISOString()) === each.toISOString()));
  });

  test('gives only what a validator takes as date-time', () => {
    const near = fc.stringMatching(
      /^20[0-2][0-9]-[01][0-9]-[0-3][0-9]([Tt ][0-2][0-9]:[0-5][0-9]:[0-5][0-9](\.[0-9]{0,9})?([Zz]|[+-][0-2][0-9](:?[0-5][0-9])?)?)?$/,
    );
    fc.assert(
      fc.property(fc.oneof(near, fc.string()), (text) => {
        const result = toDateTime(text);
        return result === undefined ? !isDateTime(text) : isDateTime(result);
      }),
      {numRuns: 2000},
    );
  });
});
