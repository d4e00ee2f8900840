import {BadResponseError, StoppedError} from '../http/errors';
import {type Interval, formatInstant} from '../time';
import {type Believed, type Expectation, askUntilBelieved, doubtOf} from './doubts';
import {type Page, hasMore} from './page';
import {COARSE_MS, type Placed, type Placement, placeRecords, toSecond} from './places';
import type {Range, SortKey} from './sort-key';

/** What remains of the range by the count of the last answer, where that answer was about the same range. */
export interface Remaining {
  readonly records: number;
  /** Or more. */
  readonly atLeast: boolean;
  readonly reach: number;
}

/** A page that can be used to go on, and where its records stand. */
export interface Answer<T> extends Placement<T> {
  readonly page: Page<T>;
  /** Where the question began that it is the first page of: epoch ms; undefined for a page that was there already. */
  readonly from: number | undefined;
}

/** Asks for what lies from the cursor on, until the answer can be believed. */
export async function question<T>(
  key: SortKey<T>,
  {cursor, reach, isRepeated}: Pick<Range, 'cursor' | 'reach' | 'isRepeated'>,
  remaining: Remaining | undefined,
  given: Page<T> | undefined,
): Promise<Answer<T>> {
  if (given) {
    return {...answer(key, {page: given, unsettled: undefined}, [cursor, reach]), from: undefined};
  }
  const known = key.seen.at(cursor);
  const expected: Expectation = {
    records: remaining?.reach === reach ? remaining.records : undefined,
    coversKnown: key.seen.at(cursor, Infinity).size > 0,
    isRepeated,
    isKnown: (record) => key.seen.has(record),
  };
  const ask = async (start: number): Promise<Believed<T>> => {
    const believed = await askUntilBelieved({
      ask: (attempt) => key.ask(start, reach, attempt),
      doubt: (page) => {
        if (placeRecords(page, key.instantOf, [start, reach]).isBroken) return {kind: 'unsorted', records: 1};
        return doubtOf(page, expected, key.quirks);
      },
      quirks: key.quirks,
      instantOf: key.instantOf,
    });
    if (await isFollowed(key, believed.page, [start, reach])) {
      throw new BadResponseError(
        key.endpoint,
        'the first page of an answer is empty, however often it is asked for, and the second is not: what the first should show cannot be read',
      );
    }
    return believed;
  };
  // Where nothing is known to stand, a question begins 1 ms early, which costs nothing: a server that leaves out the bound is met too.
  const isBlind = known.size === 0 && !key.quirks.knowsBounds;
  const start = isBlind || key.quirks.exclusive ? cursor - 1 : cursor;
  const believed = await ask(start);
  const first = answer(key, believed, [start, reach]);
  if (known.size === 0 || key.quirks.knowsBounds) return first;
  const showsKnown = ({placed}: Answer<T>): boolean =>
    placed.some(({record, isInPlace}) => isInPlace && known.has(record.id));
  if (showsKnown(first)) {
    key.quirks.inclusive = true;
    return first;
  }
  // What stood at the lower bound is not there: it has moved on, or the bound is not part of what the filter gives.
  const wider = answer(key, await ask(cursor - 1), [cursor - 1, reach]);
  if (!showsKnown(wider)) return first;
  key.quirks.foundExclusive();
  return wider;
}

/** Whether records follow a page that shows none of those that it counts. @throws StoppedError */
async function isFollowed<T>(key: SortKey<T>, page: Page<T>, [from, to]: Interval): Promise<boolean> {
  if (page.records.length > 0 || !hasMore(page)) return false;
  try {
    return (await key.askPage(from, to, 2, page.asked)).records.length > 0;
  } catch (error) {
    if (error instanceof StoppedError) throw error;
    return false;
  }
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
  else key.quirks.sawSorted(crowdedSeconds(placement.placed));
  return {...placement, page, from};
}

/** The seconds of which it shows three records or more at different instants. */
function crowdedSeconds(placed: readonly Placed<unknown>[]): number[] {
  const instants = [...new Set(placed.map(({place}) => place))];
  return instants
    .filter((instant, at) => toSecond(instants[at - 2] ?? -Infinity) === toSecond(instant))
    .map(toSecond);
}

/** Says what is wrong with a page that cannot be called sorted: by ids, positions and times, never by values. */
function disorder<T>(key: SortKey<T>, {records}: Page<T>, [from, to]: Interval): string {
  let before: number | undefined;
  for (const [at, record] of records.entries()) {
    const instant = key.instantOf(record);
    if (instant === undefined) continue;
    const where = `record ${record.id} of ${formatInstant(instant)} (number ${at + 1} of ${records.length} on its page)`;
    if (instant > to || instant < from - COARSE_MS) {
      return `the page lies outside of what was asked for: ${where}`;
    }
    if (before !== undefined && instant < before) {
      return `${where} comes after one of ${formatInstant(before)}, and it is not the only one: the page is not sorted`;
    }
    before = instant;
  }
  return 'its records have no usable time to be sorted by';
}
