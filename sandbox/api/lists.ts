import {mustRead} from './access';
import {bodyOf} from '../world/bodies/index';
import {klassNameOf} from '../world/bodies/kobject';
import {Maker} from '../world/bodies/maker';
import {slaVersions} from '../world/bodies/setup';
import {changeList} from '../world/changes';
import type {Call} from './call';
import {parseDate} from './dates';
import {badRequest, notFound} from './errors';
import type {Request} from './http';
import {isObject, type JsonObject} from '../world/json';
import {LISTED, pathOf, rolesOf, type ObjectName} from '../world/objects';
import {frame, pagingOf} from './paging';
import type {Row} from '../world/row';
import {recordOf} from './records';
import {checkRefusals} from './refusals';
import type {Settings} from './settings';

/** What has a list at `GET /v1/<object>`. */
export const LISTS: readonly ObjectName[] = [
  ...LISTED,
  ...(['companies', 'customers', 'conversations', 'messages', 'notes'] as const),
];

/** Lists that take `sort=asc|desc`, by id. */
const SORTED: readonly ObjectName[] = ['conversations', 'messages', 'notes'];

/** Deleted teams and shortcuts stay in their lists, marked: nothing else would tell of them (assumed). */
const KEEP_DELETED: readonly ObjectName[] = ['teams', 'shortcuts'];

/** The settings of `GET /v1/users`, of which only one may be given. */
const USER_FILTERS = ['deleted', 'pending', 'userType', 'email'];

/**
 * Answers `GET /v1/<object>` (docs/kustomer-api.md, Lists), in the order of ids. Lists come from the database, not from the
 * search index: they do not lag (assumed).
 */
export function list(call: Call, object: ObjectName): JsonObject | undefined {
  const {world, settings, request, token, now, random} = call;
  // Role groups are there for any key (developer.kustomer.com, Get All Role Groups).
  if (object !== 'role_groups') mustRead(token, rolesOf(object), settings);
  const wanted = filterOf(request, object, settings);
  const rows = world
    .table(object)
    .listed.filter((row) => wanted.row(row) && wanted.body(() => bodyOf(world, object, row)));
  if (SORTED.includes(object) && request.query['sort'] === 'desc') rows.reverse();
  const answer = pageOf(call, {object, name: pathOf(object)}, rows);
  if (settings.busyLists > 0) changeList(world, object, {count: settings.busyLists, now, random});
  if (object === 'slas' && request.query['versions'] === 'all') {
    const included = answer.rows.flatMap((row) => slaVersions(new Maker(world, 'slas', row)));
    return {...answer.body, included};
  }
  return answer.body;
}

/** Answers `GET /v1/klasses/{name}`: the klass's objects, updated since `fromDate` if that is given. */
export function klassObjects(call: Call, name: string): JsonObject | undefined {
  const {world, settings, request, token} = call;
  mustRead(token, ['kobject'], settings);
  if (!world.model.klasses.some((klass) => klass.name === name)) throw notFound();
  const fromDate = request.query['fromDate'];
  const from = fromDate === undefined ? -Infinity : parseDate(fromDate, 'fromDate').from;
  const rows = world
    .table('kobjects')
    .listed.filter(
      (row) => row.deletedAt === null && row.updatedAt >= from && klassNameOf(world, row) === name,
    );
  return pageOf(call, {object: 'kobjects', name: `klasses/${name}`}, rows).body;
}

function filterOf(
  request: Request,
  object: ObjectName,
  settings: Settings,
): {row(row: Row): boolean; body(make: () => JsonObject): boolean} {
  const {query} = request;
  const live = (row: Row): boolean => KEEP_DELETED.includes(object) || row.deletedAt === null;
  const anyBody = (): boolean => true;
  const attribute = (name: string, value: unknown) => (make: () => JsonObject) => {
    const {attributes} = make();
    return isObject(attributes) && attributes[name] === value;
  };
  if (object === 'tags') return {row: tagFilter(request, settings.deletedTags), body: anyBody};
  if (object === 'klasses') return {row: live, body: attribute('status', query['status'] ?? 'enabled')};
  if (object !== 'users') return {row: live, body: anyBody};
  const [filter, another] = USER_FILTERS.filter((name) => query[name] !== undefined);
  if (another !== undefined) throw badRequest(`${filter} and ${another} cannot be combined`, `/${another}`);
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

/** Which tags there are, by `deleted` (docs/kustomer-api.md, Lists). */
function tagFilter({query}: Request, deletedTags: Settings['deletedTags']): (row: Row) => boolean {
  const asked = query['deleted'];
  if (deletedTags === 'refused' && asked !== undefined) {
    throw badRequest('deleted is not allowed', '/deleted');
  }
  if (deletedTags === 'listed' && asked === undefined) return () => true;
  const isAsked = asked === 'true' && ['asked', 'listed'].includes(deletedTags);
  return (row) => (row.deletedAt !== null) === isAsked;
}

function pageOf(
  call: Call,
  {object, name}: {object: ObjectName; name: string},
  rows: Row[],
): {rows: Row[]; body: JsonObject | undefined} {
  const {settings} = call;
  const paging = pagingOf(call, object === 'users' || object === 'teams' ? object : 'lists');
  checkRefusals(settings.refusals, {of: 'lists', name, page: paging.page});
  const start = (paging.page - 1) * paging.size;
  const served = rows.slice(start, start + paging.size);
  // Only the list of customers is known to tell totals (docs/kustomer-api.md, Envelope).
  const counts =
    settings.listTotals === 'all' || (settings.listTotals === 'customers' && object === 'customers');
  const whole = frame(call, paging, start + paging.size < rows.length, counts ? rows.length : undefined);
  const framed = framedAs(object, whole);
  const data = served.map((row) => recordOf(call, object, row));
  return {rows: served, body: data.length > 0 ? {...framed, data} : emptyBody(framed, settings)};
}

/** What lists leave out of the frame that others have (docs/kustomer-api.md, Envelope). */
function framedAs(object: ObjectName, {meta = {}, links}: ReturnType<typeof frame>): JsonObject {
  if (object === 'satisfaction_surveys') return {meta};
  if (object === 'outbound_accounts') return {meta: {}, links: {self: links?.['self'] ?? null}};
  return {meta, ...(links && {links})};
}

// Undefined where nothing is sent, with a 204.
function emptyBody(framed: JsonObject, {emptyLists}: Settings): JsonObject | undefined {
  const bodies = {
    array: {...framed, data: []},
    null: {...framed, data: null},
    object: {},
    noContent: undefined,
  };
  return bodies[emptyLists];
}
