import {isObject, type JsonObject} from '../json';

/** One resource of Kustomer's JSON:API (docs/kustomer-api.md, Envelope), as far as it has to be right. */
export interface CheckedResource {
  readonly id: string | number;
  readonly type?: unknown;
  readonly attributes: JsonObject;
  readonly relationships?: JsonObject | null;
  readonly links?: unknown;
  readonly [member: string]: unknown;
}

/** Something in the place of a resource that no row can be made of. The message says what is wrong. */
export class MalformedRecord extends Error {
  override readonly name = 'MalformedRecord';
}

/**
 * Checks that a row can be made of a value.
 *
 * @throws MalformedRecord if it is not an object, has no id, no attributes, or relationships that are not an object
 */
export function checkResource(value: unknown): CheckedResource {
  if (!isObject(value)) throw new MalformedRecord(`a record should be an object, not ${describe(value)}`);
  const {id, attributes, relationships} = value;
  if ((typeof id !== 'string' && typeof id !== 'number') || id === '') {
    throw new MalformedRecord(`the id of a record should be text, not ${describe(id)}`);
  }
  if (!isObject(attributes)) {
    throw new MalformedRecord(
      `the attributes of record ${id} should be an object, not ${describe(attributes)}`,
    );
  }
  if (relationships !== undefined && relationships !== null && !isObject(relationships)) {
    throw new MalformedRecord(
      `the relationships of record ${id} should be an object, not ${describe(relationships)}`,
    );
  }
  return value as unknown as CheckedResource;
}

function describe(value: unknown): string {
  if (value === undefined) return 'missing';
  if (value === null) return 'null';
  if (value === '') return 'empty';
  return Array.isArray(value) ? 'a list' : typeof value === 'object' ? 'an object' : `a ${typeof value}`;
}
