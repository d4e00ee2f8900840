import fc from 'fast-check';
import {toDateTime} from '../../../src/date-time';
import {isUsualInstant, usualInstant} from '../../../src/records/walk/instants';

function instantOf(text: string): number | undefined {
  const input = Buffer.from(`"${text}"`);
  return usualInstant(input, 1, input.length - 1);
}

function isUsual(text: string): boolean {
  const input = Buffer.from(`"${text}"`);
  return isUsualInstant(input, 1, input.length - 1);
}

test('what Kustomer writes is usual', () => {
  const instant = fc.date({min: new Date(0), max: new Date('9999-12-31'), noInvalidDate: true});
  fc.assert(
    fc.property(instant, (date) => {
      const text = date.toISOString();
      expect(isUsual(text)).toBe(!text.includes('-02-29T'));
    }),
  );
});

test('what is usual is the instant that it is for Date.parse, from the year 100 on', () => {
  const [min, max] = [new Date('0000-01-01'), new Date('9999-12-31T23:59:59.999Z')];
  fc.assert(
    fc.property(fc.date({min, max, noInvalidDate: true}), (date) => {
      const text = date.toISOString();
      const isKnown = isUsual(text) && date.getUTCFullYear() >= 100;
      expect(instantOf(text)).toBe(isKnown ? Date.parse(text) : undefined);
    }),
    {numRuns: 1000},
  );
  expect([instantOf('0099-12-31T00:00:00.000Z'), instantOf('0100-01-01T00:00:00.000Z')]).toEqual([
    undefined,
    Date.parse('0100-01-01T00:00:00.000Z'),
  ]);
});

test('what is usual stays as it is', () => {
  const near = fc
    .tuple(fc.constant('2023-04-17T00:00:07.949Z'), fc.nat(23), fc.constantFrom(...'0123456789-:.TZ+ é'))
    .map(([text, at, put]) => text.slice(0, at) + put + text.slice(at + 1));
  fc.assert(
    fc.property(near, (text) => {
      if (isUsual(text)) expect(toDateTime(text)).toBe(text);
    }),
    {numRuns: 2000},
  );
});

test.each([
  '2023-04-31T00:00:07.949Z',
  '2023-00-17T00:00:07.949Z',
  '2023-04-17T24:00:07.949Z',
  '2023-04-17T00:00:60.949Z',
  '2023-04-17T00:00:07Z',
  '2023-04-17T00:00:07.949+01',
])('%s is not', (text) => expect(isUsual(text)).toBe(false));
