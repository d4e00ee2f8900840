/** What is kept of one record; its body is made when asked for. Times are epoch ms. */
export interface Row {
  readonly id: string;
  /** Its place in the table, which never changes: bodies are made from it. */
  readonly slot: number;
  readonly createdAt: number;
  readonly updatedAt: number;
  /** Null while the record lives. */
  readonly deletedAt: number | null;
  /** Counts up from 1 with every change. */
  readonly version: number;
}

/** The order of the index: by updatedAt, then by id. */
export function compareRows(left: Row, right: Row): number {
  return left.updatedAt - right.updatedAt || (left.id < right.id ? -1 : left.id > right.id ? 1 : 0);
}

/** Where `row` stands, or would stand, in a list in index order. */
export function rank(rows: readonly Row[], row: Row): number {
  return lowerBound(0, rows.length, (at) => compareRows(rows[at] as Row, row) >= 0);
}

/** The first place from `low` up to `high` at which `reached` holds; `high` if nowhere. It must not change back. */
export function lowerBound(low: number, high: number, reached: (at: number) => boolean): number {
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (reached(middle)) {
      high = middle;
    } else {
      low = middle + 1;
    }
  }
  return low;
}
