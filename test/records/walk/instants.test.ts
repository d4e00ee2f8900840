import fc from 'fast-check';
import {toDateTime} from '../../../src/date-time';
import {isUsualInstant} from '../../../src/records/walk/instants';

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
