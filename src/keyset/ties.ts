import {OutOfReachError, UnsettledError} from '../http/errors';
import {type Interval, formatInstant} from '../time';
import type {FoundRecord, PageSource} from './page';
import {type Pass, type Passes, readUntilProved} from './passes';
import {COARSE_MS, toSecond} from './places';
import type {Seen} from './seen';

/** A tie is read this often at most while it changes: a few seconds of changes for each, and none of the records is given up lightly. */
const MAX_PASSES = 30;

export interface Tie<T> {
  readonly source: PageSource<T>;
  /** What the records share: epoch ms. */
  readonly updated: Interval;
  readonly created: Interval;
  /** What is not handed out again; added to. */
  readonly seen: Seen;
  /** Called with the id of each record that is found, also of those handed out before. */
  readonly met: (id: string) => void;
}

/** One reading of all pages of a tie. */
interface CountedPass extends Pass {
  /** Records of all its pages, those that came twice included. */
  readonly shown: number;
  /** The most that any of its answers has counted; Infinity where one did not count. */
  readonly most: number;
  /** The least that any of its answers has counted. */
  readonly least: number;
  /** An empty page showed the end; otherwise the last page that there can be was not empty. */
  readonly ended: boolean;
  /** The page size grew on the way, so that a page number meant two things. */
  readonly uneven: boolean;
}

/**
 * Reads the records that share `updatedAt` and `createdAt`, which only page numbers tell apart. A record that leaves between
 * two pages moves the rest up by one and hides another, so the tie is read again until one of these shows that it is whole:
 * - the last pass, or the last few together, found as many as any of their answers counted: whatever left in the meantime
 *   is among them, or was counted out before;
 * - two passes found the same, and did not count more.
 * @throws OutOfReachError when there are more than page numbers reach; UnsettledError when nothing shows that it is whole
 */
export async function* readByPageNumber<T>(tie: Tie<T>): AsyncGenerator<readonly FoundRecord<T>[]> {
  const {source, updated, created} = tie;
  const where = `updatedAt ${nameOf(updated)} and createdAt ${nameOf(created)}`;
  const passes: CountedPass[] = [];
  let counts = '';
  const isProved = (pass: CountedPass, {found, isRepeated}: Passes): boolean => {
    passes.push(pass);
    const counted = Math.max(...passes.map(({most}) => most));
    counts = describeCounts(found.size, counted, source);
    const isClean = pass.least === pass.ids.size && pass.most === pass.ids.size;
    // At the last page that there can be, a capped total is no proof that nothing follows.
    if (!pass.ended && !(isClean && pass.most < source.limits.totalCap)) {
      const what = `more records share ${where} than page numbers reach`;
      throw new OutOfReachError(source.endpoint, `${what} (${counts})`);
    }
    // Who counts fewer than were found, or shown, does not count, nor does who counts no further.
    const isCounting = passes.every(({shown, most}) => shown <= most) && counted < source.limits.totalCap;
    const isCounted = isCounting && found.size <= counted && areCounted(passes);
    return !pass.uneven && (isCounted || (isRepeated && !countsMore(pass)));
  };
  if (yield* readUntilProved(() => readPass(tie), isProved, MAX_PASSES)) return;
  const what = `the records that share ${where} keep changing while they are read (${counts})`;
  throw new UnsettledError(source.endpoint, what);
}

async function* readPass<T>({
  source,
  updated,
  created,
  seen,
  met,
}: Tie<T>): AsyncGenerator<readonly FoundRecord<T>[], CountedPass> {
  const [createdFrom, createdTo] = created;
  const query = {updated, createdFrom, createdTo, sort: 'created'} as const;
  const ids = new Set<string>();
  const counts: number[] = [];
  let ended = false;
  let uneven = false;
  let shown = 0;
  let size = Infinity;
  for (let number = 1; number <= source.limits.lastPage && !ended; number++) {
    const page = await source.page({...query, page: number});
    counts.push(page.total?.count ?? Infinity);
    shown += page.records.length;
    ended = page.records.length === 0;
    uneven ||= page.asked > size;
    size = page.asked;
    const fresh: FoundRecord<T>[] = [];
    for (const record of page.records) {
      if (!seen.has(record)) fresh.push(record);
      seen.add([{record, place: createdFrom, isInPlace: true}]);
      ids.add(record.id);
      met(record.id);
    }
    if (fresh.length > 0) yield fresh;
  }
  return {ids, shown, most: Math.max(...counts), least: Math.min(...counts), ended, uneven};
}

/** What a question asks for, by the instant that it is wrapped around. */
function nameOf([from, to]: Interval): string {
  const middle = Math.floor((from + to) / 2);
  return to - from < COARSE_MS ? formatInstant(middle) : `${formatInstant(toSecond(middle))} (to the second)`;
}

/** Whether the last passes, some or all of them, found together as many as any of their answers counted. */
function areCounted(passes: readonly CountedPass[]): boolean {
  const found = new Set<string>();
  let counted = 0;
  return passes.toReversed().some(({ids, most}) => {
    for (const id of ids) found.add(id);
    counted = Math.max(counted, most);
    return found.size === counted;
  });
}

/** It was counted, and found to be fewer. */
function countsMore({most, ids}: CountedPass): boolean {
  return most > ids.size && most !== Infinity;
}

function describeCounts(found: number, counted: number, {limits}: PageSource<unknown>): string {
  if (counted === Infinity) return `${found} were read, Kustomer says nothing of their number`;
  return `${found} were read, Kustomer says ${counted >= limits.totalCap ? 'at least ' : ''}${counted}`;
}
