import {isObject, type JsonObject} from '../json';
import {cast} from './cast';
import {ANY, type Column, compileProperties, type StreamSchema} from './column';
import {claimName, KeyMap, labelOf, namesBefore} from './key-map';
import type {CheckedResource} from './resource';
import {snakeCase} from './snake-case';

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
 * - Where those names are taken as well, `__2`, `__3`, … is added. No value takes the place of another.
 *
 * @param resource `{id, type, attributes, relationships, links}`
 * @param plan from {@link planRow}
 * @param findings takes what had to be nulled and what is not declared
 * @returns the row as JSON text
 */
export function flatten(resource: CheckedResource, plan: RowPlan, findings: Findings): string {
  const row = new RowText(resource.attributes, plan, findings);
  row.own('id', String(resource.id));
  if (resource.type !== undefined) row.own('type', resource.type);
  if (resource.links !== undefined) row.own('links', resource.links);
  for (const key in resource.attributes) row.attribute(key, resource.attributes[key]);
  for (const key in resource.relationships) {
    const relationship = resource.relationships[key];
    if (isObject(relationship) && relationship['data'] !== undefined) {
      row.relationship(key, relationship['data']);
    }
  }
  for (const key in resource) if (!MEMBERS.has(key)) row.relationship(key, resource[key]);
  return row.end();
}

/** A row on its way to JSON text. */
class RowText {
  private text = '';
  /** The columns that do not come from attributes. */
  private readonly besides: string[] = [];
  private taken: Set<string> | undefined;

  constructor(
    private readonly attributes: JsonObject,
    private readonly plan: RowPlan,
    private readonly findings: Findings,
  ) {}

  own(name: string, value: unknown): void {
    this.write(name, labelOf(name), this.plan.columns.get(name), value);
  }

  attribute(key: string, value: unknown): void {
    const {name, label, value: column, contested} = this.plan.attributes.get(key);
    if (contested) this.writeUnder(claimName(this.names(key), name, key), value);
    else this.write(name, label, column, value);
  }

  /** Also of any other member of the resource that stands beside the attributes. */
  relationship(key: string, value: unknown): void {
    const {name, label, value: column, contested} = this.plan.relationships.get(key);
    if (contested || this.taken !== undefined || OWN.has(name) || this.plan.attributes.mayHave(name)) {
      const taken = this.names();
      const free = claimName(taken, taken.has(name) ? `${name}_data` : name);
      this.besides.push(free);
      this.writeUnder(free, value);
    } else {
      this.besides.push(name);
      this.write(name, label, column, value);
    }
  }

  end(): string {
    return `${this.text}}`;
  }

  /** The names that are in use: of the resource, of the attributes before `until`, and of what is beside them. */
  private names(until?: string): Set<string> {
    this.taken ??= new Set(OWN);
    for (const name of namesBefore(this.attributes, this.plan.attributes, until)) this.taken.add(name);
    for (const name of this.besides) this.taken.add(name);
    return this.taken;
  }

  private writeUnder(name: string, value: unknown): void {
    this.write(name, labelOf(name), this.plan.columns.get(name), value);
  }

  private write(name: string, label: string, column: Column | undefined, value: unknown): void {
    if (column === undefined || column === ANY) this.findings.undeclared.push(name);
    this.text += (this.text === '' ? '{' : ',') + label + cast(value, column ?? ANY, this.findings.nulled);
  }
}

function attributeName(key: string): string {
  const name = snakeCase(key);
  return OWN.has(name) ? `${name}_attribute` : name;
}

function relationshipName(key: string): string {
  const name = snakeCase(key);
  return name === 'sla' ? 'sla_data' : name;
}
