import type {Attribute} from '../kustomer/metadata';
import type {StreamSchema} from '../records/shape';
import {snakeCase} from '../records/snake-case';

/** What the values of a custom attribute are. */
type FieldType = 'text' | 'number' | 'boolean' | 'date-time' | 'list';

/** A custom attribute as a property of `custom`. */
export interface Field {
  /** As records spell it. */
  readonly name: string;
  readonly type: FieldType;
  readonly title: string | undefined;
  readonly choices: readonly string[];
}

const SCHEMAS: Readonly<Record<FieldType, StreamSchema>> = {
  text: {type: ['null', 'string']},
  number: {type: ['null', 'number']},
  boolean: {type: ['null', 'boolean']},
  'date-time': {type: ['null', 'string'], format: 'date-time', airbyte_type: 'timestamp_with_timezone'},
  list: {type: ['null', 'array'], items: {type: ['null', 'string']}},
};
/** By the suffix of the name (docs/kustomer-api.md, Custom attributes). */
const SUFFIXES: Readonly<Record<string, FieldType>> = {
  Num: 'number',
  At: 'date-time',
  Bool: 'boolean',
  Str: 'text',
  Txt: 'text',
  Url: 'text',
  Tree: 'text',
  Id: 'text',
};
const SUFFIX = new RegExp(`(${Object.keys(SUFFIXES).join('|')})$`);
/** By what the metadata says, for a name without a known suffix. */
const TYPES: ReadonlyMap<string | undefined, FieldType> = new Map([
  ['number', 'number'],
  ['date', 'date-time'],
  ['date-time', 'date-time'],
  ['boolean', 'boolean'],
]);
/** A description is read by people: it names no more values than these. */
const MOST_CHOICES = 100;

export function fieldOf({name, type, displayName, multi, choices}: Attribute): Field {
  const [suffix = ''] = SUFFIX.exec(name) ?? [];
  const single = SUFFIXES[suffix] ?? TYPES.get(type) ?? 'text';
  return {name, type: multi ? 'list' : single, title: displayName, choices};
}

/** The attributes of several klasses as those of one table. Where one name has two types, text holds both. */
export function unite(lists: readonly (readonly Field[])[]): readonly Field[] {
  const united = new Map<string, Field>();
  for (const field of lists.flat()) {
    const known = united.get(field.name) ?? field;
    united.set(field.name, {
      name: field.name,
      type: known.type === field.type ? field.type : 'text',
      title: known.title ?? field.title,
      choices: [...new Set([...known.choices, ...field.choices])],
    });
  }
  return [...united.values()];
}

/**
 * A stream's schema with a column of `custom` for each field, sorted by name. `custom` stays open: an attribute that is not
 * among them is kept. The inverse is `restoreCustomColumns` (configured-columns.ts).
 */
export function declareCustomColumns(schema: StreamSchema, fields: readonly Field[]): StreamSchema {
  const custom = schema.properties?.['custom'];
  if (!custom || fields.length === 0) return schema;
  const named = nameFields(fields).sort(([a], [b]) => compare(a, b));
  const properties = Object.fromEntries(named.map(([name, field]) => [name, propertyOf(field)]));
  return {...schema, properties: {...schema.properties, custom: {...custom, properties}}};
}

/**
 * Names each field by the rule of the rows. Of several that would have one name, the one that is spelt so has it, or else the
 * first; the others keep their original name. Rows follow what is declared here (records/column.ts).
 */
function nameFields(fields: readonly Field[]): [string, Field][] {
  const taken = new Set<string>();
  const rank = ({name}: Field) => (snakeCase(name) === name ? 0 : 1);
  const ordered = [...fields].sort((a, b) => rank(a) - rank(b) || compare(a.name, b.name));
  return ordered.map((field) => {
    const name = snakeCase(field.name);
    if (taken.has(name)) return [field.name, field];
    taken.add(name);
    return [name, field];
  });
}

function propertyOf({type, title, choices}: Field): StreamSchema {
  const shown = [...choices].sort(compare).slice(0, MOST_CHOICES);
  const more = choices.length > shown.length ? ` and ${choices.length - shown.length} more` : '';
  return {
    ...SCHEMAS[type],
    ...(title !== undefined && {title}),
    ...(shown.length > 0 && {description: `One of: ${shown.join(', ')}${more}.`}),
  };
}

/** By code units: the same order on every machine. */
function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
