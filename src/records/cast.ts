import {LongNumber, isObject, type JsonObject} from '../json';
import {ANY, Kind, type Column} from './column';
import {toDateTime} from '../date-time';
import type {Findings} from './findings';
import {type Slot, claimName, labelOf, namesBefore} from './key-map';
import {quote} from './quote';
import {longNumber, toBoolean, toInteger, toNumber} from './scalars';

/**
 * Casts a JSON value to its column and puts its keys in snake_case at every depth, in one walk that writes the result
 * as JSON text: making objects first, only to print them, takes about twice as long.
 *
 * Cast is what loses nothing: a list or an object in a text column becomes its JSON text, numbers and booleans become
 * text, see `scalars.ts` and `date-time.ts` for text that becomes a number, boolean or timestamp, and a single item in
 * a list column becomes a list of one. Members that the schema does not declare are kept. All else becomes null, and so does a
 * mask, Kustomer's sign that a value is not shown to this API key (docs/kustomer-api.md, Where and who).
 *
 * @param value what parseJson made
 * @param column the compiled column, or {@link ANY}
 * @param found takes each value that had to become null; its trail leads to this value
 * @returns JSON text of a value that is valid against the column's schema if that is nullable
 */
export function cast(value: unknown, column: Column, found: Findings): string {
  if (value === null || value === undefined) return 'null';
  const isMask = isMasked(value);
  const text = isMask ? undefined : castPresent(value, column, found);
  if (text !== undefined) return text;
  found.addNulled(value, isMask);
  return 'null';
}

/** Whether something stands in the place of a value that the API key may not see. */
function isMasked(value: unknown): boolean {
  return isObject(value) && value['isMasked'] === true;
}

function castPresent(value: unknown, column: Column, found: Findings): string | undefined {
  switch (column.kind) {
    case Kind.Text:
      return quote(castText(value, found));
    case Kind.DateTime:
      return typeof value === 'string' ? castDateTime(value) : undefined;
    case Kind.Integer:
      return toInteger(value);
    case Kind.Number:
      return toNumber(value);
    case Kind.Boolean:
      return toBoolean(value)?.toString();
    case Kind.List:
      return castList(Array.isArray(value) ? value : [value], column.items ?? ANY, found);
    case Kind.Object:
      return isObject(value) ? castObject(value, column, found) : undefined;
    case Kind.Any:
      return castAny(value, found);
  }
}

function castText(value: unknown, found: Findings): string {
  if (typeof value === 'string') return value;
  return value instanceof LongNumber ? value.text : castAny(value, found);
}

/** As JSON.stringify has it, with the keys in snake_case. */
function castAny(value: unknown, found: Findings): string {
  if (typeof value === 'string') return quote(value);
  if (Array.isArray(value)) return castList(value, ANY, found);
  if (value instanceof LongNumber) return longNumber(value);
  return isObject(value) ? castObject(value, ANY, found) : JSON.stringify(value);
}

/** A timestamp has nothing that JSON escapes. */
function castDateTime(value: string): string | undefined {
  const text = toDateTime(value);
  return text === undefined ? undefined : `"${text}"`;
}

function castList(list: readonly unknown[], items: Column, found: Findings): string {
  let text = '';
  for (let index = 0; index < list.length; index += 1) {
    found.trail.push(index);
    text += (text === '' ? '[' : ',') + cast(list[index], items, found);
    found.trail.pop();
  }
  return text === '' ? '[]' : `${text}]`;
}

function castObject(object: JsonObject, column: Column, found: Findings): string {
  let text = '';
  let taken: Set<string> | undefined;
  for (const key in object) {
    const slot = column.keys.get(key);
    let {name} = slot;
    if (slot.contested) {
      taken ??= namesBefore(object, column.keys, key);
      name = claimName(taken, name, key);
    } else {
      // The name counts as taken from here on: a later key of this object may be the first to contest it.
      taken?.add(name);
    }
    found.trail.push(name);
    text += (text === '' ? '{' : ',') + castMember(object[key], slot, name, found);
    found.trail.pop();
  }
  return text === '' ? '{}' : `${text}}`;
}

/** Under another name than that of its slot a value is not the column that the schema declares. */
function castMember(value: unknown, slot: Slot<Column>, name: string, found: Findings): string {
  if (name === slot.name) return slot.label + cast(value, slot.value, found);
  return labelOf(name) + cast(value, ANY, found);
}
