import type {StreamSchema} from './column';
import type {RecordChange} from '../airbyte/messages';
import {flatten, planRow} from './flatten';
import {checkResource} from './resource';

export type {StreamSchema} from './column';
export {MalformedRecord} from './resource';

/** A resource as a row of its stream. */
export interface Shaped {
  /** The row as JSON text, on one line. */
  readonly json: string;
  /** Values that had to become null. */
  readonly changes: readonly RecordChange[];
  /** Columns of the row that the schema does not declare. */
  readonly undeclared: readonly string[];
}

/** Makes a row of a resource. Throws {@link MalformedRecord} for what is none. */
export type Shape = (resource: unknown) => Shaped;

const NONE: readonly never[] = Object.freeze([]);

/**
 * Compiles, once per stream, how its resources become rows: flat (`flatten.ts`), keys in snake_case
 * (`snake-case.ts`), values cast to the schema (`cast.ts`).
 *
 * @param schema JSON Schema of the stream, as in resources/schemas
 * @returns a function that makes a row of a resource, `{id, type, attributes, relationships, links}`; the row is
 *   valid against the schema
 * @throws TypeError for a type that JSON Schema does not know
 */
export function compileShape(schema: StreamSchema): Shape {
  const plan = planRow(schema);
  return (resource) => {
    const findings = {nulled: new Set<string>(), undeclared: []};
    const json = flatten(checkResource(resource), plan, findings);
    return {
      json,
      changes: findings.nulled.size === 0 ? NONE : Array.from(findings.nulled, toChange),
      undeclared: findings.undeclared.length === 0 ? NONE : findings.undeclared,
    };
  };
}

function toChange(field: string): RecordChange {
  return {field, change: 'NULLED', reason: 'SOURCE_SERIALIZATION_ERROR'};
}
