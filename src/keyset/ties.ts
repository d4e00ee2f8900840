import {formatInstant} from '../time';
import {OutOfReachError} from '../http/errors';
import {type FoundRecord, type PageSource, TOTAL_CAP} from './page';

/** Kustomer serves no page beyond this one (docs/kustomer-api.md, Search: hard limit). */
const LAST_PAGE = 100;
/** So often a tie is read again when it changed meanwhile. */
const PASSES = 10;

/** One reading of all pages of a tie. */
interface Pass {
  readonly ids: ReadonlySet<string>;
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
 * - all answers of a pass counted what the pass found;
 * - all passes together found as many as were ever counted;
 * - two passes found the same, and did not count more.
 * @param seen ids that are not handed out again; added to
 * @throws OutOfReachError when there are more than page numbers reach, or nothing shows that it is whole
 */
export async function* readTie<T>(
  source: PageSource<T>,
  updatedAt: number,
  createdAt: number,
  seen: Set<string>,
): AsyncGenerator<readonly FoundRecord<T>[]> {
  const where = `updatedAt ${formatInstant(updatedAt)} and createdAt ${formatInstant(createdAt)}`;
  const found = new Set<string>();
  let counted = 0;
  let before: Pass | undefined;
  for (let number = 1; number <= PASSES; number++) {
    const pass: Pass = yield* readPass(source, updatedAt, createdAt, seen);
    for (const id of pass.ids) found.add(id);
    counted = Math.max(counted, pass.most);
    const isClean = pass.least === pass.ids.size && pass.most === pass.ids.size;
    // At the last page that there can be, a capped total is no proof that nothing follows.
    if (!pass.ended && !(isClean && pass.most < TOTAL_CAP)) {
      const what = `more records share ${where} than page numbers reach`;
      throw new OutOfReachError(source.endpoint, `${what} (${say(found.size, counted)})`);
    }
    const isSteady = before !== undefined && isSame(before.ids, pass.ids) && !countsMore(pass);
    if (!pass.uneven && (isClean || found.size === counted || isSteady)) return;
    before = pass;
  }
  const what = `the records that share ${where} keep changing while they are read`;
  throw new OutOfReachError(source.endpoint, `${what} (${say(found.size, counted)})`);
}

async function* readPass<T>(
  source: PageSource<T>,
  updatedAt: number,
  createdAt: number,
  seen: Set<string>,
): AsyncGenerator<readonly FoundRecord<T>[], Pass> {
  const query = {
    updated: [updatedAt, updatedAt],
    createdFrom: createdAt,
    createdTo: createdAt,
    sort: 'created',
  } as const;
  const ids = new Set<string>();
  const counts: number[] = [];
  let ended = false;
  let uneven = false;
  let size = Infinity;
  for (let number = 1; number <= LAST_PAGE && !ended; number++) {
    const page = await source.page({...query, page: number});
    counts.push(page.total?.count ?? Infinity);
    ended = page.records.length === 0;
    uneven ||= page.asked > size;
    size = page.asked;
    const fresh = page.records.filter(({id}) => !seen.has(id) && seen.add(id));
    for (const {id} of page.records) ids.add(id);
    if (fresh.length > 0) yield fresh;
  }
  return {ids, most: Math.max(...counts), least: Math.min(...counts), ended, uneven};
}

/** It was counted, and found to be fewer. */
function countsMore({most, ids}: Pass): boolean {
  return most > ids.size && most !== Infinity;
}

function isSame(a: ReadonlySet<string>, b: ReadonlySet<string>): boolean {
  return a.size === b.size && [...a].every((id) => b.has(id));
}

function say(found: number, counted: number): string {
  const most = counted === Infinity ? 'nothing of their number' : String(counted);
  return `${found} were read, Kustomer says ${counted >= TOTAL_CAP && counted < Infinity ? `at least ${most}` : most}`;
}
