import fc from 'fast-check';
import {toBoolean, toInteger, toNumber} from '../../src/records/scalars';

describe('toNumber', () => {
  test.each([
    [1.5, 1.5],
    ['12', 12],
    ['-3.25', -3.25],
    ['1.50', 1.5],
    ['1e3', 1000],
    ['1.5E-7', 1.5e-7],
    ['0', 0],
    ['0.000', 0],
    ['1e21', 1e21],
    ['9007199254740991', 9007199254740991],
  ])('%j says %d', (value, number) => {
    expect(toNumber(value)).toBe(String(number));
  });

  test('keeps the digits that a double does not hold', () => {
    const text = ['9007199254740993', '0.1000000000000000055511151231257827'];
    expect(text.map(toNumber)).toEqual(text);
  });

  test.each([
    '007',
    '',
    ' 12',
    '12 ',
    '+1',
    '1.',
    '.5',
    '0x10',
    'Infinity',
    'NaN',
    '1,000',
    '1_000',
    '1e400',
    '1e-400',
    Infinity,
    true,
    {},
    [1],
  ])('%j says none that loses nothing', (value) => {
    expect(toNumber(value)).toBeUndefined();
  });

  test('every number comes back from its text', () => {
    const number = fc.oneof(fc.double({noNaN: true, noDefaultInfinity: true}), fc.maxSafeInteger());
    fc.assert(fc.property(number, (each) => toNumber(String(each)) === String(each) || each === 0));
  });
});

test('toInteger takes whole numbers only', () => {
  expect([3, 3.0, '3', '3.0', '3e2'].map(toInteger)).toEqual(['3', '3', '3', '3', '300']);
  expect([3.5, '3.5', '', 'x', true].map(toInteger)).toEqual(Array(5).fill(undefined));
  const long = ['9007199254740993', '9007199254740993.0', '900719925474099.35'];
  expect(long.map(toInteger)).toEqual(['9007199254740993', undefined, undefined]);
});

test('toBoolean takes booleans and their two words', () => {
  expect([true, false, 'true', 'false'].map(toBoolean)).toEqual([true, false, true, false]);
  expect(['True', 'yes', '', 1, 0, {}].map(toBoolean)).toEqual(Array(6).fill(undefined));
});
