import type {StreamSchema} from './column';
import type {RecordChange} from '../airbyte/messages';
import {Findings} from './findings';
import {flatten, planRow} from './flatten';
import {checkResource} from './resource';
import {RecordWalk} from './walk/record';

export type {StreamSchema} from './column';
export {UNFIT} from './findings';
export {ADDITIONAL} from './flatten';
export {MalformedRecord} from './resource';

/** A resource as a row of its stream. */
export interface Shaped {
  /** The row as JSON text, on one line. */
  readonly json: string;
  /** Values that had to become null. */
  readonly changes: readonly RecordChange[];
  /** What has no column, by Kustomer's names. */
  readonly undeclared: readonly string[];
  /** Paths of values that the API key may not see. */
  readonly masked: readonly string[];
}

/** Makes a row of a resource. Throws {@link MalformedRecord} for what is none. */
export type Shape = (resource: unknown) => Shaped;

const NONE: readonly never[] = Object.freeze([]);

/**
 * Compiles, once per stream, how its resources become rows: flat (`flatten.ts`), keys in snake_case
 * (`snake-case.ts`), values cast to the schema (`cast.ts`), and all else in one more column (`findings.ts`).
 *
 * @param schema JSON Schema of the stream, as in resources/schemas
 * @returns a function that makes a row of a resource, `{id, type, attributes, relationships, links}`; the row is
 *   valid against the schema
 * @throws TypeError for a type that JSON Schema does not know
 */
export function compileShape(schema: StreamSchema): Shape {
  const plan = planRow(schema);
  return (resource) => {
    const found = new Findings();
    const json = flatten(checkResource(resource), plan, found);
    const {changes, undeclared, masked} = found;
    return {
      json,
      changes: changes.length === 0 ? NONE : changes,
      undeclared: undeclared.length === 0 ? NONE : undeclared,
      masked: masked.size === 0 ? NONE : [...masked],
    };
  };
}

/** Compiles the same for records that are not parsed: faster, and for usual ones only (`walk/record.ts`). Throws as {@link compileShape}. */
export function compileWalk(schema: StreamSchema): RecordWalk {
  return new RecordWalk(planRow(schema));
}
