import {boundsOf, type Range} from './bounds';
import {parseDate} from './dates';
import {badRequest} from './errors';
import {isObject, type JsonObject} from '../world/json';
import {objectOfContext, singular, type SearchedName} from '../world/objects';
import type {Row} from '../world/row';
import type {Settings} from './settings';

type Field = 'updatedAt' | 'createdAt';
type Test = (row: Row) => boolean;

/** How a search is sorted: only the first key counts (docs/kustomer-api.md, Search). */
export interface Sort {
  field: Field;
  descending: boolean;
}

/** A search as understood: what `updatedAt` must lie between (epoch ms, both included), and all else as a test. */
export interface Query {
  object: SearchedName;
  from: number;
  to: number;
  test: Test | undefined;
  sort: Sort | undefined;
}

interface Condition extends Range {
  field: Field;
}

const KNOWN = ['and', 'or', 'not', 'sort', 'queryContext', 'includeDeleted', 'timeZone'];

/** The object that the body of a search asks for; `queryContext` may be left out for customers. */
export function contextOf(body: JsonObject): SearchedName {
  const context = body['queryContext'] ?? 'customer';
  const object = typeof context === 'string' ? objectOfContext(context) : undefined;
  if (!object) throw badRequest('Invalid queryContext', '/queryContext');
  return object;
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
  const object = contextOf(body);
  const read = (key: string): Condition[] => conditions(body, key, object, settings);
  const and = read('and');
  const onUpdate = and.filter(({field}) => field === 'updatedAt');
  return {
    object,
    from: Math.max(-Infinity, ...onUpdate.map(({from}) => from)),
    to: Math.min(Infinity, ...onUpdate.map(({to}) => to)),
    test: testOf(and, read('or'), read('not'), body['includeDeleted'] === true),
    sort: sortOf(body, object),
  };
}

// `and`, `or`, `not` and `sort` may each be a list or one object.
function list(body: JsonObject, key: string): JsonObject[] {
  const value = body[key];
  const items = value === undefined ? [] : Array.isArray(value) ? value : [value];
  if (!items.every(isObject)) throw badRequest(`Invalid ${key}`, `/${key}`);
  return items;
}

function conditions(body: JsonObject, key: string, object: SearchedName, settings: Settings): Condition[] {
  return list(body, key).flatMap((item) =>
    Object.entries(item).map(([attribute, operators]) => ({
      field: fieldOf(attribute, object),
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

function fieldOf(attribute: string, object: SearchedName): Field {
  const context = singular(object);
  if (attribute === `${context}_updated_at`) return 'updatedAt';
  if (attribute === `${context}_created_at`) return 'createdAt';
  throw badRequest(`Unknown attribute ${attribute}`, `/${attribute}`);
}

function sortOf(body: JsonObject, object: SearchedName): Sort | undefined {
  const keys = list(body, 'sort').flatMap((item) => Object.entries(item));
  const sorts = keys.map(([attribute, direction]) => {
    if (direction !== 'asc' && direction !== 'desc') {
      throw badRequest(`Invalid sort direction for ${attribute}`, `/sort/${attribute}`);
    }
    return {field: fieldOf(attribute, object), descending: direction === 'desc'};
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
  return row[field] >= from && row[field] <= to;
}
