/** A stream with no more pages left than this is finished first: it takes next to nothing from the others. */
const SMALL_PAGES = 3;
const SMALL = 1;
/**
 * Priority of searches for parents, which are asked one by one for what hangs on them. One page gives the other limit something
 * to do for half a minute and longer, which would be lost if the search for it had to wait behind all large streams.
 */
export const PARENTS = 1;
/** Priorities of all others: the least read first. Bottleneck knows 0 (first) to 9 (last). */
const FIRST_OF_LARGE = 2;
const LAST_OF_LARGE = 9;

/** How far the read of one searched stream is, and what that says about the order of the streams' searches. */
export class ReadProgress {
  /** Records found so far. */
  found = 0;
  /** Records that are still to come, as far as can be told; undefined before the first page. */
  left: number | undefined;
  /** Records whose rows are written. */
  written = 0;
  /** Rows that came of them. */
  rows = 0;

  /** Rows that are still to be written, as far as can be told. */
  get rowsLeft(): number {
    const records = (this.left ?? 0) + this.found - this.written;
    return records * (this.written > 0 ? this.rows / this.written : 1);
  }

  /**
   * The priority of its next search among those of all streams, 0 to 9, the lowest first: the limit of searches is what a sync
   * waits for. A stream asks for its first page at once, since that tells how much there is; then small streams are finished,
   * so that an incremental sync does not hold them up; large ones go on in step, so that they end together, and none is left
   * to be read alone.
   *
   * @param pageSize records in a full page
   */
  priority(pageSize: number): number {
    if (this.left === undefined) return 0;
    if (this.left <= SMALL_PAGES * pageSize) return SMALL;
    const share = this.found / (this.found + this.left);
    return FIRST_OF_LARGE + Math.floor(share * (LAST_OF_LARGE - FIRST_OF_LARGE));
  }
}
