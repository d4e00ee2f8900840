import {Course, stepAfter} from './course';
import {lengthened} from './crowd';
import {type FoundRecord, type Page, hasMore, isCut, isFull, once} from './page';
import {type Placed, lastOfSecond, toSecond} from './places';
import {type Answer, question} from './question';
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
  const course = new Course(range, key.quirks);
  for (let first = given; range.cursor <= range.to; first = undefined) {
    const {leg} = course;
    const found = await question(key, leg, course.remaining, first);
    const isProved = course.isProved(found, leg);
    if (course.turns(found, leg)) continue;
    const answer = course.mayLengthen ? yield* readCrowd(key, range, leg, found) : found;
    const isLengthened = answer !== found;
    const {page, placed} = answer;
    // The range may have been cut meanwhile.
    const to = Math.min(range.to, leg.limit);
    const last = placed.at(-1)?.place;
    const batch = once(placed.filter((one) => isWanted(key, range.from, to, one)).map(({record}) => record));
    const step = stepAfter(placed, leg.cursor, key.quirks.fine);
    const shown = isCut(page) ? step.sure : last;
    // A page that is full may have been cut, whatever it counts, unless it leads past the end.
    const isWhole = isProved && once(page.records).length === page.total?.count;
    const isAll = isWhole && (!isFull(page) || (last ?? 0) > to);
    const isOver = isAll || page.provenLast || (batch.length === 0 && isEnd(page, placed));
    // What was lengthened is only proved by the next count.
    const reached = isLengthened && !isOver ? Math.min(shown ?? to, to) : shown;
    if (last === undefined || reached === undefined || reached > to || isOver) {
      course.finish(to);
      yield {records: batch, doneTo: to};
      if (to >= range.to) return;
      continue;
    }
    if (!isLengthened) tell(key, found, page, leg.reach);
    const sure = Math.max(leg.cursor, reached);
    const alone = isLengthened ? stepAfter(found.placed, leg.cursor, key.quirks.fine).sure : undefined;
    const proved = course.goOn(answer, {...step, sure, alone}, leg);
    // What the next question may give again, were it asked from where this one began, and widened by 1 ms.
    const kept = Math.min(leg.cursor, key.quirks.fine ? sure : toSecond(sure)) - 1;
    key.seen.add(placed.filter(({place}) => place >= kept && place <= to));
    key.seen.forgetBefore(kept);
    yield {records: batch, doneTo: proved - 1};
    // A page of one instant only was cut there, or one more question shows that it was not.
    const isOneInstant = isFull(page) && hasMore(page) && placed[0]?.place === last;
    if (!isOneInstant && (sure > leg.cursor || (batch.length > 0 && !isFull(page)))) continue;
    const {readTo, records} = yield* readTie(key, sure);
    course.passTie(readTo, records);
    yield {records: [], doneTo: Math.min(readTo, range.to)};
  }
}

/** Hands out a page that was cut inside a crowd, and those that follow it in the same answer. @returns all of them as one */
async function* readCrowd<T>(
  key: SortKey<T>,
  range: Range,
  {reach, limit}: {readonly reach: number; readonly limit: number},
  found: Answer<T>,
): AsyncGenerator<Batch<T>, Answer<T>> {
  let last = found;
  for await (const {added, answer} of lengthened(key, found, reach)) {
    if (last === found) tell(key, found, found.page, reach);
    tell(key, answer, added, reach);
    const to = Math.min(range.to, limit);
    const records = once(
      answer.placed.filter((one) => isWanted(key, range.from, to, one)).map(({record}) => record),
    );
    key.seen.add(answer.placed.filter(({place}) => place <= to));
    yield {records, doneTo: range.cursor - 1};
    last = answer;
  }
  return last;
}

/** Tells what a page shows, the last one of an answer. */
function tell<T>(key: SortKey<T>, {placed}: Answer<T>, {records, total}: Page<T>, reach: number): void {
  const before = placed.length - records.length;
  const [first, last] = [placed[before], placed.at(-1)];
  if (!first || !last) return;
  const left = total && {...total, count: total.count - before};
  key.onPage({first: first.place, last: last.place, records: records.length, total: left}, reach);
}

/** It belongs to the range, and was not handed out. */
function isWanted<T>(
  {seen, instantOf}: SortKey<T>,
  from: number,
  to: number,
  {record, place, isInPlace}: Placed<T>,
): boolean {
  const isBefore = isInPlace && (instantOf(record) ?? place) < from;
  return !isBefore && place <= to && !seen.has(record);
}

/** @returns the last instant that is read whole now, and how many records stand there */
async function* readTie<T>(
  key: SortKey<T>,
  instant: number,
): AsyncGenerator<Batch<T>, {readTo: number; records: number}> {
  const shown = key.seen.at(instant, key.quirks.fine ? instant : lastOfSecond(instant));
  const reading = key.tie(instant, shown);
  for (let records = shown.size; ;) {
    const {done, value} = await reading.next();
    if (done) return {readTo: value, records};
    // A question that was widened shows what lies behind the instant as well.
    const placeOf = (record: FoundRecord<T>): number => Math.max(instant, key.instantOf(record) ?? instant);
    key.seen.add(value.map((record) => ({record, place: placeOf(record), isInPlace: true})));
    records += value.length;
    yield {records: value, doneTo: instant - 1};
  }
}

/**
 * Nothing new came, and there is no reason to think that the page was cut. Where no record has a usable place, there is nothing
 * to go on from: then the page is the end if it shows all that it counts.
 */
function isEnd(page: Page<unknown>, placed: readonly Placed<unknown>[]): boolean {
  const isLost = placed.every(({isInPlace}) => !isInPlace);
  return (!isFull(page) || (isLost && page.total !== undefined)) && !hasMore(page);
}
