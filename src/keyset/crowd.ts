import {StoppedError} from '../http/errors';
import type {Interval} from '../time';
import {type Page, hasMore, isCut, isFull} from './page';
import {COARSE_MS, type Placed, type Placement, placeRecords} from './places';
import type {Answer} from './question';
import type {Quirks} from './quirks';
import type {Range, SortKey} from './sort-key';

/** The share of a page that one instant must fill at its end, so that it is worth going on by page number. */
const LEAST_SHARE = 0.04;
/** So many records are expected behind a crowd where a question ends soon after it: far fewer than a total can count. */
const ROOM = 4_000;

/**
 * Where the same question should end instead, since that proves more: before what the index may not show in its place yet, when
 * a page led there or was cut inside a crowd; and soon after the crowd, where a total cannot count as far as the question reaches.
 * @returns epoch ms; Infinity where it is well as it is
 */
export function nearerEnd<T>(
  {page, placed, ...found}: Answer<T>,
  {cursor, reach, settledTo}: Pick<Range, 'cursor' | 'reach' | 'settledTo'>,
  {countsAgree}: Quirks,
): number {
  const last = placed.at(-1)?.place;
  if (last === undefined || !isCut(page) || cursor > settledTo) return Infinity;
  const near = page.total?.atLeast ? endBehind(placed) : Infinity;
  const isCrowd = countsAgree && isCutInCrowd({page, placed, ...found});
  const isCountable = isCrowd && (near < Infinity || page.total?.atLeast === false);
  const isUnsettled = reach > settledTo + COARSE_MS && (isCountable || last > settledTo);
  return Math.min(isUnsettled ? settledTo : Infinity, isCountable ? near : Infinity);
}

/**
 * Lengthens a page that was cut inside a crowd, many records of one instant, by the pages that follow it in the same answer. Page
 * numbers are no way to read what changes, so this holds only as long as every page counts the same, none repeats a record,
 * and all are full and in order: then nothing has left meanwhile, and together they are one unbroken stretch. Nothing can join,
 * as long as the question ends where the index is settled.
 *
 * The pages only save requests: where one fails in any way or contradicts another, what came before it stands alone.
 * @param to where the question ends: epoch ms
 * @returns after each page that was added: it, and the whole answer so far
 * @throws StoppedError
 */
export async function* lengthened<T>(
  key: SortKey<T>,
  first: Answer<T>,
  to: number,
): AsyncGenerator<{added: Page<T>; answer: Answer<T>}> {
  const full = first.page.records.length;
  if (first.from === undefined || full > first.page.asked || !key.quirks.countsAgree) return;
  const asked: Interval = [first.from, to];
  let answer = first;
  for (let number = 2; isCutInCrowd(answer) && answer.page.total?.atLeast === false; number++) {
    const added = await nextPage(key, answer.page, asked, number);
    const page = added && joined(answer.page, added, full);
    if (!page) return;
    const placement = placeRecords(page, key.instantOf, asked);
    if (!isInOrder(placement)) return;
    answer = {...first, ...placement, page};
    yield {added, answer};
  }
}

function isCutInCrowd<T>({page, placed, ...order}: Answer<T>): boolean {
  if (!isFull(page) || !hasMore(page) || !isInOrder({placed, ...order})) return false;
  const last = placed.at(-1)?.place;
  const crowd = placed.length - 1 - placed.findLastIndex(({place}) => place !== last);
  return crowd > 1 && crowd >= page.asked * LEAST_SHARE;
}

function isInOrder<T>({placed, displaced, isBroken, isCoarse}: Placement<T>): boolean {
  return !isBroken && !isCoarse && displaced === 0 && placed.every(({isInPlace}) => isInPlace);
}

/** @returns undefined where it cannot be had, or does not count what the pages before it counted */
async function nextPage<T>(
  key: SortKey<T>,
  {asked, total}: Page<T>,
  [from, to]: Interval,
  number: number,
): Promise<Page<T> | undefined> {
  try {
    const page = await key.askPage(from, to, number, asked);
    const isSame = page.asked === asked && page.total?.atLeast === false && page.total.count === total?.count;
    return isSame ? page : undefined;
  } catch (error) {
    if (error instanceof StoppedError) throw error;
    return undefined;
  }
}

/** @param full records of a full page @returns undefined where the pages are no unbroken stretch */
function joined<T>(page: Page<T>, added: Page<T>, full: number): Page<T> | undefined {
  const records = [...page.records, ...added.records];
  const count = page.total?.count ?? 0;
  // A page that is full may have been cut, whatever it counts.
  const isAll = records.length === count && added.records.length < full;
  const isUnbroken = isAll || (records.length <= count && added.records.length === full);
  if (!isUnbroken || new Set(records.map(({id}) => id)).size < records.length) return undefined;
  return {...page, records, capacity: isAll ? records.length + 1 : records.length};
}

/** Where a question should end so that a total counts it, by how far apart these records are: epoch ms; Infinity if that says nothing. */
export function endBehind(placed: readonly Placed<unknown>[]): number {
  const last = placed.at(-1)?.place ?? Infinity;
  const before = placed.filter(({place}) => place < last).length;
  return before === 0 ? Infinity : Math.ceil(last + (ROOM * (last - (placed[0]?.place ?? last))) / before);
}
