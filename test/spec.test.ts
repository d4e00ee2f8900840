import spec from '../resources/spec.json';
import {readConfig} from '../src/config';

type Schema = Record<string, unknown>;

const connection: Schema = spec.connectionSpecification;
const properties: Readonly<Record<string, Schema>> = spec.connectionSpecification.properties;
const entries = Object.entries(properties);

/** Every object beneath a schema, itself included. */
function objectsIn(value: unknown): Schema[] {
  if (typeof value !== 'object' || value === null) return [];
  const inner = Object.values(value).flatMap(objectsIn);
  return Array.isArray(value) ? inner : [value as Schema, ...inner];
}

describe('the spec, as the acceptance suite wants it', () => {
  test('nothing sets additionalProperties to anything but true', () => {
    const set = objectsIn(spec).filter((schema) => 'additionalProperties' in schema);
    expect(set.length).toBeGreaterThan(0);
    expect(set.every(({additionalProperties}) => additionalProperties === true)).toBe(true);
  });

  test('uses none of the keywords that the UI cannot show', () => {
    const keywords = objectsIn(connection).flatMap(Object.keys);
    for (const banned of [
      '$ref',
      'anyOf',
      'allOf',
      'not',
      'if',
      'then',
      'else',
      'patternProperties',
      'dependencies',
    ]) {
      expect(keywords).not.toContain(banned);
    }
  });

  test('the token is a secret, and nothing else is', () => {
    const secrets = entries.filter(([, property]) => property['airbyte_secret'] === true);
    expect(secrets.map(([key]) => key)).toEqual(['api_token']);
    const suspicious = entries.filter(([key]) => /token|secret|password|key/i.test(key));
    expect(suspicious.every(([, property]) => property['airbyte_secret'] === true)).toBe(true);
  });

  test("dates have the format and the date picker's pattern", () => {
    const dates = entries.filter(([key]) => key.endsWith('_date'));
    expect(dates.map(([key]) => key)).toEqual(['start_date', 'end_date']);
    for (const [, {format, pattern}] of dates) {
      expect(format).toBe('date-time');
      expect(pattern).toBe(
        '^[0-9]{4}-[0-9]{2}-[0-9]{2}([Tt ][0-9]{2}:[0-9]{2}:[0-9]{2}([.][0-9]+)?([Zz]|[+-][0-9]{2}:[0-9]{2}))?$',
      );
    }
  });

  test('each property has one type, or one and null', () => {
    for (const [, {type}] of entries) {
      const types = (Array.isArray(type) ? type : [type]).filter((one) => one !== 'null');
      expect(types).toHaveLength(1);
      expect(['string', 'boolean', 'integer', 'number']).toContain(types[0]);
    }
  });

  test('each property has a title, a description and an order of its own', () => {
    for (const [, {title, description}] of entries) {
      expect(String(title).length).toBeGreaterThan(2);
      expect(String(description).length).toBeGreaterThan(20);
    }
    const orders = entries.map(([, {order}]) => order);
    expect(orders).toEqual(entries.map((_, at) => at));
  });

  test('names where it is documented', () => expect(URL.canParse(spec.documentationUrl)).toBe(true));

  test('requires only what is required: with just that, there is a config', () => {
    expect(connection['required']).toEqual(['api_token', 'start_date']);
    expect(() => readConfig({api_token: 'x', start_date: '2023-01-01'})).not.toThrow();
  });

  test('has the keys of the issue, drop-in for the archived connector, with their defaults', () => {
    const defaults = Object.fromEntries(entries.map(([key, property]) => [key, property['default']]));
    expect(defaults).toEqual({
      api_token: undefined,
      start_date: undefined,
      end_date: undefined,
      region: 'United States',
      base_url: undefined,
      include_deleted: true,
      include_archived: true,
      lookback_minutes: 10,
      requests_per_minute: undefined,
      quota_reserve_percent: 10,
      concurrency: 64,
      page_size: 500,
    });
  });

  test.each([
    ['lookback_minutes', 0, 1440],
    ['requests_per_minute', 1, undefined],
    ['quota_reserve_percent', 0, 90],
    ['concurrency', 1, 100],
    ['page_size', 1, 500],
  ])('%s goes from %s to %s', (key, minimum, maximum) =>
    expect(properties[key]).toMatchObject({
      type: 'integer',
      minimum,
      ...(maximum !== undefined && {maximum}),
    }),
  );

  test('every example and default is one that the config takes', () => {
    for (const [key, {examples = [], default: fallback}] of entries) {
      for (const value of [...(examples as unknown[]), ...(fallback === undefined ? [] : [fallback])]) {
        expect(() => readConfig({api_token: 'x', start_date: '2020-01-01', [key]: value})).not.toThrow();
      }
    }
  });
});
