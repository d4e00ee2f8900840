import {creationTime, updateTimes} from './history';
import {Homes} from './homes';
import type {JsonObject} from './json';
import {Lives} from './lives';
import {modelOf, type Model, type ModelName} from './model';
import {OBJECT_NAMES, type ObjectName} from './objects';
import {hash, hex16, Random} from './random';
import {compareRows, type Row} from './row';
import {Table} from './table';

const DAY = 24 * 60 * 60_000;

/** How the organization is set up is not deleted: other records lean on it. */
const SETUP: readonly ObjectName[] = [
  ...(['klasses', 'brands', 'slas', 'schedules', 'role_groups', 'queues', 'routing_statuses'] as const),
  ...(['satisfaction_surveys', 'snoozes', 'ai_automations', 'shortcut_categories'] as const),
  ...(['outbound_accounts', 'spam_senders', 'cards', 'kb_articles', 'kb_categories'] as const),
  'audit_logs',
];

/** What a world is made from: the same options give the same world. */
export interface WorldOptions {
  seed: number;
  /** Epoch ms at which history ends. */
  now: number;
  /** Records per object; none where it is silent. Klasses come with the model. */
  sizes?: Partial<Record<ObjectName, number>>;
  /** How far back updates reach. */
  historyDays?: number;
  model?: ModelName;
}

/** A record given by hand. Times are epoch ms. */
export interface NewRow {
  object: ObjectName;
  id: string;
  createdAt: number;
  updatedAt: number;
  deleted?: boolean;
  /** How long after `updatedAt` search begins to show it; without it an initial row is shown from the beginning. */
  lagMs?: number;
  /** The whole resource as it came from elsewhere; without it one is made up. */
  body?: JsonObject;
}

/** When something changes: `at` is the new updatedAt (epoch ms), and search shows it `lagMs` later. */
export interface Change {
  at: number;
  lagMs?: number;
}

/** What is true of a record now, whatever search shows. Times are epoch ms. */
export interface TrueRow {
  id: string;
  createdAt: number;
  updatedAt: number;
  deleted: boolean;
  version: number;
}

/** An organization's records, which can be changed between any two requests. */
export class World {
  readonly model: Model;
  /** What hangs on what. */
  readonly homes: Homes;
  private readonly tables: ReadonlyMap<ObjectName, Table>;
  private readonly bodies = new Map<string, JsonObject>();
  /** Of conversations. */
  readonly lives = new Lives();
  /** How many rows there were at first: references point at these, so that they never change. */
  private readonly initial: ReadonlyMap<ObjectName, number>;

  constructor(
    readonly seed: number,
    model: ModelName,
    /** Whether bodies are realistic (4-5 kB for a conversation) or hold little more than the times. */
    readonly bodyStyle: 'full' | 'lean',
    tables: ReadonlyMap<ObjectName, Table>,
  ) {
    this.model = modelOf(model);
    this.tables = tables;
    this.homes = new Homes(this.table('notes'), this.table('conversations'), seed);
    this.initial = new Map([...tables].map(([object, table]) => [object, table.slotCount]));
  }

  /** The rows of an object. */
  table(object: ObjectName): Table {
    return this.tables.get(object) as Table;
  }

  /** Adds a record; search shows it `lagMs` (0) after its updatedAt. */
  insert(row: NewRow): TrueRow {
    const table = this.table(row.object);
    const added = rowOf(row, table.slotCount);
    if (row.body) {
      this.keepBody(row.object, row.id, row.body);
    }
    table.put(added, row.updatedAt + (row.lagMs ?? 0));
    return truthOf(added);
  }

  /** Gives a record a new updatedAt and version. */
  update(object: ObjectName, id: string, change: Change): TrueRow {
    return this.change(object, id, change, {});
  }

  /** Deletes a record as Kustomer does: it stays, marked. */
  delete(object: ObjectName, id: string, change: Change): TrueRow {
    return this.change(object, id, change, {deletedAt: change.at});
  }

  /** Takes a record away without a trace. */
  remove(object: ObjectName, id: string): void {
    this.table(object).remove(id);
  }

  /** Lets search show what is due by `now` (epoch ms). */
  settle(now: number): void {
    for (const table of this.tables.values()) {
      table.settle(now);
    }
  }

  /**
   * The records whose updatedAt lies from `from` to `to` (epoch ms, both included), by updatedAt and id: as they are,
   * whether search shows them yet or not. Deleted ones too, unless `includeDeleted` is false.
   */
  truth(object: ObjectName, range: {from?: number; to?: number; includeDeleted?: boolean} = {}): TrueRow[] {
    const {from = -Infinity, to = Infinity, includeDeleted = true} = range;
    const found: Row[] = [];
    for (const row of this.table(object).rows()) {
      if (row.updatedAt >= from && row.updatedAt <= to && (includeDeleted || row.deletedAt === null)) {
        found.push(row);
      }
    }
    return found.sort(compareRows).map(truthOf);
  }

  /** The id of one of the object's first records, always the same for the same `pick`; a made-up one if there are none. */
  reference(object: ObjectName, pick: number): string {
    const count = this.initial.get(object) ?? 0;
    const row = count === 0 ? undefined : this.table(object).at(pick % count);
    return row?.id ?? `5f${hex16(this.seed, OBJECT_NAMES.indexOf(object), pick)}`.padEnd(24, '0');
  }

  /** The resource a record was loaded with. */
  loadedBody(object: ObjectName, id: string): JsonObject | undefined {
    return this.bodies.size === 0 ? undefined : this.bodies.get(`${object}/${id}`);
  }

  /** Remembers the resource a record was loaded with. */
  keepBody(object: ObjectName, id: string, body: JsonObject): void {
    this.bodies.set(`${object}/${id}`, body);
  }

  private change(object: ObjectName, id: string, change: Change, news: Partial<Row>): TrueRow {
    const table = this.table(object);
    const old = table.find(id);
    if (!old) throw new Error(`there is no ${object}/${id}`);
    const row = {...old, ...news, updatedAt: change.at, version: old.version + 1};
    if (object === 'conversations') this.lives.changed(old, change.at);
    table.put(row, change.at + (change.lagMs ?? 0));
    return truthOf(row);
  }
}

/** A world of random history. About 2 s for a million records. */
export function createWorld(options: WorldOptions): World {
  const {seed, now, sizes = {}, historyDays = 1100, model = 'published'} = options;
  const tables = new Map<ObjectName, Table>();
  OBJECT_NAMES.forEach((object, at) => {
    const count = object === 'klasses' ? modelOf(model).klasses.length : (sizes[object] ?? 0);
    const rows = randomRows({
      seed: hash(seed, at),
      count,
      from: now - historyDays * DAY,
      to: now,
      deletedOneIn: SETUP.includes(object) ? Infinity : 50,
      // Hardly a conversation stays as it began.
      unchangedOneIn: object === 'audit_logs' ? 1 : object === 'conversations' ? 40 : 4,
    });
    tables.set(object, new Table(rows));
  });
  return new World(seed, model, 'full', tables);
}

/** A world of exactly these records: for tests that need small, exact histories. */
export function worldOf(
  rows: readonly NewRow[],
  options: {seed?: number; bodies?: 'lean' | 'full'; model?: ModelName} = {},
): World {
  const {seed = 1, bodies = 'lean', model = 'none'} = options;
  const perObject = new Map<ObjectName, Row[]>(OBJECT_NAMES.map((object) => [object, []]));
  for (const row of rows) {
    if (row.lagMs === undefined) {
      const list = perObject.get(row.object) as Row[];
      list.push(rowOf(row, list.length));
    }
  }
  const tables = new Map([...perObject].map(([object, list]) => [object, new Table(list)] as const));
  const world = new World(seed, model, bodies, tables);
  for (const row of rows) {
    if (row.lagMs !== undefined) {
      world.insert(row);
    } else if (row.body) {
      world.keepBody(row.object, row.id, row.body);
    }
  }
  return world;
}

function rowOf(row: NewRow, slot: number): Row {
  const {id, createdAt, updatedAt} = row;
  return {id, slot, createdAt, updatedAt, deletedAt: row.deleted ? updatedAt : null, version: 1};
}

/** What is true of a row. */
export function truthOf({id, createdAt, updatedAt, deletedAt, version}: Row): TrueRow {
  return {id, createdAt, updatedAt, deleted: deletedAt !== null, version};
}

interface History {
  seed: number;
  count: number;
  /** Epoch ms, as `to`. */
  from: number;
  to: number;
  deletedOneIn: number;
  /** 1 for what never changes. */
  unchangedOneIn: number;
}

function randomRows({seed, count, from, to, deletedOneIn, unchangedOneIn}: History): Row[] {
  const times = updateTimes(new Random(seed), count, from, to);
  const rows: Row[] = [];
  for (let slot = 0; slot < count; slot++) {
    const updatedAt = times[slot] as number;
    const createdAt = unchangedOneIn === 1 ? updatedAt : creationTime(times, slot, {seed, unchangedOneIn});
    const id = idOf(createdAt, seed, slot);
    const deleted = hash(seed, slot, 3) < 0x100000000 / deletedOneIn;
    rows.push({id, slot, createdAt, updatedAt, deletedAt: deleted ? updatedAt : null, version: 1});
  }
  return rows;
}

/** 24 hex digits as MongoDB makes them: the seconds of creation, then 16 that tell the record. */
export function idOf(createdAt: number, seed: number, slot: number): string {
  return (
    Math.floor(createdAt / 1000)
      .toString(16)
      .padStart(8, '0') + hex16(seed, slot)
  );
}
