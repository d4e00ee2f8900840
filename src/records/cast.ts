import {isObject, type JsonObject} from '../json';
import {ANY, Kind, type Column} from './column';
import {toDateTime} from '../date-time';
import {type Slot, claimName, labelOf, namesBefore} from './key-map';
import {quote} from './quote';
import {toBoolean, toInteger, toNumber} from './scalars';

/**
 * Casts a JSON value to its column and puts its keys in snake_case at every depth, in one walk that writes the result
 * as JSON text: making objects first, only to print them, takes about twice as long.
 *
 * Cast is what loses nothing: a list or an object in a text column becomes its JSON text, numbers and booleans become
 * text, see `scalars.ts` and `date-time.ts` for text that becomes a number, boolean or timestamp, and a single item in
 * a list column becomes a list of one. Members that the schema does not declare are kept. All else becomes null.
 *
 * @param value what JSON.parse made
 * @param column the compiled column, or {@link ANY}
 * @param nulled takes the path of each value that had to become null, each path once
 * @returns JSON text of a value that is valid against the column's schema if that is nullable
 */
export function cast(value: unknown, column: Column, nulled: Set<string>): string {
  if (value === null) return 'null';
  const text = castPresent(value, column, nulled);
  if (text !== undefined) return text;
  nulled.add(column.path);
  return 'null';
}

function castPresent(value: unknown, column: Column, nulled: Set<string>): string | undefined {
  switch (column.kind) {
    case Kind.Text:
      return typeof value === 'string' ? quote(value) : quote(castAny(value, nulled));
    case Kind.DateTime:
      return typeof value === 'string' ? castDateTime(value) : undefined;
    case Kind.Integer:
      return toInteger(value)?.toString();
    case Kind.Number:
      return toNumber(value)?.toString();
    case Kind.Boolean:
      return toBoolean(value)?.toString();
    case Kind.List:
      return castList(Array.isArray(value) ? value : [value], column.items ?? ANY, nulled);
    case Kind.Object:
      return isObject(value) ? castObject(value, column, nulled) : undefined;
    case Kind.Any:
      return castAny(value, nulled);
  }
}

/** As JSON.stringify has it, with the keys in snake_case. */
function castAny(value: unknown, nulled: Set<string>): string {
  if (typeof value === 'string') return quote(value);
  if (Array.isArray(value)) return castList(value, ANY, nulled);
  return isObject(value) ? castObject(value, ANY, nulled) : JSON.stringify(value);
}

/** A timestamp has nothing that JSON escapes. */
function castDateTime(value: string): string | undefined {
  const text = toDateTime(value);
  return text === undefined ? undefined : `"${text}"`;
}

function castList(list: readonly unknown[], items: Column, nulled: Set<string>): string {
  let text = '';
  for (const item of list) text += (text === '' ? '[' : ',') + cast(item, items, nulled);
  return text === '' ? '[]' : `${text}]`;
}

function castObject(object: JsonObject, column: Column, nulled: Set<string>): string {
  let text = '';
  let taken: Set<string> | undefined;
  for (const key in object) {
    const slot = column.keys.get(key);
    text += text === '' ? '{' : ',';
    if (slot.contested) {
      taken ??= namesBefore(object, column.keys, key);
      text += castContested(object[key], slot, claimName(taken, slot.name, key), nulled);
    } else {
      // The name counts as taken from here on: a later key of this object may be the first to contest it.
      taken?.add(slot.name);
      text += slot.label + cast(object[key], slot.value, nulled);
    }
  }
  return text === '' ? '{}' : `${text}}`;
}

/** Under another name than that of its slot a value is not the column that the schema declares. */
function castContested(value: unknown, slot: Slot<Column>, name: string, nulled: Set<string>): string {
  if (name === slot.name) return slot.label + cast(value, slot.value, nulled);
  return labelOf(name) + cast(value, ANY, nulled);
}
