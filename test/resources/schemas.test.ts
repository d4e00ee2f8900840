import {spawnSync} from 'node:child_process';
import {cpSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join, resolve} from 'node:path';
import Ajv from 'ajv';
import addFormats from 'ajv-formats';
import {snakeCase} from '../../src/records/snake-case';
import {at, mainType, readJson, type Schema, schemas} from './columns';

interface Seed {
  readonly streams: Record<
    string,
    {columns: Record<string, string>; nested?: Record<string, [string, string][]>}
  >;
  readonly corrections: {stream: string; path: string; use: string}[];
}
interface Objects {
  readonly objects: Record<
    string,
    {attributes: Record<string, unknown>; relationships?: Record<string, string>}
  >;
}

const seed = readJson('resources/attributes/published-tables.json') as Seed;
const {objects} = readJson('resources/attributes/objects.json') as Objects;

const files = readdirSync('resources/schemas').sort();

// The parents of published children whose depth was lost, worked out apart from the script that makes the schemas.
const PARENTS: Record<string, string[]> = {
  'conversations.first_done': ['message_count_by_channel', 'outbound_message_count_by_channel'],
  'conversations.last_done': ['message_count_by_channel', 'outbound_message_count_by_channel'],
  'conversations.sla': [
    'metrics.first_response',
    'metrics.longest_unresponded_message',
    'metrics',
    'summary',
  ],
  'customers.last_conversation': ['sentiment'],
  'customers.satisfaction_level': ['first_satisfaction', 'last_satisfaction'],
  'shortcuts.conversation': ['name', 'tags'],
  'shortcuts.payload': [
    'text.blocks.inline_style_ranges',
    'text.blocks.entity_ranges',
    'text.blocks',
    'text.entity_map.0.data',
    'text.entity_map.1.data',
    ...['0', '1', '2', '3'].map((key) => `text.entity_map.${key}`),
    'text.entity_map',
    'text',
  ],
};

/** The types of the places where a child may be: beside the others, or below one of the parents. */
function typesOf(stream: string, column: string, child: string): (string | undefined)[] {
  const parents = ['', ...(PARENTS[`${stream}.${column}`] ?? []).map((parent) => `.${parent}`)];
  return parents.map((parent) => publishedType(at(stream, `${column}${parent}.${child}`)));
}

/** How published-tables.json would name a type. */
function publishedType(schema: Schema | undefined): string | undefined {
  if (schema === undefined) return undefined;
  return schema.format === 'date-time' ? 'DATE-TIME' : mainType(schema)?.toUpperCase();
}

/** What a published column has to be: its type, and a timestamp where its name says so. */
function expected(stream: string, path: string, type: string): string {
  const use =
    seed.corrections.find((each) => [stream, '*'].includes(each.stream) && each.path === path)?.use ?? type;
  return use === 'STRING' && path.endsWith('_at') ? 'DATE-TIME' : use;
}

function walk(schema: Schema, visit: (schema: Schema, path: string) => void, path = ''): void {
  visit(schema, path);
  for (const [name, property] of Object.entries(schema.properties ?? {})) {
    walk(property, visit, `${path}.${name}`);
  }
  if (schema.items !== undefined) walk(schema.items, visit, `${path}[]`);
}

// What each stream has for a cursor; `-` for none.
const CURSORS: Record<string, string> = {
  ...Object.fromEntries(
    ['conversations', 'customers', 'kobjects', 'messages', 'notes', 'shortcuts', 'tags', 'teams', 'users']
      .concat(['brands', 'companies', 'klasses', 'role_groups', 'schedules', 'work_items', 'work_sessions'])
      .concat(['queues', 'ai_automations', 'satisfaction_surveys', 'spam_senders', 'cards'])
      .concat(['kb_articles', 'kb_categories'])
      .map((stream) => [stream, 'updated_at']),
  ),
  attachments: 'conversation_updated_at',
  conversation_events: 'conversation_updated_at',
  conversation_times: 'created_at',
  customer_merges: 'customer_updated_at',
  satisfaction_responses: 'conversation_updated_at',
  custom_attributes: '-',
  audit_logs: 'created_at',
  holidays: '-',
  outbound_accounts: '-',
  routing_statuses: '-',
  shortcut_categories: '-',
  snoozes: '-',
  slas: '-',
  sla_versions: '-',
};

function checkSchemas(folder: string): {status: number | null; stderr: string} {
  return spawnSync(process.execPath, ['scripts/schemas.mjs', '--check'], {cwd: folder, encoding: 'utf8'});
}

test('the schemas are what the script makes of the lists', () => {
  expect(checkSchemas('.')).toMatchObject({status: 0, stderr: ''});
});

test('a schema that was changed by hand, is missing or is no stream is named', () => {
  const folder = mkdtempSync(join(tmpdir(), 'schemas-'));
  for (const part of ['scripts', 'resources', 'package.json', '.prettierrc.json']) {
    cpSync(part, join(folder, part), {recursive: true});
  }
  symlinkSync(resolve('node_modules'), join(folder, 'node_modules'));
  writeFileSync(join(folder, 'resources/schemas/tags.json'), '{}');
  writeFileSync(join(folder, 'resources/schemas/more.json'), '{}');
  rmSync(join(folder, 'resources/schemas/notes.json'));
  const {status, stderr} = checkSchemas(folder);
  expect([status, stderr.match(/[a-z_]+\.json/g)]).toEqual([1, ['more.json', 'notes.json', 'tags.json']]);
  rmSync(folder, {recursive: true});
});

test('there is a schema for each of the streams, and for no other', () => {
  const names = Object.keys(CURSORS).sort();
  expect(files).toEqual(names.map((stream) => `${stream}.json`));
});

describe.each([...schemas])('%s', (stream, schema) => {
  test('compiles', () => {
    const ajv = new Ajv({strict: true, allowUnionTypes: true, keywords: ['airbyte_type']});
    addFormats(ajv);
    expect(() => ajv.compile(schema)).not.toThrow();
  });

  test('has the key and the cursor', () => {
    expect(schema.properties?.['id']).toMatchObject({type: 'string'});
    const cursor = CURSORS[stream] ?? '';
    if (cursor === '-') return;
    expect(schema.properties?.[cursor]).toMatchObject({type: ['null', 'string'], format: 'date-time'});
  });

  test("keeps to what Airbyte's acceptance suite allows", () => {
    const allowed = [
      '$schema',
      'type',
      'format',
      'airbyte_type',
      'properties',
      'items',
      'additionalProperties',
      'description',
    ];
    walk(schema, (each, path) => {
      expect([path, Object.keys(each).filter((keyword) => !allowed.includes(keyword))]).toEqual([path, []]);
      const types = ['string', 'integer', 'number', 'boolean', 'array', 'object'];
      expect([path, types]).toEqual([path, expect.arrayContaining([mainType(each)])]);
      if (path !== '' && path !== '.id') expect([path, each.type]).toEqual([path, ['null', mainType(each)]]);
      if (mainType(each) === 'object') expect([path, each.additionalProperties]).toEqual([path, true]);
      if (each.format !== undefined) expect(each.airbyte_type).toBe('timestamp_with_timezone');
    });
  });

  test('columns are spelt by our own rule', () => {
    walk(schema, ({properties = {}}) => {
      expect(Object.keys(properties)).toEqual(Object.keys(properties).map(snakeCase));
    });
  });

  test('custom is left to the organization', () => {
    const {custom} = schema.properties ?? {};
    if (custom === undefined) return;
    const {description, ...rest} = custom;
    expect([description, rest]).toEqual([
      expect.any(String),
      {type: ['null', 'object'], additionalProperties: true},
    ]);
  });
});

describe.each(Object.entries(seed.streams))('published: %s', (stream, table) => {
  test.each(Object.entries(table.columns))('%s is %s', (column, type) => {
    expect(publishedType(at(stream, column))).toBe(expected(stream, column, type));
  });

  const columns = Object.entries(table.nested ?? {}).filter(([column]) => column !== 'custom');
  test('nested children are there, each as often as it is published', () => {
    for (const [column, children] of columns) {
      for (const [child, type] of children) {
        const use = seed.corrections.find((each) => each.path === `${column}.${child}`)?.use ?? type;
        const found = typesOf(stream, column, child).filter((each) => each !== undefined);
        const times = children.filter(([name]) => name === child).length;
        expect([column, child, found]).toEqual([
          column,
          child,
          expect.arrayContaining([expected(stream, child, use)]),
        ]);
        expect([column, child, found.length >= times]).toEqual([column, child, true]);
      }
    }
  });
});

test('the free document of a custom object is declared', () => {
  expect(at('kobjects', 'data')).toMatchObject({type: ['null', 'object'], additionalProperties: true});
});

test('corrections hold at their exact paths', () => {
  for (const {stream, path, use} of seed.corrections.filter((each) => each.stream !== '*')) {
    expect([path, publishedType(at(stream, path))]).toEqual([path, use]);
  }
  const days = [
    'sla.metrics.first_response.breach_at',
    'sla.metrics.longest_unresponded_message.satisfied_at',
  ];
  for (const path of days) {
    expect([path, publishedType(at('conversations', path))]).toEqual([path, 'DATE-TIME']);
  }
});

describe.each([...schemas.keys()])('known of the API: %s', (stream) => {
  const {attributes: listed = {}, relationships = {}} = objects[stream] ?? {};
  // The metadata of each custom attribute is a row of its own.
  const members = stream === 'custom_attributes' ? (listed['properties'] as [object])[0] : listed;
  // An attribute takes no column of the resource; the nine tables were published before it was so.
  const attributes =
    stream in seed.streams
      ? members
      : Object.fromEntries(
          Object.entries(members).map(([name, type]: [string, unknown]) => [
            ['id', 'type', 'links'].includes(name) ? `${name}_attribute` : name,
            type,
          ]),
        );

  test('is known', () => {
    expect(Object.keys(attributes).length).toBeGreaterThan(1);
  });

  /** Attribute paths, by our rule; the members of addresses (list, object or text) have none. */
  const paths = (members: object, prefix: string): string[] =>
    Object.entries(members).flatMap(([name, type]: [string, unknown]) => {
      const path = `${prefix}${snakeCase(name)}`;
      const inner: unknown = Array.isArray(type) && type.length === 1 ? type[0] : type;
      const isOpen =
        typeof inner !== 'object' || inner === null || Array.isArray(inner) || /meta\.(to|b?cc)$/.test(path);
      return isOpen ? [path] : [path, ...paths(inner, `${path}.`)];
    });

  test('every attribute is declared', () => {
    const isText = (path: string): boolean =>
      mainType(at(stream, path.split('.')[0] ?? '') ?? {type: ''}) === 'string';
    const missing = paths(attributes, '').filter((path) => at(stream, path) === undefined);
    expect(missing.filter((path) => !(path.includes('.') && isText(path)))).toEqual([]);
  });

  test('every relationship with data is declared', () => {
    const withData = Object.keys(relationships).filter((name) => relationships[name] === 'data');
    const columns = withData.map((name) => (name === 'sla' ? 'sla_data' : snakeCase(name)));
    for (const column of columns) {
      expect([column, ['OBJECT', 'ARRAY']]).toEqual([
        column,
        expect.arrayContaining([publishedType(at(stream, column))]),
      ]);
    }
  });

  test('addresses of messages are lists of anything', () => {
    walk(schemas.get(stream) as Schema, (each, path) => {
      if (/meta\.(to|b?cc)$/.test(path)) expect(each.items).toBeUndefined();
    });
  });
});
