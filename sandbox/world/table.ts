import {Pending} from './pending';
import type {Row} from './row';
import {compareRows, rank} from './row';

/** From this many changes at once it is quicker to sort anew than to insert one by one. */
const BULK = 64;

/**
 * The rows of one object twice over: as they are, and as the search index shows them, which may lag behind.
 * Rows are never changed; a change puts a new one in the place of the old.
 */
export class Table {
  /** Counts what became visible: the arbitrary order of equal rows depends on it. */
  generation = 0;
  private readonly current: (Row | undefined)[] = [];
  private readonly shown: (Row | undefined)[] = [];
  /** What each changed row was before its last change. */
  private readonly previous: (Row | undefined)[] = [];
  private index: Row[] = [];
  private readonly pending = new Pending();
  private slots: Map<string, number> | undefined;
  /** Made when first asked for, and forgotten with every change. */
  private listing: Row[] | undefined;

  /** Takes over `rows`, whose slots count up from 0, as visible from the beginning. */
  constructor(rows: Row[]) {
    for (const row of rows) {
      this.current[row.slot] = row;
      this.shown[row.slot] = row;
    }
    this.index = rows.sort(compareRows);
  }

  /** The next free slot. */
  get slotCount(): number {
    return this.current.length;
  }

  /** What the index shows, by updatedAt and id. */
  get visible(): readonly Row[] {
    return this.index;
  }

  /** The row as it is, by its place in the table; undefined once removed. */
  at(slot: number): Row | undefined {
    return this.current[slot];
  }

  /** The row as it was before its last change; undefined if it never changed. */
  before(slot: number): Row | undefined {
    return this.previous[slot];
  }

  /** The row as it is, by id. */
  find(id: string): Row | undefined {
    const slot = this.slotOf(id);
    return slot === undefined ? undefined : this.current[slot];
  }

  /** Puts a new or changed row in its slot; the index shows it from `visibleAt` (epoch ms) on. */
  put(row: Row, visibleAt: number): void {
    if (this.current[row.slot] === undefined) {
      this.slots?.set(row.id, row.slot);
    }
    this.previous[row.slot] = this.current[row.slot];
    this.current[row.slot] = row;
    this.listing = undefined;
    this.pending.add(row, visibleAt);
  }

  /** Takes a row away without a trace, from the index as well. */
  remove(id: string): void {
    const slot = this.slotOf(id);
    if (slot === undefined) return;
    const shown = this.shown[slot];
    if (shown) {
      this.index.splice(rank(this.index, shown), 1);
      this.generation++;
    }
    this.current[slot] = undefined;
    this.previous[slot] = undefined;
    this.shown[slot] = undefined;
    this.slots?.delete(id);
    this.listing = undefined;
  }

  /** Lets the index show every change that is due by `now` (epoch ms). */
  settle(now: number): void {
    const due = this.pending.due(now).filter((row) => this.isNews(row));
    if (due.length === 0) return;
    this.generation += due.length;
    if (due.length < BULK) {
      due.forEach((row) => this.showOne(row));
    } else {
      this.showMany(due);
    }
  }

  /** Every row as it is, by id. */
  get listed(): readonly Row[] {
    this.listing ??= [...this.rows()].sort((left, right) => (left.id < right.id ? -1 : 1));
    return this.listing;
  }

  /** Every row as it is, whether the index shows it or not, in no order. */
  *rows(): Generator<Row> {
    for (const row of this.current) {
      if (row) {
        yield row;
      }
    }
  }

  // An index keeps the highest version: an older change that surfaces later changes nothing.
  private isNews(row: Row): boolean {
    return this.current[row.slot] !== undefined && row.version > (this.shown[row.slot]?.version ?? 0);
  }

  private showOne(row: Row): void {
    if (!this.isNews(row)) return;
    const old = this.shown[row.slot];
    if (old) {
      this.index.splice(rank(this.index, old), 1);
    }
    this.index.splice(rank(this.index, row), 0, row);
    this.shown[row.slot] = row;
  }

  private showMany(rows: Row[]): void {
    for (const row of rows) {
      if (this.isNews(row)) {
        this.shown[row.slot] = row;
      }
    }
    this.index = this.shown.filter((row) => row !== undefined).sort(compareRows);
  }

  // Made when first asked for: a million ids are not free.
  private slotOf(id: string): number | undefined {
    if (!this.slots) {
      this.slots = new Map();
      for (const row of this.rows()) {
        this.slots.set(row.id, row.slot);
      }
    }
    return this.slots.get(id);
  }
}
