import {badRequest} from './errors';
import type {Request} from './http';
import type {JsonObject} from '../world/json';
import type {Settings} from './settings';

/** Which part of a result is asked for. */
export interface Paging {
  page: number;
  /** Records a page, as served: no more than the server's maximum. */
  size: number;
}

/** Reads `page` and `pageSize` (100 unless given). */
export function pagingOf(request: Request, settings: Settings): Paging {
  const asked = positive(request, 'pageSize', 100);
  if (settings.refusePageSizeAbove !== null && asked > settings.refusePageSizeAbove) {
    throw badRequest(`pageSize must not be greater than ${settings.refusePageSizeAbove}`, '/pageSize');
  }
  return {page: positive(request, 'page', 1), size: Math.min(asked, settings.maxPageSize)};
}

function positive(request: Request, name: string, otherwise: number): number {
  const text = request.query[name];
  const value = text === undefined ? otherwise : Number(text);
  if (!Number.isSafeInteger(value) || value < 1) {
    throw badRequest(`${name} must be a positive integer`, `/${name}`);
  }
  return value;
}

/**
 * `meta` and `links` of an answer (docs/kustomer-api.md, Envelope). `hasNext` says whether `links.next` leads on; `total`, if
 * given, brings `meta.total`, `meta.totalPages` and `links.last`.
 */
export function frame(
  request: Request,
  {page, size}: Paging,
  hasNext: boolean,
  settings: Settings,
  total?: number,
): {meta: JsonObject; links: JsonObject} {
  const link = (to: number): string => {
    const query = new URLSearchParams({...request.query, page: String(to), pageSize: String(size)});
    return `${request.path.replace(/\/$/, '')}?${query}`;
  };
  const nothing = settings.nextLinks === 'null' ? null : undefined;
  const meta: JsonObject = {page, pageSize: size};
  const links: JsonObject = {
    self: link(page),
    first: link(1),
    prev: page > 1 ? link(page - 1) : null,
    next: hasNext ? link(page + 1) : nothing,
  };
  if (total !== undefined) {
    const totalPages = Math.ceil(total / size);
    Object.assign(meta, {total, totalPages});
    links['last'] = link(Math.max(1, totalPages));
  }
  return {meta, links};
}
