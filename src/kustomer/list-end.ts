import type {Envelope} from './envelope';

/** Where a reading of a list stands after a page that links to no next one. */
export interface ListEnd {
  /** Records that were asked for. */
  readonly asked: number;
  /** Different records so far, those of the page included. */
  readonly seen: number;
  /** The most records that any page of such lists had. */
  readonly largest: number;
}

/** No server is expected to cut pages shorter than this: records. */
const SMALLEST_CUT = 10;
/** What servers cut pages to: a page of another length that is told to be the last one is. */
const COMMON_CUTS = new Set([10, 20, 25, 30, 50, 100, 200, 250, 500]);
/** The page size of a server that takes no notice of the one it is asked for (docs/kustomer-api.md, Lists). */
const DEFAULT_SIZE = 100;

/** Records that the whole list has, where `meta.total` says so. */
export function countedIn({meta}: Pick<Envelope<unknown>, 'meta'>): number | undefined {
  const total = meta['total'];
  return typeof total === 'number' && Number.isInteger(total) && total >= 0 ? total : undefined;
}

/**
 * Whether a page that has no `links.next` may have been cut all the same, so that the page behind it is worth a request. Not
 * for the documented answer to a list of one page: shorter than its own `meta.pageSize`, and `links.next` null.
 */
export function isCut(response: Envelope<unknown>, {asked, seen, largest}: ListEnd): boolean {
  const {length} = response.data;
  if (length === 0) return false;
  if (length >= sizeOf(response, asked)) return true;
  const counted = countedIn(response);
  if (counted !== undefined && counted >= seen) return counted > seen;
  if (length < SMALLEST_CUT || length < largest) return false;
  const isToldEnd = response.links['next'] === null || response.meta['pageSize'] !== undefined;
  return !isToldEnd || COMMON_CUTS.has(length);
}

/**
 * Whether a second page that only repeats the first may hide records: a server that takes no notice of page numbers gives the
 * same full page for each.
 */
export function isUnpaged(response: Envelope<unknown>, {asked, seen}: ListEnd): boolean {
  const {length} = response.data;
  if (response.next !== undefined || length === 0 || countedIn(response) === seen) return false;
  return length === sizeOf(response, asked) || (length > asked && length % DEFAULT_SIZE === 0);
}

/** Records in a full page: as asked, or fewer where the response says so. */
function sizeOf({meta}: Envelope<unknown>, asked: number): number {
  const told = meta['pageSize'];
  return typeof told === 'number' && told > 0 ? Math.min(asked, told) : asked;
}
