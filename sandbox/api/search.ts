import {mustSearch} from './access';
import {bodyOf} from '../world/bodies/index';
import {klassNameOf} from '../world/bodies/kobject';
import type {Call} from './call';
import {badRequest, notFound, Refusal} from './errors';
import {withHoles} from './holes';
import type {Request} from './http';
import {isObject, type JsonObject} from '../world/json';
import {isWork} from '../world/objects';
import {cutOut, REVERSED, shuffled, type Arrangement, type Stretch} from '../world/order';
import {frame, pagingOf, type Paging} from './paging';
import {contextOf, parseQuery, timeOf, type Query} from './query';
import {hash} from '../world/random';
import {dressed, skewed} from './records';
import {checkRefusals} from './refusals';
import {lowerBound, type Row} from '../world/row';
import type {Settings} from './settings';
import type {Table} from '../world/table';
import {totalOf} from './totals';
import type {WorkRow} from '../world/work';
import type {World} from '../world/world';

const DAY = 24 * 60 * 60_000;

/** No search goes further (docs/kustomer-api.md, Search). */
const MAX_PAGES = 100;

/** Answers `POST /v1/customers/search`, or its archive. */
export function search(call: Call, archive: boolean): JsonObject {
  const {settings, request, token, now} = call;
  if (archive && !settings.archive) throw notFound();
  const body = bodyOfSearch(request);
  const {name: context} = contextOf(body);
  mustSearch(token, context, settings);
  const paging = pagingOf(call, 'search');
  checkRefusals(settings.refusals, {
    of: archive ? 'archive' : 'search',
    name: context,
    includeDeleted: body['includeDeleted'] !== undefined,
    page: paging.page,
  });
  const query = parseQuery(body, settings);
  if (archive && (query.object === 'notes' || isWork(query.object))) {
    throw badRequest(`${context} cannot be searched in the archive`, '/queryContext');
  }
  if (paging.page > MAX_PAGES) throw badRequest(`page must not be greater than ${MAX_PAGES}`, '/page');
  const found = find(call, archive ? inArchive(query, settings, now) : inSearch(query, settings, now));
  return envelope(call, paging, found.to - found.from, query, pageOf(call, query, found, paging));
}

/** The JSON object of a search's body. */
export function bodyOfSearch(request: Request): JsonObject {
  try {
    const body: unknown = JSON.parse(request.body || '{}');
    if (isObject(body)) return body;
  } catch {
    // Falls through to the same refusal.
  }
  throw badRequest('Invalid JSON body');
}

function inSearch(query: Query, settings: Settings, now: number): Query {
  return {...query, from: Math.max(query.from, now - settings.searchDays * DAY)};
}

function inArchive(query: Query, settings: Settings, now: number): Query {
  return {...query, to: Math.min(query.to, now - settings.archiveDays * DAY)};
}

// By binary search on updatedAt; only the rows between are looked at for the rest.
function find({world, work, settings}: Call, query: Query): Stretch {
  const {object, klass} = query;
  const rows = isWork(object) ? work.visible(object) : world.table(object).visible;
  const from = lowerBound(0, rows.length, (at) => (rows[at] as Row).updatedAt >= query.from);
  const to = lowerBound(from, rows.length, (at) => (rows[at] as Row).updatedAt > query.to);
  const field = settings.sortBy === 'nothing' ? undefined : query.sort?.field;
  const unit = settings.sortBy === 'second' ? 1000 : 1;
  const key = field ? (row: Row) => Math.floor(timeOf(row, field) / unit) : () => 0;
  const isSorted = field === undefined || field === 'updatedAt';
  if (!query.test && isSorted && klass === undefined) return {rows, from, to, key};
  const {test = () => true} = query;
  const chosen: Row[] = [];
  for (let at = from; at < to; at++) {
    const row = rows[at] as Row;
    if (test(row) && (klass === undefined || klassNameOf(world, row) === klass)) chosen.push(row);
  }
  if (!isSorted) chosen.sort((left, right) => timeOf(left, field) - timeOf(right, field));
  return {rows: chosen, from: 0, to: chosen.length, key};
}

function pageOf(call: Call, query: Query, found: Stretch, {page, size}: Paging): Row[] {
  const {deepPages, deepFromPage, deepFromRecord} = call.settings;
  let offset = (page - 1) * size;
  if (page >= (deepFromPage ?? Infinity) || offset + 1 >= (deepFromRecord ?? Infinity)) {
    switch (deepPages) {
      case 'refused':
        throw badRequest('Result window is too large', '/page');
      case 'failed':
        throw new Refusal(500, 'internal_error', 'Internal server error');
      case 'empty':
        return [];
      case 'first':
        offset = 0;
    }
  }
  const descending = query.sort?.descending ?? false;
  return cutOut(found, {descending, offset, size, arrange: arrangement(call, query)});
}

function arrangement({world, settings, random}: Call, query: Query): Arrangement {
  switch (settings.tieOrder) {
    case 'stable':
      return shuffled(hash(world.seed));
    case 'shuffled':
      return shuffled(hash(world.seed, generationOf(world, query)));
    case 'random':
      return shuffled(random.int(0, 0x7fffffff));
    case 'descending':
      return REVERSED;
  }
}

function generationOf(world: World, {object}: Query): number {
  return world.table(isWork(object) ? 'conversations' : object).generation;
}

function envelope(call: Call, paging: Paging, count: number, query: Query, hits: Row[]): JsonObject {
  const {settings} = call;
  const {rows, timedOut} = withHoles(hits, settings, call.random);
  const before = (paging.page - 1) * paging.size;
  const isCutShort = settings.holesTold && rows.length < hits.length;
  const total = isCutShort ? before + rows.length : totalOf(count, paging, settings);
  // `next` follows the total that is told, so that it can be null before the end (docs/kustomer-api.md, Search).
  const told = typeof total === 'number' ? total : count;
  const hasNext = paging.page < MAX_PAGES && before + paging.size < told;
  const {meta, ...rest} = frame(call, paging, hasNext, total);
  const more = settings.searchMeta ? {aggregations: {}, timed_out: timedOut} : {};
  return {meta: {...meta, ...more}, ...rest, data: rows.map((row) => hitOf(call, query, row))};
}

// A row of the index as the answer shows it.
function hitOf({world, settings}: Call, {object}: Query, row: Row): JsonObject {
  if (isWork(object)) {
    return dressed(skewed((row as WorkRow).make(), row, settings), row, settings);
  }
  const shown = copyOf(world.table(object), row, settings);
  return dressed(skewed(bodyOf(world, object, shown), shown, settings), shown, settings);
}

function copyOf(table: Table, row: Row, {bodyFrom}: Settings): Row {
  switch (bodyFrom) {
    case 'index':
      return row;
    case 'store':
      return table.at(row.slot) ?? row;
    case 'before': {
      const before = table.before(row.slot);
      return before && before.version < row.version ? before : row;
    }
  }
}
