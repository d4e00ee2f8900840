import type {Random} from '../world/random';
import {hash, hashText} from '../world/random';
import type {Row} from '../world/row';
import type {Some} from './differences';
import type {Settings} from './settings';

/** What is left of the rows of one answer, and whether it is marked as partial. */
export interface Served {
  rows: Row[];
  timedOut: boolean;
}

/** Takes from an answer what the settings have it lack; `random` decides what is left to chance. */
export function withHoles(rows: Row[], settings: Settings, random: Random): Served {
  const {emptyPages, shortPages, timedOutPages, repeatedHits, lostHits, hidden} = settings;
  if (random.chance(emptyPages)) return {rows: [], timedOut: false};
  const found = hidden === 0 ? rows : rows.filter((row) => !isOneOf(hidden, row, settings, 'hidden'));
  const left = lostHits === 0 ? found : found.filter(() => !random.chance(lostHits));
  if (random.chance(timedOutPages)) return {rows: half(left), timedOut: true};
  if (random.chance(shortPages)) return {rows: half(left), timedOut: false};
  return {rows: random.chance(repeatedHits) ? withRepeat(left, random) : left, timedOut: false};
}

/** Whether a record is one of `some`: by its id, or by a chance that is always the same for the same `purpose`. */
export function isOneOf(some: Some, row: Row, {seed}: Settings, purpose: string): boolean {
  return typeof some === 'number'
    ? some > 0 && hash(seed, hashText(purpose), row.slot) < some * 0x100000000
    : some.includes(row.id);
}

function half(rows: Row[]): Row[] {
  return rows.slice(0, Math.ceil(rows.length / 2));
}

// One row stands in the place of the next as well.
function withRepeat(rows: Row[], random: Random): Row[] {
  const at = random.int(1, Math.max(1, rows.length - 1));
  return rows.map((row, index) => (index === at ? (rows[at - 1] as Row) : row));
}
