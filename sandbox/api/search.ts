import {mustSearch} from './access';
import {bodyOf} from '../world/bodies/index';
import {badRequest, notFound} from './errors';
import type {Request} from './http';
import {isObject, type JsonObject} from '../world/json';
import {singular} from '../world/objects';
import {cutOut, type Stretch} from '../world/order';
import {frame, pagingOf, type Paging} from './paging';
import {contextOf, parseQuery, type Query} from './query';
import {hash} from '../world/random';
import {lowerBound, type Row} from '../world/row';
import type {Settings, Token} from './settings';
import type {World} from '../world/world';

const day = 24 * 60 * 60_000;

/** No search goes further (docs/kustomer-api.md, Search). */
const maxPages = 100;

/** Answers `POST /v1/customers/search`, or its archive, as of `now` (epoch ms). */
export function search(
  world: World,
  settings: Settings,
  request: Request,
  token: Token,
  now: number,
  archive: boolean,
): JsonObject {
  if (archive && !settings.archive) {
    throw notFound();
  }
  const body = bodyOfSearch(request);
  mustSearch(token, singular(contextOf(body)));
  const query = parseQuery(body, settings.rejectIncludeDeleted);
  if (archive && query.object === 'notes') {
    throw badRequest('Notes cannot be searched in the archive', '/queryContext');
  }
  const paging = pagingOf(request, settings);
  if (paging.page > maxPages) {
    throw badRequest(`page must not be greater than ${maxPages}`, '/page');
  }
  const found = find(world, archive ? inArchive(query, settings, now) : inSearch(query, settings, now));
  const rows = pageOf(world, settings, query, found, paging);
  return envelope(
    request,
    settings,
    paging,
    found.to - found.from,
    rows.map((row) => bodyOf(world, query.object, row)),
  );
}

/** The JSON object of a search's body. */
export function bodyOfSearch(request: Request): JsonObject {
  try {
    const body: unknown = JSON.parse(request.body || '{}');
    if (isObject(body)) {
      return body;
    }
  } catch {
    // Falls through to the same refusal.
  }
  throw badRequest('Invalid JSON body');
}

function inSearch(query: Query, settings: Settings, now: number): Query {
  return {...query, from: Math.max(query.from, now - settings.searchDays * day)};
}

function inArchive(query: Query, settings: Settings, now: number): Query {
  return {...query, to: Math.min(query.to, now - settings.archiveDays * day)};
}

// By binary search on updatedAt; only the rows between are looked at for the rest.
function find(world: World, query: Query): Stretch {
  const rows = world.table(query.object).visible;
  const updatedAt = (row: Row): number => row.updatedAt;
  const createdAt = (row: Row): number => row.createdAt;
  const from = lowerBound(0, rows.length, (at) => (rows[at] as Row).updatedAt >= query.from);
  const to = lowerBound(from, rows.length, (at) => (rows[at] as Row).updatedAt > query.to);
  const byCreation = query.sort?.field === 'createdAt';
  const key = byCreation ? createdAt : query.sort ? updatedAt : () => 0;
  if (!query.test && !byCreation) {
    return {rows, from, to, key};
  }
  const {test = () => true} = query;
  const chosen: Row[] = [];
  for (let at = from; at < to; at++) {
    const row = rows[at] as Row;
    if (test(row)) {
      chosen.push(row);
    }
  }
  if (byCreation) {
    chosen.sort((left, right) => left.createdAt - right.createdAt);
  }
  return {rows: chosen, from: 0, to: chosen.length, key};
}

function pageOf(world: World, settings: Settings, query: Query, found: Stretch, {page, size}: Paging): Row[] {
  const generation = settings.tieOrder === 'shuffled' ? world.table(query.object).generation : 0;
  const salt = hash(world.seed, generation);
  return cutOut(found, query.sort?.descending ?? false, (page - 1) * size, size, salt);
}

function envelope(
  request: Request,
  settings: Settings,
  paging: Paging,
  count: number,
  data: JsonObject[],
): JsonObject {
  const totals = {
    capped: Math.min(count, settings.totalCap),
    exact: count,
    missing: undefined,
    wrong: hash(count, 5) % (2 * count + 3),
  };
  const total = totals[settings.totals];
  // `next` follows the total that is told, so that it can be null before the end (docs/kustomer-api.md, Search).
  const hasNext = paging.page < maxPages && paging.page * paging.size < (total ?? count);
  const {meta, links} = frame(request, paging, hasNext, settings, total);
  return {meta: {...meta, aggregations: {}, timed_out: false}, links, data};
}
