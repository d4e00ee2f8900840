import {mustRead} from './access';
import {bodyOf} from '../world/bodies/index';
import {klassNameOf} from '../world/bodies/kobject';
import {Maker} from '../world/bodies/maker';
import {slaVersions} from '../world/bodies/setup';
import {attachmentsOf, timesOf} from '../world/bodies/parts';
import {parseDate} from './dates';
import {badRequest, notFound} from './errors';
import type {Request} from './http';
import {isObject, type JsonObject} from '../world/json';
import {singular, type ObjectName} from '../world/objects';
import {frame, pagingOf} from './paging';
import type {Row} from '../world/row';
import type {Settings, Token} from './settings';
import type {World} from '../world/world';

/** What has a list at `GET /v1/<object>`. */
export const lists: readonly ObjectName[] = [
  'users',
  'teams',
  'tags',
  'shortcuts',
  'klasses',
  'companies',
  'customers',
  'brands',
  'slas',
  'schedules',
  'role_groups',
];

/** Deleted tags, teams and shortcuts stay in their lists, marked: nothing else would tell of them (assumed). */
const keepDeleted: readonly ObjectName[] = ['tags', 'teams', 'shortcuts'];

/** The settings of `GET /v1/users`, of which only one may be given. */
const userFilters = ['deleted', 'pending', 'userType', 'email'];

/**
 * Answers `GET /v1/<object>` (docs/kustomer-api.md, Lists), in the order of ids. Lists come from the database, not from the
 * search index: they do not lag (assumed).
 */
export function list(
  world: World,
  settings: Settings,
  request: Request,
  token: Token,
  object: ObjectName,
): JsonObject {
  // Role groups are there for any key (developer.kustomer.com, Get All Role Groups).
  if (object !== 'role_groups') {
    mustRead(token, singular(object));
  }
  const wanted = filterOf(request, object);
  const rows = world
    .table(object)
    .listed.filter((row) => wanted.row(row) && wanted.body(() => bodyOf(world, object, row)));
  const answer = pageOf(world, settings, request, object, rows);
  if (object === 'slas' && request.query['versions'] === 'all') {
    const included = answer.rows.flatMap((row) => slaVersions(new Maker(world, 'slas', row)));
    return {...answer.body, included};
  }
  return answer.body;
}

/** Answers `GET /v1/klasses/{name}`: the klass's objects, updated since `fromDate` if that is given. */
export function klassObjects(
  world: World,
  settings: Settings,
  request: Request,
  token: Token,
  name: string,
): JsonObject {
  mustRead(token, 'kobject');
  if (!world.model.klasses.some((klass) => klass.name === name)) {
    throw notFound();
  }
  const fromDate = request.query['fromDate'];
  const from = fromDate === undefined ? -Infinity : parseDate(fromDate, 'fromDate').from;
  const rows = world
    .table('kobjects')
    .listed.filter(
      (row) => row.deletedAt === null && row.updatedAt >= from && klassNameOf(world, row) === name,
    );
  return pageOf(world, settings, request, 'kobjects', rows).body;
}

/** What hangs on a conversation, by the end of its address. */
const conversationParts: Readonly<Record<string, (world: World, row: Row) => JsonObject[]>> = {
  attachments: attachmentsOf,
  times: timesOf,
};

/** Answers `GET /v1/conversations/{id}/attachments` and `…/times`. */
export function conversationPart(
  world: World,
  settings: Settings,
  request: Request,
  token: Token,
  id: string,
  part: string,
): JsonObject {
  const make = conversationParts[part];
  if (!make) {
    throw notFound();
  }
  mustRead(token, 'conversation');
  const row = world.table('conversations').find(id);
  if (!row) {
    throw notFound();
  }
  const all = make(world, row);
  const paging = pagingOf(request, settings);
  const start = (paging.page - 1) * paging.size;
  const hasNext = start + paging.size < all.length;
  return {...frame(request, paging, hasNext, settings), data: all.slice(start, start + paging.size)};
}

function filterOf(
  request: Request,
  object: ObjectName,
): {row(row: Row): boolean; body(make: () => JsonObject): boolean} {
  const {query} = request;
  const live = (row: Row): boolean => keepDeleted.includes(object) || row.deletedAt === null;
  const anyBody = (): boolean => true;
  const attribute = (name: string, value: unknown) => (make: () => JsonObject) => {
    const {attributes} = make();
    return isObject(attributes) && attributes[name] === value;
  };
  if (object === 'klasses') {
    return {row: live, body: attribute('status', query['status'] ?? 'enabled')};
  }
  if (object !== 'users') {
    return {row: live, body: anyBody};
  }
  const [filter, another] = userFilters.filter((name) => query[name] !== undefined);
  if (another !== undefined) {
    throw badRequest(`${filter} and ${another} cannot be combined`, `/${another}`);
  }
  switch (filter) {
    case 'deleted':
      return {row: (row) => (row.deletedAt !== null) === (query['deleted'] === 'true'), body: anyBody};
    case 'pending':
      return {
        row: live,
        body: (make) => attribute('emailVerifiedAt', undefined)(make) === (query['pending'] === 'true'),
      };
    case undefined:
      return {row: live, body: anyBody};
    default:
      return {row: live, body: attribute(filter, query[filter])};
  }
}

function pageOf(
  world: World,
  settings: Settings,
  request: Request,
  object: ObjectName,
  rows: Row[],
): {rows: Row[]; body: JsonObject} {
  const paging = pagingOf(request, settings);
  const start = (paging.page - 1) * paging.size;
  const served = rows.slice(start, start + paging.size);
  // Only the list of customers tells totals (docs/kustomer-api.md, Envelope).
  const total = object === 'customers' ? rows.length : undefined;
  const framed = frame(request, paging, start + paging.size < rows.length, settings, total);
  return {rows: served, body: {...framed, data: served.map((row) => bodyOf(world, object, row))}};
}
