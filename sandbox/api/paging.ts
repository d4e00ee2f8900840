import type {Json, JsonObject} from '../world/json';
import type {Call} from './call';
import type {PageKind} from './differences';
import {badRequest, Refusal} from './errors';
import type {Request} from './http';
import type {Settings} from './settings';

/** Which part of a result is asked for. */
export interface Paging {
  /** Counted from 1, however the server counts. */
  page: number;
  /** Records a page, as served: no more than the server's maximum. */
  size: number;
  kind: PageKind;
}

/** Reads `page` (or `cursor`) and `pageSize` (100 unless given); refuses what the server would. */
export function pagingOf({request, settings}: Call, kind: PageKind): Paging {
  const first = firstPage(kind, settings);
  const asked = whole(request, 'pageSize', {least: 1, otherwise: 100});
  const page = 1 - first + whole(request, 'page', {least: first, otherwise: first});
  const size = sizeOf(asked, kind, settings);
  if (kind === 'search') return {page, size, kind};
  if (settings.nextForm === 'cursor') return {page: pageOfCursor(request), size, kind};
  return {page: settings.listPages === 'ignored' ? 1 : page, size, kind};
}

function sizeOf(asked: number, kind: PageKind, settings: Settings): number {
  const {pageSizes, maxPageSize, refusePageSizeAbove, largerPages, largerPagesStatus} = settings;
  const most = Math.min(pageSizes[kind], maxPageSize);
  const refusedAbove = Math.min(refusePageSizeAbove ?? Infinity, largerPages === 'refused' ? most : Infinity);
  if (asked > refusedAbove) {
    const text =
      settings.largerPagesText === 'plain'
        ? 'Invalid pageSize'
        : `pageSize must not be greater than ${refusedAbove}`;
    throw new Refusal(largerPagesStatus, 'bad_request', text, '/pageSize');
  }
  return Math.min(asked, most);
}

function firstPage(kind: PageKind, settings: Settings): number {
  return kind === 'search' ? 1 : settings.listFirstPage;
}

/** A whole number out of the query. */
export function whole(
  request: Request,
  name: string,
  {least, otherwise}: {least: number; otherwise: number},
): number {
  const text = request.query[name];
  const value = text === undefined ? otherwise : Number(text);
  if (!Number.isSafeInteger(value) || value < least) {
    throw badRequest(`${name} must be an integer of at least ${least}`, `/${name}`);
  }
  return value;
}

// Cursors are opaque to clients: the page number in base64url.
function pageOfCursor(request: Request): number {
  const cursor = request.query['cursor'];
  return cursor === undefined ? 1 : Number(Buffer.from(cursor, 'base64url').toString()) || 1;
}

/**
 * `meta` and `links` of an answer (docs/kustomer-api.md, Envelope). `hasNext` says whether `links.next` leads on; `total`, if
 * given, brings `meta.total`, `meta.totalPages` and `links.last`.
 */
export function frame(
  {request, settings}: Call,
  {page, size, kind}: Paging,
  hasNext: boolean,
  total?: Json,
): {meta?: JsonObject; links?: JsonObject} {
  const shift = firstPage(kind, settings) - 1;
  const path = request.path.replace(/\/$/, '');
  const link = (to: number): string => {
    const query = new URLSearchParams({
      ...request.query,
      page: String(to + shift),
      pageSize: String(size),
    });
    return `${path}?${query}`;
  };
  const search = kind === 'search';
  const isLed = hasNext && (search || settings.listNext === 'sent');
  const nothing = settings.nextLinks === 'null' ? null : undefined;
  const links: JsonObject = {
    self: link(page),
    first: link(1),
    prev: page > 1 ? link(page - 1) : null,
    next: isLed ? nextLink(request, search ? 'relative' : settings.nextForm, link(page + 1)) : nothing,
  };
  const meta: JsonObject = {page: page + shift, pageSize: size};
  if (total !== undefined) {
    const totalPages = Math.ceil(Number(total) / size) || 0;
    Object.assign(meta, {total, totalPages});
    links['last'] = link(Math.max(1, totalPages));
  }
  return {
    meta: (search ? settings.searchMeta : settings.listMeta) ? meta : {},
    ...((search ? settings.searchLinks : settings.listLinks) ? {links} : {}),
  };
}

function nextLink(request: Request, form: Settings['nextForm'], link: string): string {
  switch (form) {
    case 'relative':
      return link;
    case 'absolute': {
      const host = request.headers['host'];
      return `${host === undefined ? 'https://api.kustomerapp.com' : `http://${host}`}${link}`;
    }
    case 'otherHost':
      return `https://elsewhere.example.com${link}`;
    case 'cursor':
      return link.replace(
        /\bpage=(\d+)/,
        (_, page: string) => `cursor=${Buffer.from(page).toString('base64url')}`,
      );
  }
}
