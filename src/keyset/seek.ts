import {BadResponseError, type Endpoint, OutOfReachError} from '../http/errors';
import type {Interval} from '../time';
import {formatInstant} from '../time';
import {type Believed, type Expectation, askUntilBelieved, doubtOf} from './doubts';
import {type FoundRecord, type Page, hasMore, isFull, once} from './page';
import {type Placed, type Placement, placeRecords, toSecond} from './places';
import type {Quirks} from './quirks';
import type {Seen} from './seen';

/** Records that have not been handed out before. */
export interface Batch<T> {
  readonly records: readonly FoundRecord<T>[];
  /** All of the range up to and with this instant has now been handed out: epoch ms; before the range's start if none has. */
  readonly doneTo: number;
}

/** What is being read, along one sort key. It may be cut shorter while it is read. */
export interface Range {
  /** Its first instant: epoch ms. */
  readonly from: number;
  /** Everything before it has been read; past `to` when the range is done. */
  cursor: number;
  readonly to: number;
  /** Where questions end: past `to`, so that a page which shows what lies behind it proves the end. */
  readonly reach: number;
}

/** What a page shows of its range. */
export interface PageView {
  /** Where its first and last record stand: epoch ms. */
  readonly first: number;
  readonly last: number;
  readonly records: number;
  readonly total: Page<unknown>['total'];
}

/** How records are found along one sort key, `updatedAt` or (within one instant of it) `createdAt`. */
export interface SortKey<T> {
  readonly endpoint: Endpoint;
  readonly quirks: Quirks;
  /** What was handed out of late. */
  readonly seen: Seen;
  /** Epoch ms; undefined where the record has none that can be used. */
  instantOf(record: FoundRecord<T>): number | undefined;
  /** The first page of what lies in `[from, to]` and nothing else, sorted ascending. @param attempt how often it was asked before */
  ask(from: number, to: number, attempt: number): Promise<Page<T>>;
  /** Called with each page on the way, before the cursor moves, and up to where it was asked for. */
  onPage(view: PageView, reach: number): void;
  /**
   * Reads one instant whole that seeking cannot get past, less what was handed out.
   * @param shown ids of records that stand at the instant
   * @returns the last instant that is read whole now
   */
  tie(instant: number, shown: ReadonlySet<string>): AsyncGenerator<readonly FoundRecord<T>[], number>;
}

/** What remains of the range by the count of the last answer, where that answer was about the same range. */
interface Remaining {
  readonly records: number;
  readonly reach: number;
}

interface Answer<T> extends Placement<T> {
  readonly page: Page<T>;
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
    const fresh = once(placed.map(({record}) => record)).filter((record) => !key.seen.has(record));
    const wanted = new Set(
      placed
        .filter(({record, place, isInPlace}) => {
          const isBefore = isInPlace && (key.instantOf(record) ?? place) < range.from;
          return !isBefore && place <= range.to;
        })
        .map(({record}) => record),
    );
    const batch = fresh.filter((record) => wanted.has(record));
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
    remaining = undefined;
    yield {records: [], doneTo: Math.min(readTo, range.to)};
  }
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

/** Asks for what lies from the cursor on, until the answer can be believed. */
async function question<T>(
  key: SortKey<T>,
  range: Range,
  remaining: Remaining | undefined,
  given: Page<T> | undefined,
): Promise<Answer<T>> {
  const {cursor, reach} = range;
  if (given) return answer(key, {page: given, unsettled: undefined}, [cursor, reach]);
  const known = key.seen.at(cursor);
  const expected: Expectation = {
    records: remaining?.reach === reach ? remaining.records : undefined,
    startsAtKnown: known.size > 0,
  };
  const ask = (from: number): Promise<Believed<T>> =>
    askUntilBelieved({
      ask: (attempt) => key.ask(from, reach, attempt),
      doubt: (page) => {
        if (placeRecords(page, key.instantOf, [from, reach]).isBroken) return {kind: 'unsorted', records: 1};
        return doubtOf(page, expected, key.quirks);
      },
      quirks: key.quirks,
      instantOf: key.instantOf,
    });
  // The first question begins 1 ms early, which costs nothing: a server that leaves out the bound is met too.
  const isFirst = cursor === range.from && !key.quirks.knowsBounds;
  const from = isFirst || key.quirks.exclusive ? cursor - 1 : cursor;
  const believed = await ask(from);
  const first = answer(key, believed, [from, reach]);
  if (known.size === 0 || key.quirks.knowsBounds) return first;
  if (first.page.records.some(({id}) => known.has(id))) {
    key.quirks.inclusive = true;
    return first;
  }
  // What stood at the lower bound is not there: it has moved on, or the bound is not part of what the filter gives.
  const wider = answer(key, await ask(cursor - 1), [cursor - 1, reach]);
  if (!wider.page.records.some(({id}) => known.has(id))) return first;
  key.quirks.foundExclusive();
  return wider;
}

/** @throws BadResponseError for an answer that cannot be used to go on, however often it is asked for */
function answer<T>(key: SortKey<T>, {page, unsettled}: Believed<T>, asked: Interval): Answer<T> {
  const placement = placeRecords(page, key.instantOf, asked);
  if (placement.isBroken) throw new BadResponseError(key.endpoint, disorder(key, page, asked));
  if (unsettled && unsettled.kind !== 'shrunk') {
    throw new BadResponseError(
      key.endpoint,
      `each answer to the same question shows other records; at least ${unsettled.records} are missing after all tries`,
    );
  }
  const [from] = asked;
  const below = placement.placed.filter(({place}) => place < from).length;
  if (below > 0 || placement.isCoarse) key.quirks.foundCoarse();
  return {...placement, page};
}

/** Says what is wrong with a page that cannot be called sorted: by ids, positions and times, never by values. */
function disorder<T>(key: SortKey<T>, {records}: Page<T>, [from, to]: Interval): string {
  let before: number | undefined;
  for (const [at, record] of records.entries()) {
    const instant = key.instantOf(record);
    if (instant === undefined) continue;
    const where = `record ${record.id} of ${formatInstant(instant)} (number ${at + 1} of ${records.length} on its page)`;
    if (instant > to || instant < from - 1000) return `the page lies outside of what was asked for: ${where}`;
    if (before !== undefined && instant < before) {
      return `${where} comes after one of ${formatInstant(before)}, and it is not the only one: the page is not sorted`;
    }
    before = instant;
  }
  return 'its records have no usable time to be sorted by';
}

/** Nothing new came, and there is no reason to think that the page was cut. */
function isEnd(page: Page<unknown>): boolean {
  return page.provenLast || (!isFull(page) && !hasMore(page));
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

/** Records that come and go while they are asked for are asked for again this often. */
const MAX_ROUNDS = 3;

/**
 * Reads one instant by ever wider questions, until the reading shows what led to it: a server may leave out the bounds of a
 * filter, or cut them to the second.
 * @param ranges what to ask for, the narrowest first
 * @param read one reading; calls `met` with each id that it shows, also of records handed out before
 * @param isStillThere asked at the end, when no reading showed any of them: whether they stand where they stood
 * @returns the last instant that is read whole now
 * @throws OutOfReachError
 */
export async function* readWidening<T>({
  endpoint,
  what,
  ranges,
  shown,
  read,
  isStillThere,
}: {
  readonly endpoint: Endpoint;
  readonly what: string;
  readonly ranges: readonly Interval[];
  readonly shown: ReadonlySet<string>;
  readonly read: (range: Interval, met: (id: string) => void) => AsyncGenerator<readonly FoundRecord<T>[]>;
  readonly isStillThere: () => Promise<boolean>;
}): AsyncGenerator<readonly FoundRecord<T>[], Interval> {
  for (let round = 1; round <= MAX_ROUNDS; round++) {
    for (const range of ranges) {
      let isMet = shown.size === 0;
      yield* read(range, (id) => (isMet ||= shown.has(id)));
      if (isMet) return range;
    }
    if (!(await isStillThere())) return ranges[0] as Interval;
  }
  throw new OutOfReachError(
    endpoint,
    `${what} are shown, but a question for that time alone does not give them`,
  );
}
