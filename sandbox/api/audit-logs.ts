import {expiryOf} from '../world/bodies/audit';
import {Maker} from '../world/bodies/maker';
import type {JsonObject} from '../world/json';
import type {Row} from '../world/row';
import {mustRead} from './access';
import type {Call} from './call';
import {parseDate} from './dates';
import {badRequest} from './errors';
import {whole} from './paging';
import {recordOf} from './records';
import {checkRefusals} from './refusals';

/**
 * Answers `GET /v1/audit-logs` (docs/kustomer-api.md, Audit logs): the newest first, `before` or `after` an entry. Entries that
 * have expired are gone.
 */
export function auditLogs(call: Call): JsonObject {
  const {world, settings, request, token, now} = call;
  mustRead(token, ['audit_logs'], settings);
  checkRefusals(settings.refusals, {of: 'lists', name: 'audit-logs'});
  const asked = whole(request, 'count', {least: 1, otherwise: 100});
  if (asked > settings.auditPage && settings.largerPages === 'refused') {
    throw badRequest('count is too large', '/count');
  }
  const count = Math.min(asked, settings.auditPage);
  const rows = world
    .table('audit_logs')
    .visible.filter((row) => isFound(call, row) && expiryOf(new Maker(world, 'audit_logs', row)) > now)
    .reverse();
  const [from, to] = partOf(call, rows, count);
  const data = rows.slice(from, to).map((row) => recordOf(call, 'audit_logs', row));
  const hasNext = to < rows.length && settings.listNext === 'sent';
  const nothing = settings.nextLinks === 'null' ? null : undefined;
  const links: JsonObject = {
    self: linkOf(call, count, {}),
    first: linkOf(call, count, {}),
    prev: from > 0 ? linkOf(call, count, {after: rows[from]?.id}) : null,
    next: hasNext ? linkOf(call, count, {before: rows[to - 1]?.id}) : nothing,
  };
  const meta = {count: data.length, total: rows.length, cursorCount: rows.length - from};
  return {
    ...(settings.listMeta && {meta}),
    ...(settings.listLinks && {links}),
    data,
  };
}

function isFound({request, settings}: Call, row: Row): boolean {
  const {auditFilters, auditBounds} = settings;
  const start = request.query['filter[start]'];
  const end = request.query['filter[end]'];
  const shift = auditBounds === 'included' ? 0 : 1;
  const from =
    start === undefined || auditFilters !== 'heeded' ? -Infinity : parseDate(start, 'start').from + shift;
  const to = end === undefined || auditFilters === 'ignored' ? Infinity : parseDate(end, 'end').from - shift;
  return row.createdAt >= from && row.createdAt <= to;
}

/** The part of the rows that is asked for. */
function partOf({request}: Call, rows: readonly Row[], count: number): [from: number, to: number] {
  const placeOf = (name: string): number | undefined => {
    const id = request.query[name];
    if (id === undefined) return undefined;
    const place = rows.findIndex((row) => row.id === id);
    if (place < 0) throw badRequest(`there is no entry ${id}`, `/${name}`);
    return place;
  };
  const before = placeOf('before');
  const after = placeOf('after');
  const from = before !== undefined ? before + 1 : after !== undefined ? Math.max(0, after - count) : 0;
  return [from, Math.min(rows.length, after ?? Infinity, from + count)];
}

function linkOf(
  {request}: Call,
  count: number,
  place: {before?: string | undefined; after?: string | undefined},
): string {
  const filters = Object.entries(request.query).filter(([name]) => name.startsWith('filter['));
  const query = new URLSearchParams([...filters, ['count', String(count)]]);
  for (const [name, id] of Object.entries(place)) if (id !== undefined) query.set(name, id);
  return `/v1/audit-logs?${query}`;
}
