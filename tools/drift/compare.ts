import type {Resource} from '../../src/kustomer/envelope';
import {toDateTime} from '../../src/date-time';
import {ADDITIONAL, type StreamSchema, compileShape} from '../../src/records/shape';

/** Where records and the schema differ. Holds names, types and counts, and nothing that a record says. */
export interface Difference {
  /** The column, or the path to something inside it: `sla.matched_at`. */
  readonly path: string;
  /** As in Airbyte's schemas; undefined where nothing is declared. */
  readonly declared: string | undefined;
  readonly found: string;
  /** Records in which it is so. */
  readonly records: number;
  /** What the connector makes of it: as it comes, in its column's type, or null. */
  readonly becomes: 'kept' | 'cast' | 'null';
}

export interface Comparison {
  readonly records: number;
  readonly differences: readonly Difference[];
  /** Declared columns that no record had a value in. */
  readonly neverSeen: readonly string[];
}

interface Finding {
  readonly path: string;
  readonly declared: string | undefined;
  readonly found: string;
}

/** Compares records, as they came, with the schema of their stream. */
export function compare(schema: StreamSchema, resources: readonly Resource[]): Comparison {
  const shape = compileShape(schema);
  const spell = compileShape(untyped(schema));
  const counts = new Map<string, number>();
  const nulled = new Set<string>();
  const seen = new Set<string>();
  for (const resource of resources) {
    const {json, undeclared} = spell(resource);
    const {[ADDITIONAL]: rest = {}, ...row} = JSON.parse(json) as Record<string, object>;
    for (const [column, value] of Object.entries(row)) if (value !== null) seen.add(column);
    for (const {field} of shape(resource).changes) nulled.add(field);
    const found = [...membersOf(schema, row, ''), ...undeclared.flatMap((name) => undeclaredOf(rest, name))];
    // Once per record, however often it is so inside of a list.
    const keys = new Set(found.map((finding) => JSON.stringify(finding)));
    for (const key of keys) counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  const differences = [...counts].map(([key, records]): Difference => {
    const {path, declared, found} = JSON.parse(key) as Finding;
    const becomes = declared === undefined ? 'kept' : nulled.has(path) ? 'null' : 'cast';
    return {path, declared, found, records, becomes};
  });
  return {
    records: resources.length,
    differences: differences.sort((a, b) => compareText(a.path + a.found, b.path + b.found)),
    neverSeen: Object.keys(schema.properties ?? {}).filter(
      (column) => column !== ADDITIONAL && !seen.has(column),
    ),
  };
}

/** The same columns without types: records are flattened and spelt as the connector does, but nothing is cast. */
function untyped({properties = {}}: StreamSchema): StreamSchema {
  return {type: 'object', properties: Object.fromEntries(Object.keys(properties).map((name) => [name, {}]))};
}

/** What has no column, by Kustomer's name. */
function undeclaredOf(rest: object, name: string): Finding[] {
  const value: unknown = Object.getOwnPropertyDescriptor(rest, name)?.value;
  return value === null ? [] : [{path: name, declared: undefined, found: typeOf(value)}];
}

/** What of an object differs. One that declares no members, such as `custom`, may have any. */
function membersOf(
  {properties}: StreamSchema,
  object: Readonly<Record<string, unknown>>,
  prefix: string,
): Finding[] {
  if (!properties) return [];
  return Object.entries(object).flatMap(([name, value]) => {
    const path = prefix + name;
    const declared = properties[name];
    if (value === null) return [];
    return declared ? valueOf(declared, value, path) : [{path, declared: undefined, found: typeOf(value)}];
  });
}

function valueOf(schema: StreamSchema, value: unknown, path: string): Finding[] {
  if (value === null) return [];
  const declared = declaredType(schema);
  const found = typeOf(value);
  if (Array.isArray(value) && declared === 'array') {
    const {items} = schema;
    return items ? value.flatMap((item: unknown) => valueOf(items, item, path)) : [];
  }
  if (found === 'object' && declared === 'object') {
    return membersOf(schema, value as Record<string, unknown>, `${path}.`);
  }
  const fits =
    declared === found ||
    (declared === 'string' && found === 'timestamp') ||
    (declared === 'number' && found === 'integer');
  return fits ? [] : [{path, declared, found}];
}

function declaredType({type, format}: StreamSchema): string {
  if (format === 'date-time') return 'timestamp';
  return [type ?? 'anything'].flat().find((each) => each !== 'null') ?? 'null';
}

function typeOf(value: unknown): string {
  if (Array.isArray(value)) return 'array';
  if (typeof value === 'string') return toDateTime(value) === undefined ? 'string' : 'timestamp';
  if (typeof value === 'number') return Number.isInteger(value) ? 'integer' : 'number';
  return typeof value;
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
