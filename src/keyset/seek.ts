import {type FoundRecord, type Page, hasMore, isFull, once} from './page';
import {type Placed, toSecond} from './places';
import {type Remaining, question} from './question';
import type {Range, SortKey} from './sort-key';

/** Records that have not been handed out before. */
export interface Batch<T> {
  readonly records: readonly FoundRecord<T>[];
  /** All of the range up to and with this instant has now been handed out: epoch ms; before the range's start if none has. */
  readonly doneTo: number;
}

/**
 * Reads a range whole by seeking: always the first page of what lies from the last instant seen on, so that a record that is
 * updated meanwhile (and so leaves the range) cannot hide another.
 *
 * It is done when a page reaches past its end, comes back empty, or repeats only the last instant on a page that is not full.
 * A total or a missing `next` alone is never the reason, and an answer that contradicts what is known is asked for again.
 * @param given the first page, where there is one already
 * @throws BadResponseError for pages that are not sorted; OutOfReachError; what the source throws
 */
export async function* seek<T>(key: SortKey<T>, range: Range, given?: Page<T>): AsyncGenerator<Batch<T>> {
  let remaining: Remaining | undefined;
  for (let first = given; range.cursor <= range.to; first = undefined) {
    const {cursor, reach} = range;
    const {page, placed, isCoarse} = await question(key, range, remaining, first);
    const batch = newIn(placed, key, range);
    const last = placed.at(-1)?.place;
    if (last === undefined || last > range.to || (batch.length === 0 && isEnd(page))) {
      range.cursor = range.to + 1;
      yield {records: batch, doneTo: range.to};
      return;
    }
    key.onPage(
      {first: placed[0]?.place ?? last, last, records: page.records.length, total: page.total},
      reach,
    );
    const next = Math.max(cursor, last);
    range.cursor = next;
    key.seen.add(placed.filter(({place}) => place >= (isCoarse ? toSecond(next) : next)));
    key.seen.forgetBefore(key.quirks.coarse ? toSecond(next) : next);
    remaining = remainingAfter(page, placed, next, reach);
    yield {records: batch, doneTo: next - 1};
    // A page of one instant only was cut there, or one more question shows that it was not.
    const isCut = isFull(page) && hasMore(page) && placed[0]?.place === last;
    if (!isCut && (next > cursor || (batch.length > 0 && !isFull(page)))) continue;
    const readTo = yield* readTie(key, next);
    range.cursor = readTo + 1;
    // What an earlier answer counted behind the tie is still due: an empty answer would end the range in silence.
    remaining = remaining && less(remaining, key.seen.at(next).size);
    yield {records: [], doneTo: Math.min(readTo, range.to)};
  }
}

/** What was not handed out before and stands in the range. What is known to stand before it belongs to its neighbour. */
function newIn<T>(
  placed: readonly Placed<T>[],
  key: SortKey<T>,
  {from, to}: Range,
): readonly FoundRecord<T>[] {
  const own = placed.filter(({record, place, isInPlace}) => {
    const isBefore = isInPlace && (key.instantOf(record) ?? place) < from;
    return !isBefore && place <= to && !key.seen.has(record);
  });
  return once(own.map(({record}) => record));
}

async function* readTie<T>(key: SortKey<T>, instant: number): AsyncGenerator<Batch<T>, number> {
  const reading = key.tie(instant, key.seen.at(instant));
  for (;;) {
    const {done, value} = await reading.next();
    if (done) return value;
    key.seen.add(value.map((record) => ({record, place: instant, isInPlace: true})));
    yield {records: value, doneTo: instant - 1};
  }
}

/** Nothing new came, and there is no reason to think that the page was cut. */
function isEnd(page: Page<unknown>): boolean {
  return page.provenLast || (!isFull(page) && !hasMore(page));
}

function less({records, reach}: Remaining, passed: number): Remaining {
  return {records: Math.max(0, records - passed), reach};
}

/** What an answer counted, less what lies before the next question. */
function remainingAfter(
  {total}: Page<unknown>,
  placed: readonly Placed<unknown>[],
  next: number,
  reach: number,
): Remaining | undefined {
  if (!total) return undefined;
  const passed = placed.filter(({place}) => place < next).length;
  return {records: Math.max(0, total.count - passed), reach};
}
