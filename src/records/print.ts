import {LongNumber, isObject, type JsonObject} from '../json';
import {claimName} from './key-map';
import {quote} from './quote';
import {longNumber} from './scalars';

/** A value as JSON text, as it was sent: no key and no value is changed, but that half surrogate pairs are U+FFFD (quote.ts). */
export function print(value: unknown): string {
  if (typeof value === 'string') return quote(value);
  if (Array.isArray(value)) return `[${value.map(print).join(',')}]`;
  if (value instanceof LongNumber) return longNumber(value);
  return isObject(value) ? printObject(value) : JSON.stringify(value);
}

function printObject(object: JsonObject): string {
  let text = '';
  let taken: Set<string> | undefined;
  for (const key in object) {
    let name = key;
    if (!key.isWellFormed()) {
      taken ??= new Set(Object.keys(object));
      name = claimName(taken, key.toWellFormed());
    }
    text += `${text === '' ? '{' : ','}${quote(name)}:${print(object[key])}`;
  }
  return text === '' ? '{}' : `${text}}`;
}
