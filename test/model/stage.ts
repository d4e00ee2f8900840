import fc from 'fast-check';
import {type Api, createApi} from '../../sandbox/api/api';
import type {Fault} from '../../sandbox/faults/faults';
import type {ObjectName} from '../../sandbox/world/objects';
import type {Settings} from '../../sandbox/api/settings';
import {type NewRow, type TrueRow, type World, worldOf} from '../../sandbox/world/world';
import type {SyncMode} from '../../src/airbyte/messages';
import {type ReadOptions, type ReadResult, read} from './harness';
import {MINUTE, NOW, START, histories, idOf} from './history';
import {VirtualClock} from '../fakes/virtual-clock';

/** A change shows up in search at most so much later, in these histories: ms. */
const LOOKBACK = 10 * MINUTE;

const OBJECTS: readonly ObjectName[] = ['conversations', 'messages', 'notes'];

/** Faults after which the same question has a good answer. */
const PASSING: readonly Fault['kind'][] = ['status', 'reset', 'cut', 'html', 'hang', 'timed_out', 'noData'];

export interface Scene {
  readonly rows: readonly NewRow[];
  readonly pageSize: number;
  readonly concurrency: number;
  readonly settings: Partial<Settings>;
  readonly mode: SyncMode;
  readonly streams: readonly ObjectName[];
  /** Drives changes, faults and latencies. */
  readonly seed: number;
  /** How many of ten requests see a change before them. */
  readonly changes: number;
  /** How many of twenty requests fail. */
  readonly faults: number;
}

export const scenes: fc.Arbitrary<Scene> = fc
  .integer({min: 1, max: 12})
  .chain(
    (served) =>
      fc.record({
        rows: histories(OBJECTS, served),
        pageSize: fc.constantFrom(served, served + 3, 60),
        concurrency: fc.integer({min: 1, max: 8}),
        settings: fc.record({
          maxPageSize: fc.constant(served),
          totals: fc.constantFrom('capped', 'exact', 'missing', 'wrong'),
          totalCap: fc.constantFrom(10_000, 20),
          nextLinks: fc.constantFrom('null', 'absent'),
          tieOrder: fc.constantFrom('shuffled', 'stable'),
          refusePageSizeAbove: fc.constantFrom(null, 30),
          rejectIncludeDeleted: fc.constant(false),
          requestsPerMinute: fc.constant(1e9),
        }),
        mode: fc.constantFrom('full_refresh', 'incremental'),
        streams: fc.constantFrom(OBJECTS, ['conversations'], ['notes'], ['messages', 'notes']),
        seed: fc.nat(),
        changes: fc.constantFrom(0, 0, 1, 4),
        faults: fc.constantFrom(0, 0, 1, 4),
      }) as fc.Arbitrary<Scene>,
  )
  .map((scene) =>
    // A cap that is lower than documented cannot be told from a count, where records leave that page numbers alone reach.
    scene.changes > 0 ? {...scene, settings: {...scene.settings, totalCap: 10_000}} : scene,
  );

/** Numbers in [0, n) that follow from the seed alone. */
export function dice(seed: number): (n: number) => number {
  let state = seed || 1;
  return (n) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * n);
  };
}

/** One organization, changing while it is read. */
export class Stage {
  readonly clock = new VirtualClock(NOW);
  readonly world: World;
  readonly api: Api;
  /** Called before each request is answered. */
  duringRead: () => void = () => undefined;
  private readonly roll: (n: number) => number;
  private added = 0;
  /** When search shows the newest version of each record that was changed: `object/id` -> epoch ms. */
  private readonly shown = new Map<string, number>();

  constructor(readonly scene: Scene) {
    this.world = worldOf(scene.rows);
    this.api = createApi(this.world, scene.settings);
    this.roll = dice(scene.seed);
    this.api.faults.hook = () => this.fault();
  }

  /** Whether a record is there and not deleted. @param key `object/id …` */
  isAlive(key: string): boolean {
    const [object, id] = (key.split(' ')[0] ?? '').split('/');
    return this.world.truth(object as ObjectName).some((row) => row.id === id && !row.deleted);
  }

  /** One read from these states, while things go on. */
  read(states: Record<string, unknown>, over: Partial<ReadOptions> = {}): Promise<ReadResult> {
    const {scene, clock, api} = this;
    return read({
      api,
      clock,
      streams: scene.streams,
      mode: scene.mode,
      states,
      start: START,
      lookback: LOOKBACK,
      pageSize: scene.pageSize,
      concurrency: scene.concurrency,
      // Slow enough that states are written on the way, which is done every 30 s.
      latency: () => 20 + this.roll(4000),
      before: () => {
        this.duringRead();
        if (this.roll(10) < scene.changes) this.change();
      },
      ...over,
    });
  }

  /** Something happens to some records. */
  change(): void {
    const object = OBJECTS[this.roll(OBJECTS.length)] as ObjectName;
    const rows = this.world.truth(object);
    const lagMs = this.roll(2) * this.roll(LOOKBACK - MINUTE);
    const row = rows[this.roll(rows.length)];
    // A record's own time never goes back.
    const at = Math.max(row?.updatedAt ?? 0, this.clock.now() - this.roll(1000));
    const change = {at, lagMs};
    const kind = this.roll(4);
    if (!row || kind === 0) {
      const id = idOf(1_000_000 + this.added++);
      this.world.insert({object, id, createdAt: at, updatedAt: at, lagMs});
      this.shown.set(`${object}/${id}`, at + lagMs);
      return;
    }
    if (kind === 1) this.world.delete(object, row.id, change);
    else this.world.update(object, row.id, change);
    this.shown.set(`${object}/${row.id}`, at + lagMs);
  }

  /** What a read that begins now must have given by its end, if it is not changed meanwhile: as `object/id` -> row. */
  due(): Map<string, TrueRow> {
    const now = this.clock.now();
    const due = new Map<string, TrueRow>();
    for (const object of this.scene.streams) {
      for (const row of this.world.truth(object, {from: START, to: now})) {
        const key = `${object}/${row.id}`;
        // Old notes are found with their conversations, which may change meanwhile: test/streams/objects/notes.test.ts has them.
        if (object === 'notes' && row.updatedAt < now - 729 * 24 * 60 * MINUTE) continue;
        if ((this.shown.get(key) ?? 0) <= now) due.set(key, row);
      }
    }
    return due;
  }

  private fault(): Fault | undefined {
    if (this.roll(20) >= this.scene.faults) return undefined;
    const kind = PASSING[this.roll(PASSING.length)] as Fault['kind'];
    return kind === 'status'
      ? {kind, status: [429, 500, 502, 503, 504, 408, 425][this.roll(7)] as number}
      : {kind};
  }
}
