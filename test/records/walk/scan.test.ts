import fc from 'fast-check';
import {UNUSUAL, endOfNumber, endOfString, hasFraction} from '../../../src/records/walk/scan';

/** Where it ends, with something behind it. */
function endIn(text: string, endOf: (input: Buffer, at: number) => number): number {
  return endOf(Buffer.from(`x${text},`), 1) - 1;
}

const bytesOf = (text: string): number => Buffer.byteLength(text);
const isNone = (end: number): boolean => end === UNUSUAL - 1;

describe('a number', () => {
  test.each([
    '0',
    '7',
    '-12',
    '1.5',
    '-0.5',
    '0.47560358280315995',
    '0.01',
    '123456789012345',
    '9007199254740991',
  ])('that JSON.stringify writes as it is: %s', (text) => expect(endIn(text, endOfNumber)).toBe(text.length));

  test.each([
    '-0',
    '01',
    '1.0',
    '1.',
    '.5',
    '-',
    '+1',
    '1e3',
    '1E3',
    '9007199254740993',
    '0.00000001',
    'a',
    '',
  ])('that it does not, or that is none: %j', (text) => expect(isNone(endIn(text, endOfNumber))).toBe(true));

  test('what is taken is what JSON.stringify writes', () => {
    const text = fc.stringMatching(/^-?\d{1,20}(\.\d{1,20})?([eE][-+]?\d)?$/);
    fc.assert(
      fc.property(text, (each) => {
        const end = endIn(each, endOfNumber);
        if (!isNone(end)) expect(JSON.stringify(JSON.parse(each))).toBe(each);
      }),
      {numRuns: 2000},
    );
    const number = fc.oneof(fc.double({noNaN: true, noDefaultInfinity: true}), fc.maxSafeInteger());
    fc.assert(
      fc.property(number, (each) => {
        const written = JSON.stringify(each);
        if (!written.includes('e')) expect(endIn(written, endOfNumber)).toBe(written.length);
      }),
    );
  });

  test('is whole or not', () => {
    const input = Buffer.from('12,1.5');
    expect([hasFraction(input, 0, 2), hasFraction(input, 3, 6)]).toEqual([false, true]);
  });
});

describe('a string', () => {
  test('what is taken is what JSON.stringify writes, and most of what it writes is taken', () => {
    fc.assert(
      fc.property(fc.string({unit: 'grapheme'}), (each) => {
        const written = JSON.stringify(each);
        const end = endIn(written, endOfString);
        if (written.includes('\\u')) expect(isNone(end)).toBe(true);
        else expect(end).toBe(bytesOf(written));
      }),
    );
  });

  test.each(['"\\/"', '"\\u00e9"', '"\\x"', '"a\nb"', '"a', '"a\\'])('%j is not taken', (text) => {
    expect(isNone(endOfString(Buffer.from(`x${text}`), 1) - 1)).toBe(true);
  });
});
