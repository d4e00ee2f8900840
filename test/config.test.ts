import fc from 'fast-check';
import {InputError} from '../src/airbyte/input-error';
import {type Config, readConfig} from '../src/config';

const TOKEN = 'secret-token-5f2b';
const GOOD = {api_token: TOKEN, start_date: '2023-01-01T00:00:00Z'};

/** A schema is compiled for each config. */
const RUNS = {numRuns: 40};

function problemWith(change: Record<string, unknown>): string {
  try {
    readConfig({...GOOD, ...change});
  } catch (error) {
    expect(error).toBeInstanceOf(InputError);
    const {message, detail} = error as InputError;
    expect(message + detail).not.toContain(TOKEN);
    return message;
  }
  throw new Error('was taken');
}

describe('readConfig', () => {
  test('needs a token and a start date; all else has the default that the form shows', () => {
    const expected: Config = {
      token: TOKEN,
      startMs: Date.UTC(2023, 0, 1),
      endMs: undefined,
      baseUrl: 'https://api.kustomerapp.com',
      includeDeleted: true,
      includeArchived: true,
      lookbackMs: 10 * 60_000,
      requestsPerMinute: undefined,
      quotaReservePercent: 10,
      concurrency: 64,
      pageSize: 500,
    };
    expect(readConfig(GOOD)).toEqual(expected);
  });

  test('takes every key', () => {
    const all = {
      ...GOOD,
      end_date: '2024-01-01T10:00:00Z',
      region: 'eu',
      include_deleted: false,
      include_archived: false,
      lookback_minutes: 0,
      requests_per_minute: 7,
      quota_reserve_percent: 0,
      concurrency: 100,
      page_size: 1,
    };
    expect(readConfig(all)).toEqual({
      token: TOKEN,
      startMs: Date.UTC(2023, 0, 1),
      endMs: Date.UTC(2024, 0, 1, 10),
      baseUrl: 'https://api.prod2.kustomerapp.com',
      includeDeleted: false,
      includeArchived: false,
      lookbackMs: 0,
      requestsPerMinute: 7,
      quotaReservePercent: 0,
      concurrency: 100,
      pageSize: 1,
    });
  });

  test('takes a plain date as the beginning of its day in UTC', () => {
    const {startMs, endMs} = readConfig({...GOOD, start_date: '2023-05-06', end_date: '2023-05-07'});
    expect([startMs, endMs]).toEqual([Date.UTC(2023, 4, 6), Date.UTC(2023, 4, 7)]);
  });

  test.each([
    ['2023-05-06T10:00:00Z', Date.UTC(2023, 4, 6, 10)],
    ['2023-05-06t10:00:00z', Date.UTC(2023, 4, 6, 10)],
    ['2023-05-06 10:00:00Z', Date.UTC(2023, 4, 6, 10)],
    ['2023-05-06T10:00:00.5Z', Date.UTC(2023, 4, 6, 10, 0, 0, 500)],
    ['2023-05-06T10:00:00.123456789Z', Date.UTC(2023, 4, 6, 10, 0, 0, 123)],
    ['2023-05-06T10:00:00+02:00', Date.UTC(2023, 4, 6, 8)],
    ['2023-05-06T10:00:00.250-05:30', Date.UTC(2023, 4, 6, 15, 30, 0, 250)],
  ])('takes a date in any form of RFC 3339: %s', (text, ms) => {
    expect(readConfig({...GOOD, start_date: text, end_date: text})).toMatchObject({startMs: ms, endMs: ms});
  });

  test.each([
    ['us', 'https://api.kustomerapp.com'],
    ['eu', 'https://api.prod2.kustomerapp.com'],
    ['in', 'https://api.prod4.kustomerapp.com'],
  ])('region %s is %s', (region, baseUrl) => expect(readConfig({...GOOD, region}).baseUrl).toBe(baseUrl));

  test('ignores keys that it does not know, and takes null and empty text for left out', () => {
    const odd = {
      end_date: '',
      region: null,
      base_url: '',
      requests_per_minute: null,
      page_size: null,
      other: {a: 1},
    };
    expect(readConfig({...GOOD, ...odd})).toEqual(readConfig(GOOD));
  });

  test.each([
    ['https://acme.api.kustomerapp.com', 'https://acme.api.kustomerapp.com'],
    ['https://acme.api.kustomerapp.com/', 'https://acme.api.kustomerapp.com'],
    ['https://acme.api.kustomerapp.com/v1', 'https://acme.api.kustomerapp.com'],
    ['https://acme.api.kustomerapp.com/v1/', 'https://acme.api.kustomerapp.com'],
    ['https://proxy.example.com:8443/kustomer', 'https://proxy.example.com:8443/kustomer'],
    ['HTTPS://ACME.example.com', 'https://acme.example.com'],
    [' https://acme.example.com/\n', 'https://acme.example.com'],
    ['ht\ntp://127.1:8080', 'http://127.0.0.1:8080'],
  ])('base_url %s overrides the region', (text, baseUrl) =>
    expect(readConfig({...GOOD, region: 'eu', base_url: text}).baseUrl).toBe(baseUrl),
  );

  const number = (from: number, to: number) => `a whole number from ${from} to ${to}`;
  const aDate = 'a date such as 2023-01-01T00:00:00Z or 2023-01-01';
  test.each<[string, unknown, string]>([
    ['api_token', 5, 'the text of an API key'],
    ['api_token', ['x'], 'the text of an API key'],
    ['api_token', 'two words', 'the text of an API key'],
    ['api_token', 'a\nb', 'the text of an API key'],
    ['api_token', 'schlüssel', 'the text of an API key'],
    ['start_date', 'yesterday', aDate],
    ['start_date', 20230101, aDate],
    ['start_date', '2023-01-01T00:00', aDate],
    ['start_date', '2023-01-01T00:00:00', aDate],
    ['start_date', '2023-01-01T00:00:00+0200', aDate],
    ['start_date', '01/02/2023', aDate],
    ['start_date', '2023-02-30', 'a date that exists, not 2023-02-30'],
    ['start_date', '2023-13-01T00:00:00Z', 'a date that exists, not 2023-13-01T00:00:00Z'],
    ['end_date', '2023-06-01T99:00:00Z', 'a date that exists, not 2023-06-01T99:00:00Z'],
    ['end_date', '2023-06-01T24:00:00Z', 'a date that exists, not 2023-06-01T24:00:00Z'],
    ['end_date', '2023-02-29t00:00:00+01:00', 'a date that exists, not 2023-02-29t00:00:00+01:00'],
    ['end_date', 'never', aDate],
    ['end_date', '2022-12-31', 'not be before "start_date"'],
    ['region', 'mars', 'one of United States, Europe, India, us, eu, in'],
    ['region', 'EU', 'one of United States, Europe, India, us, eu, in'],
    ['region', 1, 'one of United States, Europe, India, us, eu, in'],
    ['base_url', 'two words', 'a URL such as https://acme.api.kustomerapp.com'],
    ['base_url', 7, 'text'],
    ['base_url', 'https://me:pass@acme.example.com', 'not hold a user name or password'],
    ['base_url', 'https://me@acme.example.com', 'not hold a user name or password'],
    ['base_url', 'https://:pass@acme.example.com', 'not hold a user name or password'],
    ['base_url', 'https://acme.example.com/?a=b', 'end with the host or a path, without "?" or "#"'],
    ['include_deleted', 'yes', 'true or false'],
    ['include_archived', 1, 'true or false'],
    ['lookback_minutes', -1, number(0, 1440)],
    ['lookback_minutes', 1441, number(0, 1440)],
    ['lookback_minutes', '10', number(0, 1440)],
    ['lookback_minutes', 1.5, number(0, 1440)],
    ['requests_per_minute', 0, 'a whole number of 1 or more'],
    ['requests_per_minute', 0.5, 'a whole number of 1 or more'],
    ['requests_per_minute', 'all', 'a whole number of 1 or more'],
    ['quota_reserve_percent', 91, number(0, 90)],
    ['quota_reserve_percent', -1, number(0, 90)],
    ['concurrency', 0, number(1, 100)],
    ['concurrency', 101, number(1, 100)],
    ['page_size', 0, number(1, 500)],
    ['page_size', 501, number(1, 500)],
    ['page_size', {}, number(1, 500)],
  ])('%s: %j is not right, and the sentence says what would be', (key, value, shouldBe) => {
    const message = problemWith({[key]: value});
    expect(message).toContain(
      `"${key}" must ${shouldBe.startsWith('not') || shouldBe.startsWith('end') ? '' : 'be '}${shouldBe}`,
    );
    expect(message.match(/"\w+" must/g)).toHaveLength(1);
    expect(message).toMatch(/^The configuration is not right: .*\.$/s);
  });

  test.each(['api_token', 'start_date'])('%s must be there', (key) => {
    for (const missing of [undefined, null, '']) {
      expect(problemWith({[key]: missing})).toContain(`"${key}" is missing: it must be`);
    }
  });

  test('takes the blanks and the line end that come along when a token is copied', () => {
    expect(readConfig({...GOOD, api_token: ` ${TOKEN}\n`}).token).toBe(TOKEN);
  });

  test.each([[null], [undefined], ['text'], [5], [[GOOD]]])('%j is no configuration', (json) =>
    expect(() => readConfig(json)).toThrow(
      /must be a JSON object with at least "api_token" and "start_date"/,
    ),
  );

  test('names all keys that are wrong at once', () => {
    const bad: Record<string, unknown> = {
      start_date: 'x',
      end_date: 'x',
      region: 'x',
      base_url: 'x y',
      include_deleted: 'x',
      include_archived: 'x',
      lookback_minutes: 'x',
      requests_per_minute: 'x',
      quota_reserve_percent: 'x',
      concurrency: 'x',
      page_size: 'x',
    };
    fc.assert(
      fc.property(fc.subarray(Object.keys(bad), {minLength: 1}), (keys) => {
        const message = problemWith(Object.fromEntries(keys.map((key) => [key, bad[key]])));
        for (const key of Object.keys(bad)) {
          expect(message.includes(`"${key}" must`)).toBe(keys.includes(key));
        }
      }),
      RUNS,
    );
  });

  test('whatever is given, it is a config or an InputError', () => {
    const any = fc.record(
      {
        api_token: fc.jsonValue(),
        start_date: fc.jsonValue(),
        end_date: fc.jsonValue(),
        base_url: fc.oneof(fc.webUrl(), fc.jsonValue()),
        page_size: fc.jsonValue(),
      },
      {requiredKeys: []},
    );
    fc.assert(
      fc.property(fc.oneof(any, fc.jsonValue()), (json) => {
        try {
          readConfig(json);
        } catch (error) {
          expect(error).toBeInstanceOf(InputError);
        }
      }),
      RUNS,
    );
  });
});
