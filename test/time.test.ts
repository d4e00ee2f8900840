import fc from 'fast-check';
import {formatInstant, parseInstant} from '../src/time';

/** Year 0 to 9999: what four digits can write. */
const instants = fc.integer({min: Date.UTC(1, 0), max: Date.UTC(9999, 11, 31, 23, 59, 59, 999)});

describe('parseInstant', () => {
  test('takes back what formatInstant wrote', () => {
    fc.assert(fc.property(instants, (instant) => parseInstant(formatInstant(instant)) === instant));
  });

  test('takes all ways in which clients write UTC, and no digit more than it can keep', () => {
    const zone = fc.constantFrom('Z', '+00:00', '+0000');
    const separator = fc.constantFrom('T', ' ');
    fc.assert(
      fc.property(instants, zone, separator, fc.integer({min: 0, max: 6}), (instant, utc, t, zeros) => {
        const text = formatInstant(instant)
          .replace('T', t)
          .replace('Z', `${'0'.repeat(zeros)}${utc}`);
        expect(parseInstant(text)).toBe(instant);
      }),
    );
  });

  test.each([
    ['2023-04-17T00:00:26Z', Date.UTC(2023, 3, 17, 0, 0, 26)],
    ['2023-04-17T00:00:26.9Z', Date.UTC(2023, 3, 17, 0, 0, 26, 900)],
    ['2024-02-29T12:00:00.001Z', Date.UTC(2024, 1, 29, 12, 0, 0, 1)],
    ['2023-04-17 00:00:26+00:00', Date.UTC(2023, 3, 17, 0, 0, 26)],
    // Finer digits are cut; an offset is reckoned in; what has no zone is UTC.
    ['2023-04-17T00:00:26.971999Z', Date.UTC(2023, 3, 17, 0, 0, 26, 971)],
    ['2023-04-17T00:00:26.971+02:00', Date.UTC(2023, 3, 16, 22, 0, 26, 971)],
    ['2023-04-17T00:00:26.971', Date.UTC(2023, 3, 17, 0, 0, 26, 971)],
    ['2023-04-17', Date.UTC(2023, 3, 17)],
  ])('%s', (text, instant) => expect(parseInstant(text)).toBe(instant));

  test.each([
    ['a month that is none', '2023-13-17T00:00:26Z'],
    ['a day that is none', '2023-02-30T00:00:26Z'],
    ['a leap day of no leap year', '2023-02-29T00:00:26Z'],
    ['an hour that is none', '2023-04-17T25:00:26Z'],
    ['something before', ' 2023-04-17T00:00:26Z'],
    ['something behind', '2023-04-17T00:00:26Z\n'],
    ['no text', 1681689626971],
    ['nothing', undefined],
    ['null', null],
  ])('refuses %s', (_, value) => expect(parseInstant(value)).toBeUndefined());

  test('refuses any other text', () => {
    fc.assert(
      fc.property(
        fc.string().filter((text) => !/^\d{4}-/.test(text)),
        (text) => parseInstant(text) === undefined,
      ),
    );
  });
});
