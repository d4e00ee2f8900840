import Ajv from 'ajv';
import fc from 'fast-check';
import spec from '../resources/spec.json';
import {REGION_HOSTS, readBaseUrl} from '../src/base-url';
import {readConfig} from '../src/config';
import former from './fixtures/spec/0.1.0.json';

type Schema = Record<string, unknown>;

const connection: Schema = spec.connectionSpecification;
const properties: Readonly<Record<string, Schema>> = spec.connectionSpecification.properties;
const entries = Object.entries(properties);

describe('the form', () => {
  const groups = spec.connectionSpecification.groups;
  const keysOf = (group: string): string[] =>
    entries.filter(([, property]) => property['group'] === group).map(([key]) => key);

  test('asks for the token, the start date and the region first, and puts tuning last', () => {
    expect(groups.map(({id}) => [id, keysOf(id)])).toEqual([
      ['account', ['api_token', 'start_date', 'region']],
      ['scope', ['end_date', 'include_deleted', 'include_archived']],
      [
        'advanced',
        [
          'base_url',
          'lookback_minutes',
          'requests_per_minute',
          'quota_reserve_percent',
          'concurrency',
          'page_size',
        ],
      ],
    ]);
    expect(groups.flatMap(({id}) => keysOf(id))).toHaveLength(entries.length);
  });

  test('always shows the region, by names that a person knows, before the short ones of former versions', () => {
    expect(properties['region']).toMatchObject({
      always_show: true,
      enum: ['United States', 'Europe', 'India', 'us', 'eu', 'in'],
    });
    expect(Object.keys(REGION_HOSTS)).toEqual(properties['region']?.['enum']);
    for (const [name, short] of [
      ['United States', 'us'],
      ['Europe', 'eu'],
      ['India', 'in'],
    ]) {
      const [long, brief] = [name, short].map((region) =>
        readConfig({api_token: 'x', start_date: '2023-01-01', region}),
      );
      expect(long).toEqual(brief);
    }
  });

  test('each pattern has words for it, and each description says when to change the setting', () => {
    for (const [key, {pattern, pattern_descriptor: words, description}] of entries) {
      expect([key, typeof words]).toEqual([key, typeof pattern]);
      expect([key, description]).toEqual([
        key,
        expect.stringMatching(/\b(Enter|enter|Set it|Raise it|Lower it|Switch it|leave it)\b/),
      ]);
    }
  });

  test('its pattern for the base URL refuses what is none', () => {
    const isShown = matcher('base_url');
    for (const text of ['two words', 'https://two words.example.com', 'ftp://acme.example.com', '']) {
      expect([text, isShown(text)]).toEqual([text, false]);
    }
  });

  test('its pattern for the base URL takes all that the connector takes, but for blanks inside of a host', () => {
    const isShown = matcher('base_url');
    const host = fc.oneof(
      fc.domain(),
      fc.constantFrom('acme', 'acme.kustomerapp.com', '127.0.0.1', 'localhost', '[::1]', '[2001:db8::7]'),
    );
    const text = fc
      .tuple(
        fc.constantFrom('', ' ', '\n'),
        fc.constantFrom('', 'https://', 'HTTPS://', 'http://'),
        host,
        fc.oneof(
          fc.constant(''),
          fc.nat(65_535).map((port) => `:${port}`),
        ),
        fc.oneof(
          fc.constant(''),
          fc.webPath({size: 'small'}).map((path) => `/${path}`),
        ),
        fc.constantFrom('', '?a=b', '#c'),
        fc.constantFrom('', ' ', '\n'),
      )
      .map((parts) => parts.join(''));
    let taken = 0;
    fc.assert(
      fc.property(text, (url) => {
        if ('problem' in readBaseUrl(url)) return;
        taken++;
        expect([url, isShown(url)]).toEqual([url, true]);
      }),
    );
    expect(taken).toBeGreaterThan(20);
  });

  function matcher(key: string): (text: string) => boolean {
    // As Airbyte's form compiles it.
    const pattern = new RegExp(String(properties[key]?.['pattern']), 'u');
    return (text) => pattern.test(text);
  }
});

describe('configurations of version 0.1.0', () => {
  const formats = {
    'date-time': fc.constantFrom('2023-01-01', '2023-01-01T00:00:00Z', '2019-12-31T23:59:59Z'),
    base_url: fc.constantFrom(
      'https://acme.api.kustomerapp.com',
      'https://api.prod2.kustomerapp.com/',
      'https://proxy.example.com:8443/kustomer/v1',
      'http://127.0.0.1:8080',
      'http://localhost:4010',
    ),
    api_token: fc.constantFrom('x', 'eyJhbGciOiJIUzI1NiJ9.e30.t'),
  };

  /** Anything that the former form let a person enter. */
  function valuesOf(key: string, property: Schema): fc.Arbitrary<unknown> {
    const {type, minimum, maximum} = property as {type: string; minimum?: number; maximum?: number};
    if (Array.isArray(property['enum'])) return fc.constantFrom(...(property['enum'] as unknown[]));
    if (property['format'] === 'date-time') return formats['date-time'];
    if (key === 'base_url' || key === 'api_token') return formats[key];
    if (type === 'boolean') return fc.boolean();
    return fc.integer({
      ...(minimum !== undefined && {min: minimum}),
      ...(maximum !== undefined && {max: maximum}),
    });
  }

  const configs = fc.record(
    Object.fromEntries(
      Object.entries(former.connectionSpecification.properties).map(([key, property]) => [
        key,
        valuesOf(key, property),
      ]),
    ),
    {requiredKeys: ['api_token', 'start_date']},
  );
  const compile = (schema: object) => new Ajv({strict: false, validateFormats: false}).compile(schema);

  test('are valid for the form of this version', () => {
    const [wasValid, isValid] = [compile(former.connectionSpecification), compile(connection)];
    fc.assert(
      fc.property(configs, (config) => {
        expect(wasValid(config)).toBe(true);
        isValid(config);
        expect(isValid.errors).toBeNull();
      }),
    );
  });

  test('are read, unless their end is before their start', () => {
    fc.assert(
      fc.property(configs, (config) => {
        if (String(config['end_date'] ?? '9') >= String(config['start_date'])) readConfig(config);
      }),
      {numRuns: 40},
    );
  });

  test('have keys that all still exist and mean what they meant', () => {
    for (const [key, property] of Object.entries(former.connectionSpecification.properties)) {
      expect(properties[key]?.['type']).toBe(property.type);
    }
  });
});
