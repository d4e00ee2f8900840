import {cast, isObject, type JsonObject} from './cast';
import {ANY, type Column, compileProperties, type StreamSchema} from './column';
import {freeName, KeyMap, setOwn} from './key-map';
import {snakeCase} from './snake-case';

/** One resource of Kustomer's JSON:API (kustomer-api.md, Envelope), as far as it has to be right. */
export interface Resource {
  readonly id: string | number;
  readonly type?: unknown;
  readonly attributes: Readonly<JsonObject>;
  readonly relationships?: Readonly<JsonObject> | null;
  readonly links?: unknown;
  readonly [member: string]: unknown;
}

/** Something in the place of a resource that no row can be made of. The message says what is wrong. */
export class MalformedRecord extends Error {
  override readonly name = 'MalformedRecord';
}

/** The columns of a stream by what leads to them. */
export interface RowPlan {
  readonly columns: ReadonlyMap<string, Column>;
  readonly attributes: KeyMap<Column>;
  readonly relationships: KeyMap<Column>;
}

/** What is found on the way. */
export interface Findings {
  /** Paths of values that became null. */
  readonly nulled: Set<string>;
  /** Columns of the row that the schema does not declare. */
  readonly undeclared: string[];
}

/** Columns of the resource itself, which no attribute may take. */
const OWN = new Set(['id', 'type', 'links']);
const MEMBERS = new Set([...OWN, 'attributes', 'relationships']);

/**
 * Compiles how the rows of a stream come about.
 *
 * @param schema JSON Schema of the stream
 * @throws TypeError for a type that JSON Schema does not know
 */
export function planRow(schema: StreamSchema): RowPlan {
  const columns = compileProperties(schema, '');
  const columnOf = (name: string): Column => columns.get(name) ?? ANY;
  return {
    columns,
    attributes: new KeyMap(attributeName, columnOf),
    relationships: new KeyMap(relationshipName, columnOf),
  };
}

/**
 * Makes the flat row of a resource, cast to its columns.
 *
 * - `id`, `type` and `links` of the resource itself come first; an attribute of such a name is `<name>_attribute`.
 * - Each attribute becomes a column in snake_case; the second of two that would become one keeps its original name.
 * - Each relationship with `data` becomes a column with that data: `sla` always `sla_data`, another one that clashes
 *   with a column `<name>_data`.
 * - Any other member of the resource (`meta`) becomes a column as a relationship does.
 * - Where those names are taken as well, `__2`, `__3`, … is added. No value overwrites another.
 *
 * @param resource `{id, type, attributes, relationships, links}`
 * @param plan from {@link planRow}
 * @param findings takes what had to be nulled and what is not declared
 */
export function flatten(resource: Resource, plan: RowPlan, findings: Findings): JsonObject {
  const row: JsonObject = {id: String(resource.id)};
  if (resource.type !== undefined) write(row, 'type', resource.type, plan, findings);
  if (resource.links !== undefined) write(row, 'links', resource.links, plan, findings);
  writeAttributes(row, resource.attributes, plan, findings);
  for (const key in resource.relationships) {
    const relationship = resource.relationships[key];
    if (isObject(relationship) && relationship['data'] !== undefined) {
      writeBeside(row, plan.relationships.get(key).name, relationship['data'], plan, findings);
    }
  }
  for (const key in resource) {
    if (!MEMBERS.has(key)) writeBeside(row, snakeCase(key), resource[key], plan, findings);
  }
  return row;
}

/**
 * Checks that a row can be made of a value.
 *
 * @throws MalformedRecord if it is not an object, has no id, no attributes, or relationships that are not an object
 */
export function checkResource(value: unknown): Resource {
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
  return value as unknown as Resource;
}

function writeAttributes(
  row: JsonObject,
  attributes: Readonly<JsonObject>,
  plan: RowPlan,
  findings: Findings,
): void {
  for (const key in attributes) {
    const slot = plan.attributes.get(key);
    if (!slot.contested && slot.value !== ANY) {
      row[slot.name] = cast(attributes[key], slot.value, findings.nulled);
    } else {
      write(row, freeName(row, slot.name, OWN.has(key) ? slot.name : key), attributes[key], plan, findings);
    }
  }
}

/** Writes what is not an attribute beside the attributes. */
function writeBeside(row: JsonObject, name: string, value: unknown, plan: RowPlan, findings: Findings): void {
  const isTaken = OWN.has(name) || Object.hasOwn(row, name);
  write(row, freeName(row, isTaken ? `${name}_data` : name), value, plan, findings);
}

function write(row: JsonObject, name: string, value: unknown, plan: RowPlan, findings: Findings): void {
  const column = plan.columns.get(name);
  if (column === undefined) findings.undeclared.push(name);
  setOwn(row, name, cast(value, column ?? ANY, findings.nulled));
}

function attributeName(key: string): string {
  const name = snakeCase(key);
  return OWN.has(name) ? `${name}_attribute` : name;
}

function relationshipName(key: string): string {
  const name = snakeCase(key);
  return name === 'sla' ? 'sla_data' : name;
}

function describe(value: unknown): string {
  if (value === undefined) return 'missing';
  if (value === null) return 'null';
  if (value === '') return 'empty';
  return Array.isArray(value) ? 'a list' : typeof value === 'object' ? 'an object' : `a ${typeof value}`;
}
