import type {FoundRecord} from './page';
import type {Placed} from './places';

/** Which records have been handed out of late: those that the next question may give again. */
export class Seen {
  /** By id: the version that was handed out, and where it stood. */
  private readonly records = new Map<string, {readonly updatedAt: number | undefined; readonly place: number}>();

  /** @param outer what was handed out along another key; it is only looked at */
  constructor(private readonly outer?: Seen) {}

  /** Whether this very version was handed out. */
  has(record: FoundRecord<unknown>): boolean {
    const known = this.records.get(record.id);
    if (known !== undefined && known.updatedAt === record.updatedAt) return true;
    return this.outer?.has(record) ?? false;
  }

  add(placed: readonly Placed<unknown>[]): void {
    for (const {record, place} of placed) this.records.set(record.id, {updatedAt: record.updatedAt, place});
  }

  /** Ids of those that stood at an instant. */
  at(instant: number): ReadonlySet<string> {
    return new Set([...this.records].filter(([, {place}]) => place === instant).map(([id]) => id));
  }

  /** Forgets what no question from here on can give again. @param instant epoch ms */
  forgetBefore(instant: number): void {
    for (const [id, {place}] of this.records) if (place < instant) this.records.delete(id);
  }
}
