import fc from 'fast-check';
import {MIN_RUN, redactDeep, redactorOf} from '../../src/airbyte/redact';

const KEY = 'eyJhbGciOiJIUzI1NiJ9.eyJpZCI6IjEyMyJ9.c2lnbmF0dXJl';
const letters = fc.string({unit: fc.constantFrom('a', 'b', '*', '.', '"', '\\'), maxLength: 40});

/** The first run of 8 characters of the secret that is in a text; undefined for none. */
function runIn(text: string, secret: string): string | undefined {
  return Array.from({length: Math.max(0, secret.length - MIN_RUN + 1)}, (_, at) =>
    secret.slice(at, at + MIN_RUN),
  ).find((run) => text.includes(run));
}

describe('redactorOf', () => {
  const redact = redactorOf([KEY]);

  test.each([
    ['', ''],
    ['nothing of it', 'nothing of it'],
    [KEY, '***'],
    [`Bearer ${KEY} is not valid`, 'Bearer *** is not valid'],
    [`${KEY}${KEY}`, '******'],
    [`cut at ${KEY.slice(0, 30)}`, 'cut at ***'],
    [`cut at both ends ${KEY.slice(10, 20)}…`, 'cut at both ends ***…'],
    [`too short to tell: ${KEY.slice(0, 7)}`, `too short to tell: ${KEY.slice(0, 7)}`],
  ])('%j becomes %j', (text, masked) => expect(redact(text)).toBe(masked));

  test('leaves no 8 characters of a secret in a row, and takes nothing else away', () => {
    fc.assert(
      fc.property(letters, letters, letters, letters, (secret, before, between, after) => {
        const text = before + secret + between + secret.slice(1) + after;
        const masked = redactorOf([secret])(text);
        if (secret.length >= MIN_RUN) expect(runIn(masked, secret)).toBeUndefined();
        if (runIn(text, secret) === undefined && secret.length >= MIN_RUN) expect(masked).toBe(text);
      }),
      {numRuns: 2000},
    );
  });

  test.each([
    ['the token x is wrong', 'x', 'the token *** is wrong'],
    ['example of (x)', 'x', 'example of (***)'],
    ['x', 'x', 'x'],
    ['date-time', 'date', 'date-time'],
    ['a$b a.b axb', 'a.b', 'a$b *** axb'],
  ])('%j with the short secret %j becomes %j', (text, secret, masked) =>
    expect(redactorOf([secret])(text)).toBe(masked),
  );

  test('hides several, and nothing where there is none', () => {
    expect(redactorOf(['secret-one', 'secret-two', ''])('secret-two, secret-one')).toBe('***, ***');
    expect(redactorOf([])(KEY)).toBe(KEY);
  });
});

test('a value is redacted in all its depth, names of members included', () => {
  const value = {[`a ${KEY}`]: [KEY, 5, null, true, {b: `x${KEY}`}], c: undefined};
  expect(redactDeep(value, redactorOf([KEY]))).toEqual({
    'a ***': ['***', 5, null, true, {b: 'x***'}],
    c: undefined,
  });
});
