import {hash} from './random';
import {lowerBound, type Row} from './row';
import type {Table} from './table';

/** A note's conversation is one of as many that were updated next after it, as a rule. */
const NEAR = 20;
/** As many are tried for one that was there before the note. */
const TRIED = 300;

/**
 * Which conversation each of the first notes hangs on, by slots: one that existed and was not updated before the note was, as far
 * as there is one. One in ten has been updated long after.
 */
export class Homes {
  private readonly homes: Int32Array;
  private readonly notes = new Map<number, number[]>();

  constructor(notes: Table, conversations: Table, seed: number) {
    this.homes = new Int32Array(notes.slotCount).fill(-1);
    const byTime = conversations.visible;
    if (byTime.length === 0) return;
    const oldest = oldestFrom(byTime);
    for (const note of notes.visible) {
      const home = homeOf(note, {byTime, oldest, chance: hash(seed, note.slot, 41)}).slot;
      this.homes[note.slot] = home;
      const others = this.notes.get(home);
      if (others) others.push(note.slot);
      else this.notes.set(home, [note.slot]);
    }
  }

  /** The slot of a note's conversation; undefined where the note came later, or there are no conversations. */
  of(note: number): number | undefined {
    const home = this.homes[note] ?? -1;
    return home < 0 ? undefined : home;
  }

  /** The slots of a conversation's notes. */
  notesOf(conversation: number): readonly number[] {
    return this.notes.get(conversation) ?? [];
  }
}

interface Choice {
  /** Conversations by their updatedAt, and of each and those behind it the one that was created first. */
  byTime: readonly Row[];
  oldest: readonly Row[];
  chance: number;
}

function homeOf(note: Row, {byTime, oldest, chance}: Choice): Row {
  const first = lowerBound(0, byTime.length, (at) => (byTime[at] as Row).updatedAt >= note.updatedAt);
  const later = byTime.length - first;
  if (later === 0) return byTime[byTime.length - 1] as Row;
  const reach = chance % 10 === 0 ? later : Math.min(later, NEAR);
  const start = (chance >>> 4) % reach;
  for (let step = 0; step < Math.min(later, TRIED); step++) {
    const row = byTime[first + ((start + step) % later)] as Row;
    if (row.createdAt <= note.createdAt) return row;
  }
  // In small worlds there may be none: then the last one before, or, before all, the oldest.
  return byTime[first - 1] ?? (oldest[first] as Row);
}

function oldestFrom(byTime: readonly Row[]): Row[] {
  const oldest = [...byTime];
  for (let at = byTime.length - 2; at >= 0; at--) {
    const behind = oldest[at + 1] as Row;
    if (behind.createdAt < (oldest[at] as Row).createdAt) oldest[at] = behind;
  }
  return oldest;
}
