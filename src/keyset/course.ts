import {endBehind, nearerEnd} from './crowd';
import {hasMore} from './page';
import {COARSE_MS, type Placed, toSecond} from './places';
import type {Answer, Remaining} from './question';
import type {Quirks} from './quirks';
import type {Range} from './sort-key';

/** Where a question begins and ends, and what part of the range its answer can finish: epoch ms. */
export interface Leg {
  readonly cursor: number;
  readonly reach: number;
  /** The answer says nothing of what lies behind it. */
  readonly limit: number;
  readonly isRepeated: boolean;
}

/** Where the cursor may stand once a page has been read: epoch ms. */
export interface Step {
  /** What the page shows by itself: all before it is read. */
  readonly sure: number;
  /** What it shows if its last record stands where it says; the next count proves it. */
  readonly bold: number;
  /** What its first page shows by itself, where it was lengthened by others: the next count proves those. */
  readonly alone?: number | undefined;
}

/** With fewer records before an end that is near, it moves on. */
const LEAST_AHEAD = 1_500;

/** A range is asked for again from further back this often at most, where nothing came and something was counted. */
const MAX_RETURNS = 3;

/** From where to where a range is asked for, answer by answer. It moves the range's cursor. */
export class Course {
  /** What the last answer counts from the cursor on. */
  remaining: Remaining | undefined;
  /** Questions end here for now, and go on behind it later. */
  private limit = Infinity;
  /** The cursor is ahead of what is proved: of this instant. */
  private proved: number | undefined;
  /** What the last count was to prove, it did not. */
  private isDoubted = false;
  /** Up to here, no answer is lengthened: epoch ms. */
  private doubtedTo = -Infinity;
  /** Where the question before this one began, if its answer counted more than it showed: epoch ms. */
  private before: number | undefined;
  private returns = 0;

  constructor(
    private readonly range: Range,
    private readonly quirks: Quirks,
  ) {}

  get leg(): Leg {
    const {cursor, reach, isRepeated} = this.range;
    if (cursor > this.limit) this.limit = Infinity;
    const {limit, proved, remaining} = this;
    // What is to be proved by a count ends where that count did.
    const counted = proved === undefined ? undefined : remaining?.reach;
    return {cursor, limit, isRepeated, reach: counted ?? Math.min(reach, limit + COARSE_MS)};
  }

  /** Whether an answer may be lengthened: not where it was not proved the last time. */
  get mayLengthen(): boolean {
    return this.range.cursor > this.doubtedTo;
  }

  /** Whether an answer counts what the one before it promised, so that what stands before the cursor was left out by neither. */
  isProved(found: Answer<unknown>, leg: Leg): boolean {
    return this.isComparable(found, leg) && found.page.total?.count === this.remaining?.records;
  }

  /** Both say how many records there are up to the same end. */
  private isComparable({page: {total}}: Answer<unknown>, {reach}: Leg): boolean {
    const {remaining} = this;
    return total?.atLeast === false && remaining?.atLeast === false && remaining.reach === reach;
  }

  /** Whether the answer to a leg is only good for asking otherwise: from further back, or not as far. */
  turns(found: Answer<unknown>, leg: Leg): boolean {
    const isBold = this.proved !== undefined;
    this.isDoubted = isBold && !this.isProved(found, leg);
    if (this.isComparable(found, leg)) this.quirks.counted(this.isProved(found, leg));
    if (this.proved !== undefined && this.isDoubted) {
      this.range.cursor = this.doubtedTo = this.proved;
      this.remaining = this.proved = undefined;
      return true;
    }
    this.proved = undefined;
    // Nothing follows, though more was counted: records told a time that is later than their place, and led past the rest.
    const isMissed = found.page.records.length === 0 && this.returns < MAX_RETURNS;
    if (this.before !== undefined && isMissed) {
      this.returns += 1;
      this.range.cursor = this.before;
      this.remaining = this.before = undefined;
      return true;
    }
    const nearer = nearerEnd(found, {...leg, settledTo: this.range.settledTo}, this.quirks);
    if (nearer >= this.limit) return false;
    this.limit = nearer;
    return true;
  }

  /** Called when the answer to a leg has been taken up to its limit, or the range's end. */
  finish(to: number): void {
    this.range.cursor = to + 1;
    this.remaining = this.before = undefined;
  }

  /** Called when an answer has been taken, and more follows. @returns before which instant all is read: epoch ms */
  goOn(answer: Answer<unknown>, {sure, bold, alone}: Step, {cursor, reach, limit}: Leg): number {
    const {settledTo, to} = this.range;
    const isNear = limit < settledTo;
    if (isNear && alone === undefined) this.limit = this.nearEnd(answer, limit);
    const isSettled = reach <= settledTo + COARSE_MS;
    const isProvable = isSettled && this.limit === limit && !this.isDoubted && this.quirks.countsAgree;
    const isWithin = sure > cursor && bold > sure && bold <= Math.min(to, limit);
    const isBold = isProvable && isWithin && isCounted(answer);
    this.proved = alone === undefined ? (isBold ? sure : undefined) : Math.max(cursor, alone);
    this.before = hasMore(answer.page) ? cursor : undefined;
    this.range.cursor = isBold ? bold : sure;
    this.remaining = remainingAfter(answer, this.range.cursor, reach);
    return this.proved ?? sure;
  }

  /** An end that is near for a crowd's sake moves on before a page reaches it: that page would not be full. */
  private nearEnd({page: {total}, placed}: Answer<unknown>, limit: number): number {
    if (total && total.count - placed.length > LEAST_AHEAD) return limit;
    const next = endBehind(placed);
    return next < this.range.settledTo ? next : Infinity;
  }

  /** Called when an instant has been read whole by itself. @param records how many stand there */
  passTie(readTo: number, records: number): void {
    this.range.cursor = readTo + 1;
    this.proved = this.before = undefined;
    const {remaining} = this;
    const isAll = remaining?.atLeast === false && remaining.records <= records;
    this.remaining = isAll ? {...remaining, records: 0} : undefined;
  }
}

/** It was asked for as it is, and says how many records the question has. */
function isCounted({page, displaced, from}: Answer<unknown>): boolean {
  return from !== undefined && displaced === 0 && page.total?.atLeast === false;
}

/** What an answer counted, less what lies before the next question. */
function remainingAfter(
  {page: {total}, placed, from}: Answer<unknown>,
  next: number,
  reach: number,
): Remaining | undefined {
  if (!total) return undefined;
  const passed = placed.filter(({place}) => place < next).length;
  // A page that was there already counts what its own question asked for, which did not reach as far.
  const atLeast = total.atLeast || from === undefined;
  return {records: Math.max(0, total.count - passed), atLeast, reach};
}

/**
 * How far a page that was cut can be relied upon: up to the record before its last instant, since the last record of a page
 * may be newer than its place without anything behind it to show that; and up to the one before the last second, as long as
 * it is not known that records are sorted within it.
 */
export function stepAfter(placed: readonly Placed<unknown>[], cursor: number, isFine: boolean): Step {
  const step = (place: number): number => (isFine ? place : toSecond(place));
  const end = step(placed.at(-1)?.place ?? cursor);
  const before = placed.findLast(({place, isInPlace}) => isInPlace && step(place) < end)?.place;
  return {sure: before === undefined || before < step(cursor) ? end : before, bold: end};
}
