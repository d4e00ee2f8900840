import {ANY, type Column, Kind} from './column';
import {toDateTime} from './date-time';
import {freeName, setOwn} from './key-map';
import {toBoolean, toInteger, toNumber} from './scalars';

/** An object as JSON has it. */
export type JsonObject = Record<string, unknown>;

/**
 * Casts a JSON value to its column and puts its keys in snake_case at every depth, in one walk; the value itself is
 * never changed.
 *
 * Cast is what loses nothing: a list or an object in a text column becomes its JSON text, numbers and booleans become
 * text, see `scalars.ts` and `date-time.ts` for text that becomes a number, boolean or timestamp, and a single item in
 * a list column becomes a list of one. Members that the schema does not declare are kept. All else becomes null.
 *
 * @param value what JSON.parse made
 * @param column the compiled column, or {@link ANY}
 * @param nulled takes the path of each value that had to become null, each path once
 * @returns a value that is valid against the column's schema if that is nullable
 */
export function cast(value: unknown, column: Column, nulled: Set<string>): unknown {
  if (value === null) return null;
  const result = castPresent(value, column, nulled);
  if (result !== undefined) return result;
  nulled.add(column.path);
  return null;
}

function castPresent(value: unknown, column: Column, nulled: Set<string>): unknown {
  switch (column.kind) {
    case Kind.Text:
      return typeof value === 'string' ? value : toText(value, nulled);
    case Kind.DateTime:
      return typeof value === 'string' ? toDateTime(value) : undefined;
    case Kind.Integer:
      return toInteger(value);
    case Kind.Number:
      return toNumber(value);
    case Kind.Boolean:
      return toBoolean(value);
    case Kind.List:
      return castList(Array.isArray(value) ? value : [value], column.items ?? ANY, nulled);
    case Kind.Object:
      return isObject(value) ? castObject(value, column, nulled) : undefined;
    case Kind.Any:
      if (Array.isArray(value)) return castList(value, ANY, nulled);
      return isObject(value) ? castObject(value, ANY, nulled) : value;
  }
}

/** Whether a value is an object with keys: neither null nor a list. */
export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function toText(value: unknown, nulled: Set<string>): string {
  return typeof value === 'object' ? JSON.stringify(cast(value, ANY, nulled)) : String(value);
}

function castList(list: readonly unknown[], items: Column, nulled: Set<string>): unknown[] {
  const result: unknown[] = [];
  for (const item of list) result.push(cast(item, items, nulled));
  return result;
}

function castObject(object: JsonObject, column: Column, nulled: Set<string>): JsonObject {
  const result: JsonObject = {};
  for (const key in object) {
    const slot = column.keys.get(key);
    if (!slot.contested) {
      result[slot.name] = cast(object[key], slot.value, nulled);
      continue;
    }
    const name = freeName(result, slot.name, key);
    setOwn(result, name, cast(object[key], name === slot.name ? slot.value : ANY, nulled));
  }
  return result;
}
