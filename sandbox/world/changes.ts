import {STREAMS, type ObjectName} from './objects';
import {hash, Random} from './random';
import type {Row} from './row';
import {idOf, type Change, type World} from './world';

/** How many records to change, each kind apart. */
export interface ChangeCounts {
  updates?: number;
  deletes?: number;
  inserts?: number;
  /** Records of one stream that all get the same updatedAt, as a bulk job leaves them. */
  bulk?: number;
}

/** One record that was changed. `updatedAt` in epoch ms. */
export interface Changed {
  object: ObjectName;
  id: string;
  kind: 'update' | 'delete' | 'insert';
  updatedAt: number;
}

/** How long (ms) search takes to show a change: at least and at most. */
export type Lag = [number, number];

/**
 * Changes random records of the nine streams, at least one of each, large streams more often. Their updatedAt ends at
 * `now` (epoch ms) and spreads over up to a second before.
 */
export function changeSome(
  world: World,
  counts: ChangeCounts,
  seed: number,
  now: number,
  lag: Lag,
): Changed[] {
  const random = new Random(hash(seed, now));
  const kinds = kindsOf(counts);
  const step = Math.min(1, 1000 / kinds.length);
  const job = counts.bulk ? bulkJob(world, counts.bulk, random, {at: now, lagMs: random.int(...lag)}) : [];
  const single = kinds.flatMap((kind, at) => {
    const object = STREAMS[at] ?? pickStream(world, random);
    const when = Math.floor(now - (kinds.length - 1 - at) * step);
    const change = {at: when, lagMs: random.int(...lag)};
    const row = kind === 'insert' ? undefined : pickLive(world, object, random);
    if (kind !== 'insert' && !row) return [];
    const id = row?.id ?? idOf(when, hash(world.seed, random.int(0, 1e9)), at);
    if (kind === 'insert') {
      world.insert({object, id, createdAt: when, updatedAt: when, lagMs: change.lagMs});
    } else {
      world[kind](object, id, change);
    }
    return [{object, id, kind, updatedAt: when}];
  });
  return [...job, ...single];
}

// Different records of one stream, of twice as many if there is one; as many as there are, where there are fewer.
function bulkJob(world: World, count: number, random: Random, change: Required<Change>): Changed[] {
  const sizeOf = (object: ObjectName): number => world.table(object).slotCount;
  const large = STREAMS.filter((object) => sizeOf(object) >= 2 * count);
  const largest = [...STREAMS].sort((left, right) => sizeOf(right) - sizeOf(left)).slice(0, 1);
  const object = random.pick(large.length > 0 ? large : largest);
  const table = world.table(object);
  const first = random.int(0, table.slotCount - 1);
  const changed: Changed[] = [];
  for (let at = 0; at < table.slotCount && changed.length < count; at++) {
    const row = table.at((first + at) % table.slotCount);
    if (row && row.deletedAt === null) {
      world.update(object, row.id, change);
      changed.push({object, id: row.id, kind: 'update', updatedAt: change.at});
    }
  }
  return changed;
}

/** Changes `count` records of a list at `now` (epoch ms): updates, inserts and deletes in turn. */
export function changeList(
  world: World,
  object: ObjectName,
  {count, now, random}: {count: number; now: number; random: Random},
): void {
  for (let at = 0; at < count; at++) {
    const row = pickLive(world, object, random);
    const kind = random.int(0, 2);
    if (kind === 0 || !row) {
      const id = idOf(now - random.int(0, 1e10), hash(world.seed, random.int(0, 1e9)), at);
      world.insert({object, id, createdAt: now, updatedAt: now});
    } else {
      world[kind === 1 ? 'delete' : 'update'](object, row.id, {at: now});
    }
  }
}

// The kinds take turns, so that the first nine, one per stream, are not all of one kind.
function kindsOf({updates = 0, deletes = 0, inserts = 0}: ChangeCounts): Changed['kind'][] {
  const left = {update: updates, delete: deletes, insert: inserts};
  const kinds: Changed['kind'][] = [];
  while (left.update + left.delete + left.insert > 0) {
    for (const kind of ['update', 'delete', 'insert'] as const) {
      if (left[kind] > 0) {
        left[kind]--;
        kinds.push(kind);
      }
    }
  }
  return kinds;
}

function pickStream(world: World, random: Random): ObjectName {
  const sizes = STREAMS.map((object) => world.table(object).slotCount);
  let place = random.int(0, Math.max(0, sizes.reduce((sum, size) => sum + size, 0) - 1));
  const at = sizes.findIndex((size) => (place -= size) < 0);
  return STREAMS[at] ?? 'customers';
}

// Deleted records stay as they are.
function pickLive(world: World, object: ObjectName, random: Random): Row | undefined {
  const table = world.table(object);
  for (let tries = 0; tries < 50; tries++) {
    const row = table.at(random.int(0, table.slotCount - 1));
    if (row && row.deletedAt === null) return row;
  }
  return undefined;
}
