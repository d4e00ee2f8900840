import {LongNumber, isObject, type JsonObject} from '../json';
import {cast} from './cast';
import {type Column, compileProperties, type StreamSchema} from './column';
import type {Findings} from './findings';
import {KeyMap, labelOf} from './key-map';
import type {CheckedResource} from './resource';
import {snakeCase} from './snake-case';

/** The column for all that no other column takes: the name that Airbyte's own file sources use. */
export const ADDITIONAL = '_ab_additional_properties';

/** A declared column of the row. */
export interface RowColumn {
  readonly name: string;
  readonly label: string;
  readonly column: Column;
  /** The number of the last row that it was written in. */
  row: number;
}

/** The columns that a relationship can have; undefined where the schema declares none. */
export interface RelationshipColumns {
  readonly data: RowColumn | undefined;
  /** Where `data` is taken. */
  readonly otherData: RowColumn | undefined;
  readonly id: RowColumn | undefined;
}

/** The columns of a stream by what leads to them. */
export interface RowPlan {
  /** Of the resource itself, by name. */
  readonly own: ReadonlyMap<string, {readonly column: RowColumn | undefined}>;
  readonly attributes: KeyMap<RowColumn | undefined>;
  readonly relationships: KeyMap<RelationshipColumns>;
  /** Rows made so far. */
  rows: number;
}

/** Columns of the resource itself, which no attribute may take. */
const OWN = new Set(['id', 'type', 'links']);

/**
 * Compiles how the rows of a stream come about.
 *
 * @param schema JSON Schema of the stream
 * @throws TypeError for a type that JSON Schema does not know
 */
export function planRow(schema: StreamSchema): RowPlan {
  const columns = new Map<string, RowColumn>();
  for (const [name, column] of compileProperties(schema)) {
    if (name !== ADDITIONAL) columns.set(name, {name, label: labelOf(name), column, row: 0});
  }
  const besidesOwn = (name: string): RowColumn | undefined => (OWN.has(name) ? undefined : columns.get(name));
  return {
    own: new Map([...OWN].map((name) => [name, {column: columns.get(name)}])),
    attributes: new KeyMap(attributeName, (name) => columns.get(name)),
    relationships: new KeyMap(snakeCase, (name) => ({
      data: name === 'sla' ? columns.get('sla_data') : besidesOwn(name),
      otherData: columns.get(`${name}_data`),
      id: columns.get(`${name}_id`),
    })),
    rows: 0,
  };
}

/**
 * Makes the flat row of a resource, cast to its columns. Nothing of it is left out: what no column takes is in
 * `_ab_additional_properties`, as it was sent, under Kustomer's own name.
 *
 * - The members of the record come in their order, but no relationship before an attribute.
 * - `id`, `type` and `links` of the resource itself have the columns of that name; an attribute of such a name is
 *   `<name>_attribute`.
 * - Each attribute has the column of its name in snake_case; of two that would have one, the first.
 * - Each relationship with `data` has the column of its name for that: `sla` always `sla_data`, another one
 *   `<name>_data` if its own is taken. The id of a relationship to one thing is in `<name>_id` too, if no attribute is.
 * - Any other member of the resource (`meta`) has a column as the data of a relationship has.
 * - A value that does not fit its column is null there (cast.ts), and kept under its path in the row.
 *
 * @param resource `{id, type, attributes, relationships, links}`
 * @param plan from {@link planRow}
 * @param found takes what had to be nulled and what is not declared
 * @returns the row as JSON text
 */
export function flatten(resource: CheckedResource, plan: RowPlan, found: Findings): string {
  plan.rows += 1;
  const row = new RowText(plan.rows, found);
  let isAttributesDue = true;
  for (const key in resource) {
    const own = plan.own.get(key);
    if (own) row.put(key, key === 'id' ? String(resource.id) : resource[key], own.column);
    else if (isAttributesDue) {
      isAttributesDue = false;
      for (const name in resource.attributes) {
        row.put(name, resource.attributes[name], plan.attributes.get(name).value);
      }
    }
    if (key === 'relationships') {
      for (const name in resource.relationships) {
        row.putRelationship(name, resource.relationships[name], plan.relationships.get(name).value);
      }
    } else if (!own && key !== 'attributes') {
      const {data, otherData} = plan.relationships.get(key).value;
      row.put(key, resource[key], data, otherData);
    }
  }
  return row.end();
}

/** A row on its way to JSON text. */
class RowText {
  private text = '';

  constructor(
    private readonly number: number,
    private readonly found: Findings,
  ) {}

  /** Writes a value to the first of its columns that is free; keeps it under `key` if none is. */
  put(key: string, value: unknown, column: RowColumn | undefined, otherColumn?: RowColumn): void {
    if (this.isFree(column)) this.write(column, value);
    else if (this.isFree(otherColumn)) this.write(otherColumn, value);
    else {
      this.found.undeclared.push(key);
      this.found.keep(key, value);
    }
  }

  putRelationship(key: string, value: unknown, {data, otherData, id}: RelationshipColumns): void {
    const target = isObject(value) ? value['data'] : value === null ? null : undefined;
    const column = this.isFree(data) ? data : otherData;
    if (target === undefined || !this.isFree(column)) {
      if (!isBare(value)) this.found.undeclared.push(key);
      this.found.keep(key, value);
    } else {
      this.write(column, target);
      if (isObject(value)) this.keepRest(key, value);
    }
    if (this.isFree(id)) this.putId(target, id);
  }

  end(): string {
    const {rest} = this.found;
    if (rest !== undefined) this.text += `${this.text === '' ? '{' : ','}"${ADDITIONAL}":${rest}`;
    return `${this.text}}`;
  }

  /** The id of one thing; null of nothing. Neither a list nor anything else has one. */
  private putId(target: unknown, column: RowColumn): void {
    if (target === null) this.write(column, null);
    else if (isObject(target) && isId(target['id'])) this.write(column, target['id']);
  }

  /** Keeps what a relationship has besides its data. */
  private keepRest(key: string, relationship: JsonObject): void {
    const members = Object.entries(relationship).filter(([name]) => name !== 'data');
    if (members.length > 0) this.found.keep(key, Object.fromEntries(members));
  }

  private isFree(column: RowColumn | undefined): column is RowColumn {
    return column !== undefined && column.row !== this.number;
  }

  private write(column: RowColumn, value: unknown): void {
    const {found} = this;
    column.row = this.number;
    found.trail.push(column.name);
    this.text += (this.text === '' ? '{' : ',') + column.label + cast(value, column.column, found);
    found.trail.pop();
  }
}

/** Whether a relationship is no more than an address, or null: nothing to name. */
function isBare(relationship: unknown): boolean {
  return relationship === null || (isObject(relationship) && (relationship['data'] ?? null) === null);
}

function isId(id: unknown): boolean {
  return typeof id === 'string' || typeof id === 'number' || id instanceof LongNumber;
}

function attributeName(key: string): string {
  const name = snakeCase(key);
  return OWN.has(name) ? `${name}_attribute` : name;
}
