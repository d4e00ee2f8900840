import fc from 'fast-check';
import {NO_END, endOfString, endOfValue, skipSpaces} from '../src/json-bytes';

test('any value ends where its text does, whatever follows', () => {
  const following = fc.constantFrom(',1', ']', '}');
  fc.assert(
    fc.property(fc.json(), following, (text, next) => {
      expect(endOfValue(Buffer.from(`x${text}${next}`), 1)).toBe(1 + Buffer.byteLength(text));
    }),
  );
});

test.each(['{"a":"}', '[1', '"a', '1'])('%j has no end', (text) => {
  expect(endOfValue(Buffer.from(text), 0)).toBe(NO_END);
});

test('a string ends at its last quote, behind the input where it has none', () => {
  expect(endOfString(Buffer.from('"a\\"b",'), 0)).toBe(5);
  expect(endOfString(Buffer.from('"ab'), 0)).toBe(3);
});

test('white space is what JSON takes for it', () => {
  const input = Buffer.from(' \t\r\n\u00a0');
  expect([skipSpaces(input, 0), skipSpaces(input, 4), skipSpaces(input, 99)]).toEqual([4, 4, 99]);
});
