import {isObject, type JsonObject} from './json';
import {objectOfType} from './objects';
import type {NewRow} from './world';

/** Reads JSON Lines of JSON:API resources, as Kustomer sends them, into rows that keep their body whole. */
export function rowsOfLines(text: string): NewRow[] {
  return text
    .split('\n')
    .flatMap((line, at) => (line.trim() === '' ? [] : [rowOf(JSON.parse(line), at + 1)]));
}

function rowOf(resource: unknown, line: number): NewRow {
  if (!isObject(resource) || typeof resource['type'] !== 'string' || typeof resource['id'] !== 'string') {
    throw new Error(`line ${line} is not a resource: it needs type and id`);
  }
  const object = objectOfType(resource['type']);
  if (!object) throw new Error(`line ${line} has the unknown type ${resource['type']}`);
  const attributes = isObject(resource['attributes']) ? resource['attributes'] : {};
  const updatedAt = time(attributes, 'updatedAt', line);
  const createdAt = attributes['createdAt'] === undefined ? updatedAt : time(attributes, 'createdAt', line);
  return {
    object,
    id: resource['id'],
    createdAt,
    updatedAt,
    deleted: attributes['deleted'] === true,
    body: resource,
  };
}

function time(attributes: JsonObject, name: string, line: number): number {
  const ms = Date.parse(String(attributes[name]));
  if (Number.isNaN(ms)) throw new Error(`line ${line} has no usable ${name}`);
  return ms;
}
