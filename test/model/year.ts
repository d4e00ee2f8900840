import {type Api, createApi} from '../../sandbox/api/api';
import type {RefusalRule} from '../../sandbox/api/refusals';
import type {Fault} from '../../sandbox/faults/faults';
import type {ObjectName} from '../../sandbox/world/objects';
import {type NewRow, type World, worldOf} from '../../sandbox/world/world';
import {VirtualClock} from '../fakes/virtual-clock';
import {parseInstant} from '../../src/time';
import {type ReadResult, read, recordsOf} from './harness';
import {DAY, MINUTE, NOW, START, idOf} from './history';
import {dice} from './stage';
import {statesAt} from './verdicts';

const OBJECTS: readonly ObjectName[] = ['conversations', 'messages', 'notes', 'tags', 'users'];
const CONTEXTS = ['conversation', 'message', 'note'];
const LOOKBACK = 10 * MINUTE;
/** Search forgets notes after two years, and no archive has them: none begins its year that old, or near it. */
const OLDEST_NOTE = 300 * DAY;
const REFUSED = [400, 401, 402, 403, 404, 422, 451, 501];
const PASSING: readonly Fault['kind'][] = [
  'status',
  'reset',
  'cut',
  'html',
  'timed_out',
  'noData',
  'emptyTold',
];

/** An organization over a year, and a destination that keeps the newest row of each id. */
export class Year {
  readonly clock = new VirtualClock(NOW);
  readonly counts = {syncs: 0, kills: 0, stops: 0, failed: 0, changes: 0, requests: 0, rows: 0};
  private readonly world: World;
  private readonly api: Api;
  private readonly roll: (n: number) => number;
  private states: Record<string, unknown> = {};
  /** `object/id` -> `updatedAt` of the newest row. */
  private readonly newest = new Map<string, number>();
  /** `object/id updatedAt` of all that has ever been true. */
  private readonly versions = new Set<string>();
  private readonly madeUp = new Set<string>();
  private added = 0;

  constructor(seed: number) {
    this.roll = dice(seed);
    const rows = Array.from({length: 300}, (_, at) => this.firstRow(at));
    this.world = worldOf(rows, {seed});
    this.api = createApi(this.world, {
      requestsPerMinute: 1e9,
      deletedTags: 'asked',
      maxPageSize: 7,
      bodyFrom: seed % 2 === 0 ? 'store' : 'index',
    });
    for (const object of OBJECTS) {
      for (const {id, updatedAt} of this.world.truth(object)) this.note(object, id, updatedAt);
    }
  }

  /** Some days pass, then comes a sync, in which things may go wrong. @param longestMs until it comes, at most */
  async live(longestMs: number): Promise<void> {
    const gapMs = MINUTE + this.roll(longestMs);
    await this.clock.run(this.clock.sleep(gapMs));
    for (let change = this.roll(6); change > 0; change--) this.change(gapMs);
    if (this.roll(12) === 0) this.bulkJob();
    this.api.settings.refusals = this.refusals();
    this.api.faults.hook = () => this.fault();
    const isKilled = this.roll(5) === 0;
    const isStopped = !isKilled && this.roll(12) === 0;
    const result = await this.sync(isStopped ? {stopAt: 1 + this.roll(20)} : {});
    this.counts.kills += isKilled ? 1 : 0;
    this.counts.stops += isStopped ? 1 : 0;
    this.take(result, isKilled ? this.roll(result.messages.length + 1) : result.messages.length);
  }

  /** A sync in which nothing goes wrong, a day after the last change. */
  async rest(): Promise<ReadResult> {
    await this.clock.run(this.clock.sleep(DAY));
    this.api.settings.refusals = [];
    this.api.faults.hook = undefined;
    const result = await this.sync({}, 0);
    this.take(result, result.messages.length);
    return result;
  }

  /** What the destination lacks, has in an old version, or has though it never was. */
  verdict(): {missing: string[]; stale: string[]; madeUp: string[]} {
    const owed = OBJECTS.flatMap((object) =>
      this.world.truth(object, {from: START}).map(({id, updatedAt}) => ({key: `${object}/${id}`, updatedAt})),
    );
    const missing = owed.filter(({key}) => !this.newest.has(key)).map(({key}) => key);
    const stale = owed
      .filter(({key, updatedAt}) => this.newest.has(key) && this.newest.get(key) !== updatedAt)
      .map(({key}) => key);
    return {missing, stale, madeUp: [...this.madeUp]};
  }

  private async sync(over: {stopAt?: number}, changes = this.roll(4)): Promise<ReadResult> {
    const {api, clock, states} = this;
    const result = await read({
      ...{api, clock, states},
      streams: OBJECTS,
      mode: 'incremental',
      start: START,
      lookback: LOOKBACK,
      pageSize: 60,
      concurrency: 4,
      latency: () => 20 + this.roll(3000),
      before: () => {
        if (this.roll(20) < changes) this.change(1000);
      },
      mostMs: DAY,
      ...over,
    });
    this.counts.syncs += 1;
    this.counts.failed += result.failed.length;
    this.counts.requests += result.requests;
    return result;
  }

  /** What reaches the destination of so many messages, and the states that are kept: those of a platform that was told no more. */
  private take({messages}: ReadResult, cut: number): void {
    const written = messages.slice(0, cut);
    // Some destinations keep nothing behind the last state.
    const last = written.findLastIndex(({type}) => type === 'STATE');
    const kept = this.roll(2) === 0 ? written : written.slice(0, last + 1);
    for (const {stream, id, updatedAt} of recordsOf(kept)) {
      const instant = parseInstant(updatedAt) ?? 0;
      const key = `${stream}/${id}`;
      this.counts.rows += 1;
      if (!this.versions.has(`${key} ${instant}`)) this.madeUp.add(`${key} ${updatedAt}`);
      if (instant >= (this.newest.get(key) ?? 0)) this.newest.set(key, instant);
    }
    for (const [stream, state] of Object.entries(statesAt({messages} as ReadResult, OBJECTS, cut))) {
      if (state !== undefined) this.states = {...this.states, [stream]: state};
    }
  }

  private firstRow(at: number): NewRow {
    const object = OBJECTS[at % OBJECTS.length] as ObjectName;
    const age = this.roll(object === 'notes' ? OLDEST_NOTE : 1000 * DAY);
    return {object, id: idOf(at), createdAt: NOW - age - DAY, updatedAt: NOW - age, deleted: at % 11 === 0};
  }

  /** Something happens to a record, some time in these last ms; the index shows it up to 9 minutes later. */
  private change(withinMs: number): void {
    const object = OBJECTS[this.roll(OBJECTS.length)] as ObjectName;
    const rows = this.world.truth(object);
    const row = rows[this.roll(rows.length)];
    const change = {at: this.clock.now() - this.roll(withinMs), lagMs: this.roll(2) * this.roll(9 * MINUTE)};
    const kind = this.roll(5);
    const isNew = kind === 0 || !row || row.updatedAt >= change.at;
    const id = isNew ? idOf(1_000_000 + this.added++) : row.id;
    if (isNew) {
      this.world.insert({object, id, createdAt: change.at, updatedAt: change.at, lagMs: change.lagMs});
    } else this.world[kind === 1 ? 'delete' : 'update'](object, id, change);
    this.note(object, id, change.at);
    this.counts.changes += 1;
  }

  /** Many records of one object change at one instant, or 1 ms after the other. */
  private bulkJob(): void {
    const object = OBJECTS[this.roll(OBJECTS.length)] as ObjectName;
    const rows = this.world.truth(object, {to: this.clock.now() - MINUTE});
    const [first, count, stepMs] = [this.roll(rows.length), 10 + this.roll(40), this.roll(2)];
    const began = this.clock.now() - this.roll(20_000) - 1000;
    const lagMs = this.roll(MINUTE);
    rows.slice(first, first + count).forEach(({id}, at) => {
      this.world.update(object, id, {at: began + at * stepMs, lagMs});
      this.note(object, id, began + at * stepMs);
      this.counts.changes += 1;
    });
  }

  private note(object: string, id: string, updatedAt: number): void {
    this.versions.add(`${object}/${id} ${updatedAt}`);
  }

  /** What is refused throughout the next sync: mostly nothing. */
  private refusals(): RefusalRule[] {
    const status = REFUSED[this.roll(REFUSED.length)] as number;
    const names = [CONTEXTS[this.roll(CONTEXTS.length)] as string];
    switch (this.roll(8)) {
      case 0:
        return [{of: 'archive', status}];
      case 1:
        return [{of: 'search', names, includeDeleted: true, status: 400}];
      case 2:
        return [{of: 'archive', includeDeleted: true, status: 422}];
      case 3:
        return [{of: 'search', names, status}];
      default:
        return [];
    }
  }

  private fault(): Fault | undefined {
    if (this.roll(25) > 0) return undefined;
    const kind = PASSING[this.roll(PASSING.length)] as Fault['kind'];
    if (kind !== 'status') return {kind};
    return {kind, status: [429, 500, 502, 503][this.roll(4)] as number};
  }
}
