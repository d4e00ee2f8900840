import {lowerBound, type Row} from './row';

interface Entry {
  row: Row;
  visibleAt: number;
}

/** Changes that the search index does not show yet, by the time (epoch ms) at which it will. */
export class Pending {
  private entries: Entry[] = [];

  add(row: Row, visibleAt: number): void {
    const place = lowerBound(
      0,
      this.entries.length,
      (at) => (this.entries[at] as Entry).visibleAt > visibleAt,
    );
    this.entries.splice(place, 0, {row, visibleAt});
  }

  /** Takes out what is due by `now`, the earliest first. */
  due(now: number): Row[] {
    const first = this.entries[0];
    if (!first || first.visibleAt > now) return [];
    const count = lowerBound(0, this.entries.length, (at) => (this.entries[at] as Entry).visibleAt > now);
    return this.entries.splice(0, count).map((entry) => entry.row);
  }
}
