import fc from 'fast-check';
import {readRateLimitHeaders} from '../../src/http/rate-limit-headers';

const NOW = Date.UTC(2026, 4, 1, 12);
const NOTHING = {limit: undefined, remaining: undefined, resetAt: undefined, retryAt: undefined};

function resetOf(reset: string, more: Record<string, string> = {}): number | undefined {
  return readRateLimitHeaders({'x-ratelimit-reset': reset, ...more}, NOW).resetAt;
}

test('limit and remaining are counts', () => {
  const headers = {'x-ratelimit-limit': '1000', 'x-ratelimit-remaining': '0'};
  expect(readRateLimitHeaders(headers, NOW)).toEqual({...NOTHING, limit: 1000, remaining: 0});
  expect(readRateLimitHeaders({}, NOW)).toEqual(NOTHING);
});

test.each([
  ['words', 'many', 'some'],
  ['less than nothing', '-5', '-1'],
  ['fractions', '0.5', '0.1'],
])('%s are no counts', (_, limit, remaining) => {
  const headers = {'x-ratelimit-limit': limit, 'x-ratelimit-remaining': remaining};
  expect(readRateLimitHeaders(headers, NOW)).toEqual(NOTHING);
});

test('more left than the limit is not believed', () => {
  const headers = {'x-ratelimit-limit': '300', 'x-ratelimit-remaining': '99999'};
  expect(readRateLimitHeaders(headers, NOW)).toMatchObject({limit: 300, remaining: undefined});
});

test.each([
  ['epoch seconds', String(NOW / 1000 + 20)],
  ['epoch milliseconds', String(NOW + 20_000)],
  ['seconds from now', '20'],
  ['an ISO date', new Date(NOW + 20_000).toISOString()],
  ['an HTTP date', new Date(NOW + 20_000).toUTCString()],
])('a reset may be told as %s', (_, reset) => {
  expect(resetOf(reset)).toBe(NOW + 20_000);
});

test.each([
  ['in the past', String(NOW / 1000 - 1)],
  ['now', '0'],
  ['in a year', String(NOW / 1000 + 365 * 86_400)],
  ['nonsense', 'soon'],
  ['empty', ' '],
])('a reset that is %s says nothing', (_, reset) => {
  expect(resetOf(reset)).toBeUndefined();
});

test('an hour is a possible wait', () => {
  expect(resetOf('3600')).toBe(NOW + 3_600_000);
});

test("a reset is told by the server's clock, where ours is wrong", () => {
  const serverNow = NOW - 3 * 86_400_000;
  const date = new Date(serverNow).toUTCString();
  expect(resetOf(String(serverNow / 1000 + 20), {date})).toBe(NOW + 20_000);
  expect(resetOf('20', {date})).toBe(NOW + 20_000);
});

test('Retry-After is read as seconds or a date, apart from the reset', () => {
  const read = (text: string) => readRateLimitHeaders({'retry-after': text}, NOW);
  expect(read('7')).toEqual({...NOTHING, retryAt: NOW + 7000});
  expect(read(new Date(NOW + 7000).toUTCString())).toEqual({...NOTHING, retryAt: NOW + 7000});
});

test('of both, none spoils the other', () => {
  const headers = {'x-ratelimit-reset': 'soon', 'retry-after': '9'};
  expect(readRateLimitHeaders(headers, NOW)).toEqual({...NOTHING, retryAt: NOW + 9000});
});

test('whatever the headers say, a time is ahead and near, or unknown', () => {
  const texts = fc.oneof(
    fc.string(),
    fc.integer().map(String),
    fc.double().map(String),
    fc.date({noInvalidDate: true}).map((date) => date.toUTCString()),
    fc.constantFrom(
      '',
      ' ',
      '0',
      '-1',
      'NaN',
      'Infinity',
      '1e400',
      'soon',
      '1718000000',
      '5, 6',
      'undefined',
    ),
  );
  const names = [
    'x-ratelimit-limit',
    'x-ratelimit-remaining',
    'x-ratelimit-reset',
    'retry-after',
    'date',
  ] as const;
  const headers = fc.dictionary(fc.constantFrom(...names), texts);
  fc.assert(
    fc.property(headers, (given) => {
      const {
        resetAt = NOW + 1,
        retryAt = NOW + 1,
        limit = 1,
        remaining = 0,
      } = readRateLimitHeaders(given, NOW);
      for (const at of [resetAt, retryAt]) {
        expect(at).toBeGreaterThan(NOW);
        expect(at).toBeLessThanOrEqual(NOW + 61 * 60_000);
      }
      expect(limit).toBeGreaterThan(0);
      expect(remaining).toBeGreaterThanOrEqual(0);
    }),
  );
});
