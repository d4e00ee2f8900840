// Makes resources/schemas/*.json from the lists in resources/attributes (see the README there): the nine published
// tables, whose types rule, and the attributes and relationships that they lack; a table for each further object of
// the second list that is a stream; and a sentence for each column. Run it when those lists or the rules below change: npm run schemas
// With --check it writes nothing, and fails where a file is not what it would write.
import {existsSync, readFileSync, readdirSync, writeFileSync} from 'node:fs';
import {format, resolveConfig} from 'prettier';
import {describe} from './describe.mjs';

const FOLDER = 'resources/schemas';
const LISTS_FOLDER = 'resources/attributes';
const {streams, corrections} = JSON.parse(readFileSync(`${LISTS_FOLDER}/published-tables.json`, 'utf8'));
const {objects} = JSON.parse(readFileSync(`${LISTS_FOLDER}/objects.json`, 'utf8'));
const sentences = JSON.parse(readFileSync(`${LISTS_FOLDER}/descriptions.json`, 'utf8'));

// The published children of a column are a flat list. Their depth by sense, a digit each: `email`, `sms`, `voice` are
// members of the `message_count_by_channel` before them. All other columns have one level.
const DEPTHS = {
  'conversations.first_done': '00000000001110001110',
  'conversations.last_done': '00000000001110001110',
  'conversations.sla': '000012212200110',
  'customers.last_conversation': '000110',
  'customers.satisfaction_level': '0101',
  'shortcuts.conversation': '011011',
  'shortcuts.payload': '01222333233322212344433234443323332333',
};
// Seen as whole numbers, but averages and scores have fractions.
const FRACTIONS = new Set(['rating', 'score', 'avg_rating', 'avg_score']);
// Lists, single objects or plain text (docs/kustomer-api.md, Envelope): a list whose members are left as they come.
const ADDRESSES = new Set(['meta.to', 'meta.cc', 'meta.bcc']);
// Relationships that carry a list.
const LISTS = new Set(['shortcuts', 'attachments', 'versions', 'queues']);

const of = (type, more = {}) => ({type: ['null', type], ...more});
const object = (properties = {}) => {
  const sorted = Object.fromEntries(Object.entries(properties).sort(([a], [b]) => (a < b ? -1 : 1)));
  return of('object', {
    additionalProperties: true,
    ...(Object.keys(sorted).length > 0 && {properties: sorted}),
  });
};
const timestamp = of('string', {format: 'date-time', airbyte_type: 'timestamp_with_timezone'});
const reference = object({type: of('string'), id: of('string')});
const snake = (name) => name.replace(/[A-Z]/g, (capital) => `_${capital.toLowerCase()}`).replaceAll('-', '_');
// An attribute takes no column of the resource (src/records/flatten.ts).
const ownNames = (attributes) =>
  Object.fromEntries(
    Object.entries(attributes).map(([name, type]) => [
      ['id', 'type', 'links'].includes(name) ? `${name}_attribute` : name,
      type,
    ]),
  );
const isReference = ({type, properties = {}}) =>
  type[1] === 'object' && Object.keys(properties).sort().join() === 'id,type';
const isTimestamp = (name) => name === 'at' || name.endsWith('_at');

/** A published column or child, with its children. */
function published(stream, path, type, children = {}) {
  const use = corrections.find((each) => each.stream === stream && each.path === path)?.use ?? type;
  const name = path.split('.').at(-1);
  if (use === 'DATE-TIME' || (use === 'STRING' && isTimestamp(name))) return timestamp;
  if (use === 'OBJECT') return object(children);
  if (use === 'ARRAY') return of('array', Object.keys(children).length > 0 ? {items: object(children)} : {});
  return of(use.toLowerCase());
}

/** The published children that follow `start` and are at `depth`, as properties. */
function childrenOf(stream, path, list, depths, start, depth) {
  const properties = {};
  for (let at = start; at < list.length && depths[at] >= depth; at += 1) {
    if (depths[at] > depth) continue;
    const [name, type] = list[at];
    const below = `${path}.${name}`;
    properties[name] = published(
      stream,
      below,
      type,
      childrenOf(stream, below, list, depths, at + 1, depth + 1),
    );
  }
  return properties;
}

function tableOf(stream) {
  const {columns, nested = {}} = streams[stream];
  const properties = {};
  for (const [name, type] of Object.entries(columns)) {
    // The children of `custom` are one organization's own.
    const list = name === 'custom' ? [] : (nested[name] ?? []);
    const depths = Array.from(DEPTHS[`${stream}.${name}`] ?? list.map(() => 0), Number);
    properties[name] = published(stream, name, type, childrenOf(stream, name, list, depths, 0, 0));
  }
  return properties;
}

/** The type of an attribute, by the notation of objects.json: [item], {members}, or a word. */
function attribute(path, type) {
  const name = path.split('.').at(-1);
  if (ADDRESSES.has(path.split('.').slice(-2).join('.')) || type === 'array') return of('array');
  if (Array.isArray(type)) return of('array', {items: attribute(path, type[0])});
  if (typeof type === 'object') return object(attributes(path, type));
  if (isTimestamp(name) || type === 'date-time') return timestamp;
  if (FRACTIONS.has(name)) return of('number');
  return ['integer', 'number', 'boolean'].includes(type)
    ? of(type)
    : type === 'object'
      ? object()
      : of('string');
}

const attributes = (path, members) =>
  Object.fromEntries(
    Object.entries(members).map(([name, type]) => [snake(name), attribute(`${path}.${snake(name)}`, type)]),
  );

function relationships(stream) {
  const withData = Object.entries(objects[stream].relationships ?? {}).filter(([, kind]) => kind === 'data');
  return Object.fromEntries(
    withData.map(([name]) => [
      name === 'sla' ? 'sla_data' : snake(name),
      LISTS.has(name) ? of('array', {items: reference}) : reference,
    ]),
  );
}

/** Adds what `first` does not have; where both have a column, the type of `first` stays. */
function merge(first, second) {
  const all = {...second, ...first};
  for (const name of Object.keys(first)) if (second[name]) all[name] = mergeColumn(first[name], second[name]);
  return all;
}

function mergeColumn(first, second) {
  if (first.type[1] !== second.type[1]) return first;
  if (first.type[1] === 'object') return object(merge(first.properties ?? {}, second.properties ?? {}));
  if (!first.items) return second.items ? {...first, items: second.items} : first;
  return second.items ? {...first, items: mergeColumn(first.items, second.items)} : first;
}

/** Adds the id of what each reference refers to, as text: joins need no JSON. An attribute of that name stays (src/records/flatten.ts). */
function withJoins(properties) {
  const joins = Object.entries(properties)
    .filter(([, property]) => isReference(property))
    .map(([name]) => [
      `${name.replace(/_data$/, '')}_id`,
      of('string', {description: `The id in \`${name}\`, for joins.`}),
    ]);
  return {...Object.fromEntries(joins), ...properties};
}

const common = {
  type: of('string'),
  links: object({self: of('string')}),
  deleted: of('boolean'),
  deleted_at: timestamp,
  deleted_by: reference,
  imported_at: timestamp,
};

const openLists = (...names) => Object.fromEntries(names.map((name) => [name, of('array')]));

// In neither list. Custom objects: the free document (docs/kustomer-api.md, Envelope).
const more = {
  kobjects: {data: object()},
  // The list names two attributes with a letter missing; and contacts are text there, but objects on customers: left as they come.
  companies: {
    ...openLists('emails', 'phones', 'whatsapps', 'socials', 'urls', 'locations'),
    external_id: of('string'),
    custom: object(),
  },
  custom_attributes: {resource: of('string'), name: of('string')},
  slas: {updated_at: timestamp, modified_at: timestamp},
  brands: {rev: of('integer')},
  schedules: {rev: of('integer')},
  attachments: {conversation: reference, conversation_updated_at: timestamp},
  conversation_events: {conversation_updated_at: timestamp},
  satisfaction_responses: {conversation_updated_at: timestamp},
  customer_merges: {customer: reference, customer_updated_at: timestamp},
  conversation_times: {
    updated_at: timestamp,
    conversation: reference,
    conversation_updated_at: timestamp,
    customer: reference,
  },
  // The relationship, where the attribute has its name.
  work_items: {last_revision_data: reference},
  work_sessions: {last_revision_data: reference},
};
const others = [
  ...['companies', 'klasses', 'brands', 'slas', 'sla_versions', 'schedules', 'role_groups'],
  ...['custom_attributes', 'attachments', 'conversation_times', 'work_items', 'work_sessions'],
  ...[
    'queues',
    'routing_statuses',
    'snoozes',
    'ai_automations',
    'satisfaction_surveys',
    'shortcut_categories',
  ],
  ...['audit_logs', 'holidays', 'outbound_accounts', 'spam_senders', 'cards', 'kb_articles', 'kb_categories'],
  ...['conversation_events', 'customer_merges', 'satisfaction_responses'],
];
const otherCommon = {org: reference, created_by: reference, modified_by: reference, ...common};
/** What every row of a stream may have; some streams have little besides attributes. */
function commonOf(stream) {
  if (['custom_attributes', 'outbound_accounts', 'audit_logs'].includes(stream)) {
    return {type: common.type, links: common.links};
  }
  return others.includes(stream) ? otherCommon : common;
}

function schemaOf(stream) {
  // The metadata of each attribute is a row of its own.
  const own =
    stream === 'custom_attributes' ? objects[stream].attributes.properties[0] : objects[stream].attributes;
  const listed = {...merge(relationships(stream), attributes('', ownNames(own))), ...more[stream]};
  const known = merge(listed, commonOf(stream));
  const properties = stream in streams ? merge(tableOf(stream), known) : known;
  const schema = {
    $schema: 'http://json-schema.org/draft-07/schema#',
    // The primary key: a row without it is refused before.
    ...object({...withJoins(properties), id: {type: 'string'}, _ab_additional_properties: object()}),
    type: 'object',
  };
  return describe(schema, stream, sentences);
}

const made = new Map();
for (const stream of [...Object.keys(streams), ...others]) {
  const file = `${FOLDER}/${stream}.json`;
  const style = {...(await resolveConfig(file)), filepath: file};
  made.set(file, await format(JSON.stringify(schemaOf(stream)), style));
}

if (process.argv.includes('--check')) {
  const committed = readdirSync(FOLDER).map((name) => `${FOLDER}/${name}`);
  const files = [...new Set([...made.keys(), ...committed])].sort();
  const differing = files.filter(
    (file) => !existsSync(file) || readFileSync(file, 'utf8') !== made.get(file),
  );
  for (const file of differing) {
    console.error(`${file} is not what ${LISTS_FOLDER} and scripts/schemas.mjs make: run "npm run schemas".`);
  }
  if (differing.length > 0) process.exitCode = 1;
} else {
  for (const [file, text] of made) writeFileSync(file, text);
}
