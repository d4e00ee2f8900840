import {formatInstant} from '../instant';
import type {PageSource} from './axes';
import {OutOfReachError} from './errors';
import {type Found, type Page, TOTAL_CAP} from './search';

/** Kustomer serves no page beyond this one (kustomer-api.md, Search: hard limit). */
const LAST_PAGE = 100;
/** So often a tie is read again when it changed meanwhile. */
const PASSES = 5;

/** One reading of all pages of a tie. */
interface Pass {
  readonly ids: Set<string>;
  readonly totals: Page['total'][];
  /** An empty page showed the end; otherwise the last page that there can be was not empty. */
  ended: boolean;
  /** The page size grew on the way, so that a page number meant two things. */
  uneven: boolean;
}

/**
 * Reads the records that share `updatedAt` and `createdAt`, which only page numbers tell apart, and counts them: a record
 * that leaves between two pages moves the rest up by one, and then everything is read again.
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
  let before: Set<string> | undefined;
  for (let number = 1; number <= PASSES; number++) {
    const pass: Pass = {ids: new Set(), totals: [], ended: false, uneven: false};
    yield* readPass(source, updatedAt, createdAt, seen, pass);
    if (!pass.ended && !isCounted(pass, TOTAL_CAP - 1)) {
      const counts = `${pass.ids.size} were read, Kustomer says ${sayTotal(pass.totals.at(-1))}`;
      throw new OutOfReachError(
        source.endpoint,
        `more records share ${where} than page numbers reach (${counts})`,
      );
    }
    if (!pass.uneven && (isCounted(pass, TOTAL_CAP) || (before && isSame(before, pass.ids)))) return;
    before = pass.ids;
  }
  throw new OutOfReachError(
    source.endpoint,
    `the records that share ${where} keep changing while they are read`,
  );
}

async function* readPass(
  source: PageSource,
  updatedAt: number,
  createdAt: number,
  seen: Set<string>,
  pass: Pass,
): AsyncGenerator<readonly Found[]> {
  const updated = [updatedAt, updatedAt] as const;
  let size = Infinity;
  for (let number = 1; number <= LAST_PAGE && !pass.ended; number++) {
    const page = await source.page({
      updated,
      createdFrom: createdAt,
      createdTo: createdAt,
      sort: 'created',
      page: number,
    });
    pass.totals.push(page.total);
    pass.ended = page.records.length === 0;
    pass.uneven ||= page.asked > size;
    size = page.asked;
    const fresh = page.records.filter(({id}) => !seen.has(id));
    for (const {id} of page.records) pass.ids.add(id);
    for (const {id} of fresh) seen.add(id);
    if (fresh.length > 0) yield fresh;
  }
}

/** Each answer of the pass counted just what the pass found, and could count so far. */
function isCounted({ids, totals}: Pass, countable: number): boolean {
  return totals.every((total) => total !== undefined && total.count === ids.size && total.count <= countable);
}

function isSame(a: ReadonlySet<string>, b: ReadonlySet<string>): boolean {
  return a.size === b.size && [...a].every((id) => b.has(id));
}

function sayTotal(total: Page['total']): string {
  if (total === undefined) return 'nothing of their number';
  return `${total.atLeast ? 'at least ' : ''}${total.count}`;
}
