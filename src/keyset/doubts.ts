import {type FoundRecord, type Page, hasMore, isFull, once} from './page';
import type {DoubtKind, Quirks} from './quirks';

/** What is known of a question before it is answered. */
export interface Expectation {
  /** Records that earlier answers counted here; undefined where none did. */
  readonly records: number | undefined;
  /** The question covers a place where records were seen. */
  readonly coversKnown: boolean;
  /** Where nothing comes, the next read asks for it again. */
  readonly isRepeated: boolean;
  /** Whether a record was handed out before. */
  isKnown(record: FoundRecord<unknown>): boolean;
}

/** What makes an answer doubtful, and by how many records. */
export interface Doubt {
  readonly kind: DoubtKind;
  readonly records: number;
}

/** Says what makes a page doubtful, if anything does: one question more is cheaper than a record that is lost. */
export function doubtOf(page: Page<unknown>, expectation: Expectation, quirks: Quirks): Doubt | undefined {
  return candidates(page, expectation).find(({kind, records}) => quirks.isDoubtful(kind, records));
}

function candidates(page: Page<unknown>, expectation: Expectation): Doubt[] {
  const {records: expected, coversKnown, isRepeated, isKnown} = expectation;
  const {records, total, capacity} = page;
  const {length} = once(records);
  const doubts: Doubt[] = [];
  if (length === 0) {
    const isContradicted = hasMore(page) || (expected ?? (coversKnown ? 1 : 0)) > 0;
    if (isContradicted || (expected !== 0 && !(isRepeated && page.provenLast))) {
      // Nothing contradicts an empty answer to the first question of a range, and all of the range hangs on it.
      const kind = isContradicted ? 'empty' : 'blank';
      doubts.push({kind, records: Math.max(1, expected ?? 0, total?.count ?? 0)});
    }
    return doubts;
  }
  if (length < records.length) doubts.push({kind: 'repeating', records: records.length - length});
  if (total === undefined) {
    // What shows nothing new would be taken for the end: as an empty page would.
    const kind = records.every(isKnown) ? 'empty' : 'uncounted';
    if (length < capacity) doubts.push({kind, records: capacity - length});
    return doubts;
  }
  const due = Math.min(capacity, total.count);
  if (length < due) doubts.push({kind: 'short', records: due - length});
  const missing = (expected ?? 0) - total.count;
  if (missing > 0) doubts.push({kind: 'shrunk', records: missing});
  return doubts;
}

/** An answer that was not doubted, or came again after it was. */
export interface Believed<T> {
  readonly page: Page<T>;
  /** What was still doubtful when the questions ended without two answers alike. */
  readonly unsettled: Doubt | undefined;
}

/** A doubted question is asked again this often at most. */
const MAX_REPEATS = 5;
/** An empty answer where there must be something is believed when it has come again this often: all of a range hangs on it. */
const MIN_EMPTY_REPEATS = 4;

export interface Question<T> {
  /** Asks it. @param attempt how often it was asked before */
  ask(attempt: number): Promise<Page<T>>;
  doubt(page: Page<T>): Doubt | undefined;
  readonly quirks: Quirks;
  /** Along the sort key: epoch ms. */
  instantOf(record: FoundRecord<T>): number | undefined;
}

/**
 * Asks, and asks again while the answer is doubtful: it is believed when it repeats, or when the counts agree. What any of the
 * answers shows counts as shown.
 */
export async function askUntilBelieved<T>({
  ask,
  doubt,
  quirks,
  instantOf,
}: Question<T>): Promise<Believed<T>> {
  let page = await ask(0);
  let doubted = doubt(page);
  for (let attempt = 1; doubted && attempt <= MAX_REPEATS; attempt++) {
    const again = await ask(attempt);
    const addsNothing = isWithin(page, again, instantOf);
    const agrees = again.records.length > 0 || attempt >= MIN_EMPTY_REPEATS || doubted.kind !== 'empty';
    page = union(page, again, instantOf);
    if (addsNothing && agrees) {
      quirks.falseAlarm(doubted.kind, doubted.records);
      return {page, unsettled: undefined};
    }
    doubted = doubt(page);
  }
  return {page, unsettled: doubted};
}

/** Whether an answer shows nothing that an earlier one should have shown: all that lies up to where that one was cut. */
function isWithin<T>(
  page: Page<T>,
  again: Page<T>,
  instantOf: (record: FoundRecord<T>) => number | undefined,
): boolean {
  const ids = new Set(page.records.map(({id}) => id));
  const end = isFull(page) ? lastInstant(page, instantOf) : Infinity;
  return again.records.every((record) => ids.has(record.id) || (instantOf(record) ?? -Infinity) > end);
}

/** All that two answers to one question show, up to where the shorter one was cut. */
function union<T>(
  page: Page<T>,
  again: Page<T>,
  instantOf: (record: FoundRecord<T>) => number | undefined,
): Page<T> {
  const newer = new Map(again.records.map((record) => [record.id, record]));
  const older = page.records.filter(({id}) => !newer.has(id));
  if (older.length === 0) return again;
  const end = Math.min(...[page, again].map((one) => (isFull(one) ? lastInstant(one, instantOf) : Infinity)));
  const merged: FoundRecord<T>[] = [];
  for (const record of again.records) {
    const instant = instantOf(record) ?? -Infinity;
    while (older[0] && (instantOf(older[0]) ?? -Infinity) <= instant) {
      merged.push(older.shift() as FoundRecord<T>);
    }
    merged.push(record);
  }
  const records = [...merged, ...older].filter((record) => (instantOf(record) ?? -Infinity) <= end);
  const isCut = isFull(page) || isFull(again);
  return {...again, records, capacity: isCut ? records.length : Math.max(again.capacity, records.length + 1)};
}

function lastInstant<T>(
  {records}: Page<T>,
  instantOf: (record: FoundRecord<T>) => number | undefined,
): number {
  const last = records.at(-1);
  return (last && instantOf(last)) ?? -Infinity;
}
