import type {JSONSchema7} from 'json-schema';
import {KeyMap} from './key-map';
import {snakeCase} from './snake-case';

/** A JSON Schema (draft-07) as Airbyte uses it: one type, or one and `null`; `type` is as wide as TypeScript reads it from a JSON file. */
export interface StreamSchema extends Omit<JSONSchema7, 'type' | 'properties' | 'items'> {
  readonly type?: string | readonly string[];
  readonly properties?: Readonly<Record<string, StreamSchema>>;
  readonly items?: StreamSchema;
  /** Airbyte's own types within one of JSON Schema's, such as `timestamp_with_timezone`. */
  readonly airbyte_type?: string;
}

/** What a column takes. `Any` is a column no schema declares. */
export enum Kind {
  Any,
  Text,
  DateTime,
  Integer,
  Number,
  Boolean,
  List,
  Object,
}

/** One node of a compiled schema. All nodes have the same fields, which keeps the walk over them fast. */
export interface Column {
  readonly kind: Kind;
  /** What the members of a list are. */
  readonly items: Column | undefined;
  /** What the keys of an object become. */
  readonly keys: KeyMap<Column>;
}

const NO_COLUMNS: ReadonlyMap<string, Column> = new Map();

/** The column of everything undeclared: keys in snake_case, values as they are. */
export const ANY: Column = {
  kind: Kind.Any,
  items: undefined,
  keys: new KeyMap<Column>(snakeCase, () => ANY),
};

/**
 * Compiles the schema of a value.
 *
 * @param schema JSON Schema of the column
 * @throws TypeError for a type that JSON Schema does not know
 */
export function compileColumn(schema: StreamSchema): Column {
  const columns = compileProperties(schema);
  return {
    kind: kindOf(schema),
    items: schema.items === undefined ? undefined : compileColumn(schema.items),
    // A key that is declared as it is spelt is one of several that would have the same name (catalog/custom.ts).
    keys:
      columns.size === 0
        ? ANY.keys
        : new KeyMap(
            (key) => (columns.has(key) ? key : snakeCase(key)),
            (name) => columns.get(name) ?? ANY,
          ),
  };
}

/** Compiles the properties of an object, by name. Throws as {@link compileColumn}. */
export function compileProperties(schema: StreamSchema): ReadonlyMap<string, Column> {
  if (schema.properties === undefined) return NO_COLUMNS;
  const columns = new Map<string, Column>();
  for (const [name, property] of Object.entries(schema.properties)) {
    columns.set(name, compileColumn(property));
  }
  return columns;
}

function kindOf(schema: StreamSchema): Kind {
  const type = [schema.type ?? []].flat().find((each) => each !== 'null');
  switch (type) {
    case undefined:
      return Kind.Any;
    case 'string':
      return schema.format === 'date-time' ? Kind.DateTime : Kind.Text;
    case 'integer':
      return Kind.Integer;
    case 'number':
      return Kind.Number;
    case 'boolean':
      return Kind.Boolean;
    case 'array':
      return Kind.List;
    case 'object':
      return Kind.Object;
    default:
      throw new TypeError(`"${type}" is no type of JSON Schema`);
  }
}
