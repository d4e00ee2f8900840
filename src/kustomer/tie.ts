import {formatInstant} from '../instant';
import type {PageSource} from './axes';
import {BadAnswerError, OutOfReachError} from './errors';
import {type Found, type Page, TOTAL_CAP} from './search';

/** Kustomer serves no page beyond this one (kustomer-api.md, Search: hard limit). */
const LAST_PAGE = 100;
/** So often a tie is read again when it changed meanwhile. */
const PASSES = 10;

/** What the readings of one tie have brought together. */
interface Tally {
  /** All ids that any pass has found. */
  readonly ids: Set<string>;
  /** The total of each answer of all passes. */
  readonly totals: Page['total'][];
}

/** One reading of all pages of a tie. */
interface Pass {
  readonly ids: ReadonlySet<string>;
  /** An empty page showed the end; otherwise the last page that there can be was not empty. */
  readonly ended: boolean;
  /** The page size grew on the way, so that a page number meant two things. */
  readonly uneven: boolean;
}

/**
 * Reads the records that share `updatedAt` and `createdAt`, which only page numbers tell apart. A record that leaves between
 * two pages moves the rest up by one and hides another, so it is read until what was found is what Kustomer counts, or until
 * two passes found the same.
 * @param seen ids that are not handed out again; added to
 * @throws OutOfReachError when there are more than page numbers reach, or no two readings agree
 */
export async function* readTie(
  source: PageSource,
  updatedAt: number,
  createdAt: number,
  seen: Set<string>,
): AsyncGenerator<readonly Found[]> {
  const where = `updatedAt ${formatInstant(updatedAt)} and createdAt ${formatInstant(createdAt)}`;
  const tally: Tally = {ids: new Set(), totals: []};
  let before: Pass | undefined;
  for (let number = 1; number <= PASSES; number++) {
    const pass = yield* readPass(source, updatedAt, createdAt, seen, tally);
    const counted = mostCounted(tally);
    // At the last page that there can be, a capped total is no proof that nothing follows.
    if (!pass.ended && (counted !== tally.ids.size || counted >= TOTAL_CAP)) {
      throw new OutOfReachError(
        source.endpoint,
        `more records share ${where} than page numbers reach (${say(tally)})`,
      );
    }
    const isSettled = counted === tally.ids.size || (before && isSame(before.ids, pass.ids));
    if (isSettled && !pass.uneven && !(counted > tally.ids.size && counted < Infinity)) return;
    before = pass;
  }
  throw new OutOfReachError(
    source.endpoint,
    `the records that share ${where} keep changing while they are read (${say(tally)})`,
  );
}

async function* readPass(
  source: PageSource,
  updatedAt: number,
  createdAt: number,
  seen: Set<string>,
  tally: Tally,
): AsyncGenerator<readonly Found[], Pass> {
  const query = {
    updated: [updatedAt, updatedAt],
    createdFrom: createdAt,
    createdTo: createdAt,
    sort: 'created',
  } as const;
  const ids = new Set<string>();
  let ended = false;
  let uneven = false;
  let size = Infinity;
  for (let number = 1; number <= LAST_PAGE && !ended; number++) {
    const page = await source.page({...query, page: number});
    for (const record of page.records) checkTime(source, record, updatedAt, createdAt);
    tally.totals.push(page.total);
    ended = page.records.length === 0;
    uneven ||= page.asked > size;
    size = page.asked;
    const fresh = page.records.filter(({id}) => !seen.has(id) && seen.add(id));
    for (const {id} of page.records) {
      tally.ids.add(id);
      ids.add(id);
    }
    if (fresh.length > 0) yield fresh;
  }
  return {ids, ended, uneven};
}

function checkTime(
  {endpoint}: PageSource,
  {id, ...record}: Found,
  updatedAt: number,
  createdAt: number,
): void {
  if (record.updatedAt === updatedAt && record.createdAt === createdAt) return;
  throw new BadAnswerError(
    endpoint,
    `record ${id} lies outside of what was asked for, ${formatInstant(updatedAt)}`,
  );
}

/** The most that any answer has counted; Infinity where one did not count. */
function mostCounted({totals}: Tally): number {
  return Math.max(...totals.map((total) => total?.count ?? Infinity));
}

function isSame(a: ReadonlySet<string>, b: ReadonlySet<string>): boolean {
  return a.size === b.size && [...a].every((id) => b.has(id));
}

function say(tally: Tally): string {
  const counted = mostCounted(tally);
  const most =
    counted === Infinity ? 'nothing of their number' : `${counted >= TOTAL_CAP ? 'at least ' : ''}${counted}`;
  return `${tally.ids.size} were read, Kustomer says ${most}`;
}
