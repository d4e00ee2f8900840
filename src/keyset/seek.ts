import {formatInstant} from '../time';
import {BadResponseError, type Endpoint} from '../http/errors';
import type {FoundRecord, Page} from './page';

/** Records that have not been handed out before. */
export interface Batch<T> {
  readonly records: readonly FoundRecord<T>[];
  /** All of the span up to and with this instant has now been handed out: epoch ms; before the span's start if none has. */
  readonly doneTo: number;
}

/** What is being read, along one axis of time. It may be cut shorter while it is read. */
export interface Range {
  /** Everything before it has been read; `to + 1` when the span is done. */
  cursor: number;
  readonly to: number;
  /** Where questions end: `to`, or past it where a record is known to lie behind, so that a page which shows it proves the end. */
  readonly reach: number;
}

/** How records are found along one axis, `updatedAt` or (within one instant of it) `createdAt`. */
export interface SortKey<T> {
  readonly endpoint: Endpoint;
  /** @throws BadAnswerError when the record has no such instant */
  instantOf(record: FoundRecord<T>): number;
  /** The first page of what lies in `[from, to]` and nothing else, sorted ascending along the axis. */
  ask(from: number, to: number): Promise<Page<T>>;
  /** Whether a record of this instant was handed out already. */
  isKnown(record: FoundRecord<T>, cursor: number): boolean;
  /** Told of the records at the instant where the next question begins; `moved` when that instant is a new one. */
  remember(records: readonly FoundRecord<T>[], moved: boolean): void;
  /** Told of each page on the way, before the cursor moves, and up to where it was asked for. */
  onPage(page: Page<T>, reach: number): void;
  /** Reads one instant whole that seeking cannot get past, less what is known. */
  tie(instant: number): AsyncGenerator<readonly FoundRecord<T>[]>;
}

/**
 * Reads a span whole by seeking: always the first page of what lies from the last instant seen on, so that a record that is
 * updated meanwhile (and so leaves the span) cannot hide another.
 *
 * It is done when a page reaches past its end, comes back empty, or repeats only the last instant on a page that is not full.
 * A total or a missing `next` alone is never the reason.
 * @param given the first page, where there is one already
 * @throws BadAnswerError for a page out of order; OutOfReachError; what the axis throws
 */
export async function* seek<T>(axis: SortKey<T>, span: Range, given?: Page<T>): AsyncGenerator<Batch<T>> {
  for (let first = given; span.cursor <= span.to; first = undefined) {
    const {cursor, reach} = span;
    const page = first ?? (await ask(axis, cursor, reach));
    checkOrder(axis.endpoint, page.records, axis.instantOf);
    const fresh = once(page.records).filter(
      (record) => axis.instantOf(record) <= span.to && !axis.isKnown(record, cursor),
    );
    const lastRecord = page.records.at(-1);
    const last = lastRecord && axis.instantOf(lastRecord);
    if (last === undefined || last > span.to || (fresh.length === 0 && isEnd(page))) {
      span.cursor = span.to + 1;
      yield {records: fresh, doneTo: span.to};
      return;
    }
    axis.onPage(page, reach);
    span.cursor = last;
    axis.remember(
      page.records.filter((record) => axis.instantOf(record) === last),
      last > cursor,
    );
    yield {records: fresh, doneTo: last - 1};
    // A page of one instant only was cut there, or one more question shows that it was not.
    const [opening] = page.records;
    const isCut = page.full && hasMore(page) && opening && axis.instantOf(opening) === last;
    if (!isCut && (last > cursor || (fresh.length > 0 && !page.full))) continue;
    for await (const records of axis.tie(last)) yield {records, doneTo: last - 1};
    span.cursor = last + 1;
    yield {records: [], doneTo: last};
  }
}

/** An empty page is the end, so one that contradicts its own count is asked for once more. */
async function ask<T>(axis: SortKey<T>, from: number, to: number): Promise<Page<T>> {
  const page = await axis.ask(from, to);
  return page.records.length === 0 && hasMore(page) ? axis.ask(from, to) : page;
}

/** Nothing new came, and there is no reason to think that the page was cut. */
function isEnd(page: Page<unknown>): boolean {
  return page.provenLast || (!page.full && !hasMore(page));
}

function hasMore({total, records}: Page<unknown>): boolean {
  return total !== undefined && total.count > records.length;
}

/** Each record of a page only once, were it to come twice. */
function once<T>(records: readonly FoundRecord<T>[]): readonly FoundRecord<T>[] {
  const ids = new Set(records.map(({id}) => id));
  return ids.size === records.length ? records : records.filter(({id}) => ids.delete(id));
}

/** @throws BadAnswerError naming the first record of a page that comes after a later one */
export function checkOrder<T>(
  endpoint: Endpoint,
  records: readonly FoundRecord<T>[],
  instantOf: (record: FoundRecord<T>) => number,
): void {
  let previous = -Infinity;
  for (const record of records) {
    const instant = instantOf(record);
    if (instant < previous) {
      throw new BadResponseError(
        endpoint,
        `record ${record.id} of ${formatInstant(instant)} comes after one of ${formatInstant(previous)}: the page is not sorted`,
      );
    }
    previous = instant;
  }
}
