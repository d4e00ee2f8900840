import fc from 'fast-check';
import {LongNumber, isObject, parseJson} from '../src/json';

test('an object has keys: neither null nor a list nor a long number', () => {
  expect([{}, null, [], 'text', new LongNumber('1')].map(isObject)).toEqual([
    true,
    false,
    false,
    false,
    false,
  ]);
});

describe('parseJson', () => {
  test.each([
    '9007199254740993',
    '-12345678901234567890',
    '0.1234567890123456789',
    '1e400',
    '1e-400',
    '-1.5E+999',
  ])('keeps the digits of %s', (digits) => {
    const long = new LongNumber(digits);
    const text = `{"a":${digits},"b":[ 1,${digits},\n${digits} ],"c":"${digits}","d":{"${digits}":${digits}}}`;
    expect(parseJson(text)).toEqual({a: long, b: [1, long, long], c: digits, d: {[digits]: long}});
  });

  test.each([
    '1234567890123456',
    '1.50',
    '1e3',
    '-0',
    '0.000000000000000000',
    '100000000000000000000',
    '1e100',
  ])('%s is a number like any other', (digits) => {
    expect(parseJson(`[${digits}]`)).toEqual([Number(digits)]);
  });

  test('no text is taken for a number, whatever it looks like', () => {
    const text = '["#9007199254740993","##1","a\\":9007199254740993",9007199254740993]';
    expect(parseJson(text)).toEqual([
      ...['#9007199254740993', '##1', 'a":9007199254740993'],
      new LongNumber('9007199254740993'),
    ]);
  });

  test.each(['{9007199254740993:1}', '[09007199254740993]', '[9007199254740993.]', '[-]', ''])(
    '%s is no JSON',
    (text) => {
      expect(() => parseJson(text)).toThrow(SyntaxError);
    },
  );

  test('is JSON.parse for all else', () => {
    fc.assert(fc.property(fc.json(), (text) => expect(parseJson(text)).toEqual(JSON.parse(text))));
  });
});

test('a long number is its digits wherever it is taken for text', () => {
  const long = new LongNumber('9007199254740993');
  expect([String(long), JSON.stringify({long})]).toEqual(['9007199254740993', '{"long":"9007199254740993"}']);
});
