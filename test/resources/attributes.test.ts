import {snakeCase} from '../../src/records/snake-case';
import {at, mainType, readJson, schemas} from './columns';

interface Known {
  readonly attributes: readonly string[];
  readonly relationships: readonly string[];
}
interface Fixture {
  /** In Kustomer's API description. */
  readonly official: Readonly<Record<string, Known>>;
  /** In answers of organizations, in request bodies and filters, or in other products. */
  readonly seen: Readonly<Record<string, Known>>;
}
const {official, seen} = readJson('test/fixtures/kustomer/attributes.json') as Fixture;
const {streams: published} = readJson('resources/attributes/published-tables.json') as {streams: object};

/** Attributes do not take a column of the resource; the nine tables were published before it was so. */
function columnOf(stream: string, attribute: string): string {
  const path = attribute.split('.').map(snakeCase).join('.');
  return ['id', 'type', 'links'].includes(path) && !(stream in published) ? `${path}_attribute` : path;
}

/** What is published as text has no members. */
function isInText(stream: string, path: string): boolean {
  return path
    .split('.')
    .some(
      (_, end, names) =>
        end > 0 && mainType(at(stream, names.slice(0, end).join('.')) ?? {type: ''}) === 'string',
    );
}

describe.each([...Object.entries(official), ...Object.entries(seen)])('%s', (stream, known) => {
  // Addresses of messages are lists of anything (docs/kustomer-api.md, Envelope): their members have no columns.
  test('every attribute that is known has a column', () => {
    expect(known.attributes.length).toBeGreaterThan(0);
    const missing = known.attributes
      .map((attribute) => columnOf(stream, attribute))
      .filter(
        (path) =>
          at(stream, path) === undefined && !isInText(stream, path) && !/\bmeta\.(to|b?cc)\./.test(path),
      );
    expect(missing).toEqual([]);
  });

  test('every relationship with data that is known has a column, and an id beside it if it is to one thing', () => {
    // The metadata of each custom attribute is a row of its own, made by the connector, without relationships.
    const relationships = stream === 'custom_attributes' ? [] : known.relationships;
    for (const name of relationships) {
      const column = name === 'sla' ? 'sla_data' : snakeCase(name);
      const type = mainType(at(stream, column) ?? {type: 'none'});
      expect([column, ['object', 'array']]).toEqual([column, expect.arrayContaining([type])]);
      if (type === 'object') {
        expect([name, at(stream, `${snakeCase(name)}_id`)?.type]).toEqual([name, ['null', 'string']]);
      }
    }
  });
});

test('each stream of the fixture is one of ours, and the fixture has what we search', () => {
  expect(Object.keys({...official, ...seen}).filter((stream) => !schemas.has(stream))).toEqual([]);
  const searched = ['companies', 'conversations', 'customers', 'kobjects', 'messages', 'notes'];
  expect(Object.keys(official)).toEqual(expect.arrayContaining(searched));
});

test.each([
  ['customers', 'shared_whatsapps', 'array'],
  ['customers', 'access_override', 'array'],
  ['customers', 'tags', 'string'],
  ['customers', 'deleted', 'string'],
  ['conversations', 'satisfaction', 'string'],
  ['conversations', 'suggested_tags', 'string'],
  ['conversations', 'ai_agent', 'object'],
  ['messages', 'error', 'object'],
  ['messages', 'error_at', 'string'],
  ['kobjects', 'queue', 'object'],
  ['kobjects', 'assigned_teams', 'array'],
  ['companies', 'employee_count', 'number'],
  ['klasses', 'json_schema', 'object'],
])('%s: %s is %s: published types stay, all others are the real ones', (stream, column, type) => {
  expect(mainType(at(stream, column) ?? {type: 'none'})).toBe(type);
});
