import {boundsOf, type Range} from './bounds';
import {parseDate} from './dates';
import {badRequest} from './errors';
import {isObject, type JsonObject} from '../world/json';
import {objectOfContext, singular, type SearchedName, type WorkName} from '../world/objects';
import type {Row} from '../world/row';
import type {WorkRow} from '../world/work';
import type {Settings} from './settings';

/** The objects of a search, and what its attributes' names begin with. */
interface Context {
  object: SearchedName | WorkName;
  /** Of custom objects, where only those of one klass are asked for. */
  klass?: string;
}

type Field = 'updatedAt' | 'createdAt' | 'completedAt';
type Test = (row: Row) => boolean;

/** How a search is sorted: only the first key counts (docs/kustomer-api.md, Search). */
export interface Sort {
  field: Field;
  descending: boolean;
}

/** A search as understood: what `updatedAt` must lie between (epoch ms, both included), and all else as a test. */
export interface Query extends Context {
  from: number;
  to: number;
  test: Test | undefined;
  sort: Sort | undefined;
}

interface Condition extends Range {
  field: Field;
}

const KNOWN = ['and', 'or', 'not', 'sort', 'queryContext', 'includeDeleted', 'timeZone'];

/** The time of a row that a search may go by; NaN where it has none, which is before and after nothing. */
export function timeOf(row: Row, field: Field): number {
  return (row as Partial<WorkRow>)[field] ?? NaN;
}

/** The context that the body of a search asks for; `queryContext` may be left out for customers. */
export function contextOf(body: JsonObject): Context & {name: string} {
  const name = body['queryContext'] ?? 'customer';
  const context = typeof name === 'string' ? objectOfContext(name) : undefined;
  if (!context) throw badRequest('Invalid queryContext', '/queryContext');
  return {...context, name: String(name)};
}

/** Reads the body of a search as the settings have it understood; refuses what it does not know. */
export function parseQuery(body: JsonObject, settings: Settings): Query {
  const unknown = Object.keys(body).find((key) => !KNOWN.includes(key));
  if (unknown !== undefined) throw badRequest(`Unknown property ${unknown}`, `/${unknown}`);
  if (settings.rejectIncludeDeleted && body['includeDeleted'] !== undefined) {
    throw badRequest('includeDeleted is not allowed', '/includeDeleted');
  }
  if (!['GMT', 'UTC', undefined].includes(body['timeZone'] as string | undefined)) {
    throw badRequest('Unsupported timeZone', '/timeZone');
  }
  const {name, ...context} = contextOf(body);
  const fieldOf = (attribute: string): Field => fieldNamed(attribute, name, context, settings);
  const read = (key: string): Condition[] => conditions(body, key, fieldOf, settings);
  const and = read('and');
  const onUpdate = and.filter(({field}) => field === 'updatedAt');
  return {
    ...context,
    from: Math.max(-Infinity, ...onUpdate.map(({from}) => from)),
    to: Math.min(Infinity, ...onUpdate.map(({to}) => to)),
    test: testOf(and, read('or'), read('not'), body['includeDeleted'] === true),
    sort: sortOf(body, fieldOf),
  };
}

// `and`, `or`, `not` and `sort` may each be a list or one object.
function list(body: JsonObject, key: string): JsonObject[] {
  const value = body[key];
  const items = value === undefined ? [] : Array.isArray(value) ? value : [value];
  if (!items.every(isObject)) throw badRequest(`Invalid ${key}`, `/${key}`);
  return items;
}

function conditions(
  body: JsonObject,
  key: string,
  fieldOf: (attribute: string) => Field,
  settings: Settings,
): Condition[] {
  return list(body, key).flatMap((item) =>
    Object.entries(item).map(([attribute, operators]) => ({
      field: fieldOf(attribute),
      ...rangeOf(attribute, operators, settings),
    })),
  );
}

function rangeOf(attribute: string, operators: unknown, settings: Settings): Range {
  const merged: Range = {from: -Infinity, to: Infinity};
  if (!isObject(operators) || Object.keys(operators).length === 0) {
    throw badRequest(`Invalid condition on ${attribute}`, `/${attribute}`);
  }
  for (const [operator, value] of Object.entries(operators)) {
    const {from, to} = boundsOf(operator, parseDate(value, attribute), attribute, settings);
    merged.from = Math.max(merged.from, from);
    merged.to = Math.min(merged.to, to);
  }
  return merged;
}

// Sessions on conversations have no updatedAt; of one klass, both names of its times are taken unless the settings say otherwise.
function fieldNamed(attribute: string, name: string, {object, klass}: Context, settings: Settings): Field {
  const prefixes = klass === undefined ? [name] : [name, singular(object)];
  const fields = new Map<string, Field>();
  for (const prefix of prefixes) {
    if (object !== 'conversation_times') fields.set(`${prefix}_updated_at`, 'updatedAt');
    // A session on a conversation is recorded once: in its rows both times are one, and the index is by updatedAt.
    fields.set(`${prefix}_created_at`, object === 'conversation_times' ? 'updatedAt' : 'createdAt');
    if (object === 'work_items') fields.set(`${prefix}_handle_completed_at`, 'completedAt');
  }
  const field = settings.refusedAttributes.includes(attribute) ? undefined : fields.get(attribute);
  if (!field) throw badRequest(`Unknown attribute ${attribute}`, `/${attribute}`);
  return field;
}

function sortOf(body: JsonObject, fieldOf: (attribute: string) => Field): Sort | undefined {
  const keys = list(body, 'sort').flatMap((item) => Object.entries(item));
  const sorts = keys.map(([attribute, direction]) => {
    if (direction !== 'asc' && direction !== 'desc') {
      throw badRequest(`Invalid sort direction for ${attribute}`, `/sort/${attribute}`);
    }
    return {field: fieldOf(attribute), descending: direction === 'desc'};
  });
  return sorts[0];
}

// The updatedAt conditions under `and` are not in the test: the index answers them.
function testOf(
  and: Condition[],
  or: Condition[],
  not: Condition[],
  includeDeleted: boolean,
): Test | undefined {
  const all = and.filter(({field}) => field !== 'updatedAt');
  if (all.length + or.length + not.length === 0) {
    return includeDeleted ? undefined : (row) => row.deletedAt === null;
  }
  return (row) =>
    (includeDeleted || row.deletedAt === null) &&
    all.every((each) => holds(each, row)) &&
    (or.length === 0 || or.some((each) => holds(each, row))) &&
    !not.some((each) => holds(each, row));
}

function holds({field, from, to}: Condition, row: Row): boolean {
  const time = timeOf(row, field);
  return time >= from && time <= to;
}
