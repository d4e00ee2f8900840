import type {FoundRecord} from './page';
import type {Placed} from './places';

/** Which records have been handed out of late: those that the next question may give again. */
export class Seen {
  /** By id and version, since a record may come again as it was and as it is. */
  private readonly records = new Map<string, {readonly id: string; readonly place: number}>();

  /** @param outer what was handed out along another key; it is only looked at */
  constructor(private readonly outer?: Seen) {}

  /** Whether this very version was handed out. */
  has(record: FoundRecord<unknown>): boolean {
    return this.records.has(versionOf(record)) || (this.outer?.has(record) ?? false);
  }

  add(placed: readonly Placed<unknown>[]): void {
    for (const {record, place} of placed) this.records.set(versionOf(record), {id: record.id, place});
  }

  /** Ids of those that stood at an instant, or between two. */
  at(from: number, to = from): ReadonlySet<string> {
    const ids = new Set<string>();
    for (const {id, place} of this.records.values()) if (place >= from && place <= to) ids.add(id);
    return ids;
  }

  /** Forgets what no question from here on can give again. @param instant epoch ms */
  forgetBefore(instant: number): void {
    for (const [version, {place}] of this.records) if (place < instant) this.records.delete(version);
  }
}

/** One name for each state of a record. */
export function versionOf({id, updatedAt}: Pick<FoundRecord<unknown>, 'id' | 'updatedAt'>): string {
  return `${id} ${updatedAt}`;
}

/** Those of which no such version is among these, by {@link versionOf}. */
export function notAmong<T>(
  versions: ReadonlySet<string>,
  found: readonly FoundRecord<T>[],
): readonly FoundRecord<T>[] {
  return found.filter((record) => !versions.has(versionOf(record)));
}
