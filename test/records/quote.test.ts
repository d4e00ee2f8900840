import fc from 'fast-check';
import {quote} from '../../src/records/quote';

test('quote writes what JSON.stringify writes', () => {
  fc.assert(
    fc.property(fc.string({unit: 'binary', maxLength: 100}), (text) => quote(text) === JSON.stringify(text)),
    {numRuns: 500},
  );
  for (const text of ['', '"', '\\', '\n', '\u0000', '\u007f', '\u2028', '🎉', 'a'.repeat(70)]) {
    expect(quote(text)).toBe(JSON.stringify(text));
  }
});

test('half a surrogate pair becomes U+FFFD', () => {
  expect([quote('a\ud83c'), quote('\udf89' + 'b'.repeat(70))]).toEqual([
    '"a\ufffd"',
    `"\ufffd${'b'.repeat(70)}"`,
  ]);
});
