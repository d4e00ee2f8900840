import type {StreamRun} from '../../airbyte/stream';
import {type Intervals, add, subtract, without} from '../../cursor/intervals';
import {formatStreamState, stateWithin} from '../../cursor/stream-state';
import type {Interval} from '../../time';
import {archiveEnd, searchHorizon} from '../../kustomer/archive';
import type {Resource} from '../../kustomer/envelope';
import {RefusedError} from '../../http/errors';
import type {FoundRecord} from '../../keyset/page';
import {type WorkerSlots, readWindows} from '../../keyset/read-windows';
import type {Search} from '../../kustomer/search';
import type {Batch} from '../../keyset/seek';
import {type Window, Windows} from '../../keyset/windows';
import {isCheckpointDue} from './checkpoints';
import {type ReadPlan, promisedEnd} from './read-plan';
import type {RowReport, ShapedRow} from './rows';

/** Answers that say: this token has no archive. */
const NO_ARCHIVE = new Set([401, 403, 404]);

export interface SearchTask extends ReadPlan {
  /** When the read began: epoch ms. */
  readonly now: number;
  /** ms. */
  readonly lookback: number;
  /** How far our clock is ahead of Kustomer's, as far as is known by now: ms. */
  readonly clockAhead: () => number;
}

/** What becomes of the records that are found. */
export interface RecordDecoder<T> {
  readonly rows: RowReport;
  /** What is kept of a record, while its page is being read: many of them are held at once. */
  decode(resource: Resource): T;
  /** The rows that come of records: one of each, or of what hangs on them. */
  toRows(found: readonly FoundRecord<T>[]): Promise<readonly ShapedRow[]>;
}

/** Takes the records that one source of the two gives. */
type Take<T> = (records: readonly FoundRecord<T>[], done: Interval) => Promise<void>;

/**
 * One read of one searched stream. Search and archive overlap where it is not known which of them has a record: there search
 * is read first, since records move from it to the archive, and what it gave is remembered and skipped in the archive.
 */
export class SearchRead<T> {
  private readonly open = new Set<Windows>();
  private readonly seam = new Set<string>();
  /** Records, and the rows that came of them. */
  private found = 0;
  private emitted = 0;
  private searched: Intervals;
  /** What is left to read from the archive before it is done. */
  private unread: Intervals = [];
  /** What the archive owes of earlier reads, and of this one once it is refused. */
  private owed: Intervals;
  private hasServed = false;

  constructor(
    private readonly name: string,
    private readonly run: StreamRun,
    private readonly task: SearchTask,
    private readonly harvest: RecordDecoder<T>,
    private readonly workers: WorkerSlots,
  ) {
    this.searched = task.state?.done ?? [];
    this.owed = task.state?.pendingArchive ?? [];
  }

  /**
   * Reads the range of the task whole, with a checkpoint last, also where it fails.
   * @param archive undefined where it is not to be asked
   */
  async read(search: Search<T>, archive: Search<T> | undefined): Promise<void> {
    const {range, now, clockAhead} = this.task;
    const [from, to] = range;
    const seam = archive && from < searchHorizon(now) ? Math.min(archiveEnd(now), to) : undefined;
    if (seam !== undefined) this.unread = subtract([from, seam], this.searched);
    try {
      if (seam !== undefined) await this.readSeam(search, [from, seam]);
      const rest = this.readPart(search, subtract([from, to], this.searched), this.takeSearched);
      const parts = await Promise.allSettled([rest, archive && this.readArchive(archive)]);
      for (const part of parts) if (part.status === 'rejected') throw part.reason;
    } catch (error) {
      await this.checkpoint();
      throw error;
    } finally {
      this.harvest.rows.report(this.run.log);
    }
    const complete = this.run.mode === 'full_refresh' ? {fullRefresh: true} : {};
    const cursor = promisedEnd(to, now, clockAhead(), this.run.log);
    await this.run.checkpoint(formatStreamState({cursor, done: [], pendingArchive: this.owed, ...complete}));
  }

  private async readSeam(search: Search<T>, range: Interval): Promise<void> {
    await this.readPart(search, subtract(range, this.searched), async (records, done) => {
      for (const record of records) this.seam.add(keyOf(record));
      await this.takeSearched(records, done);
    });
  }

  private async readArchive(archive: Search<T>): Promise<void> {
    try {
      await this.readPart(archive, this.owed.reduce(add, this.unread), async (records, done) => {
        this.hasServed = true;
        await this.emit(records.filter((record) => !this.seam.has(keyOf(record))));
        this.unread = without(this.unread, [done]);
        this.owed = without(this.owed, [done]);
      });
    } catch (error) {
      const isRefused =
        error instanceof RefusedError &&
        error.endpoint?.path === archive.endpoint.path &&
        NO_ARCHIVE.has(error.status);
      // Refused from the first question on: this token has no archive. Later it is a failure like any other.
      if (!isRefused || this.hasServed) throw error;
      this.owed = this.unread.reduce(add, this.owed);
      this.unread = [];
      this.run.log(
        'WARN',
        `${this.name}: the archive is refused (${error.message}), so records that only it has are missing, mostly those last updated more than two years ago; they are read once it is granted`,
      );
    }
  }

  private readonly takeSearched: Take<T> = async (records, done) => {
    await this.emit(records);
    this.searched = add(this.searched, done);
  };

  private async readPart(source: Search<T>, missing: Intervals, take: Take<T>): Promise<void> {
    const windows = new Windows(missing);
    this.open.add(windows);
    const sink = async ({records, doneTo}: Batch<T>, window: Window): Promise<void> => {
      await take(records, [window.from, doneTo]);
      const remaining = [...this.open].reduce((sum, windows) => sum + windows.remaining, 0);
      this.run.expect(this.found > 0 ? (remaining * this.emitted) / this.found : remaining);
      if (isCheckpointDue(this.run)) await this.checkpoint();
    };
    await readWindows({source, windows, workers: this.workers, pageSize: () => source.asks, sink});
    this.open.delete(windows);
  }

  private async emit(found: readonly FoundRecord<T>[]): Promise<void> {
    const rows = await this.harvest.toRows(found);
    this.found += found.length;
    this.emitted += rows.length;
    this.harvest.rows.note(rows);
    await this.run.records(rows);
  }

  /** Says what is done so far. The last lookback is never done before the end: the index may not yet show it whole. */
  private async checkpoint(): Promise<void> {
    const {range, state, now, lookback, clockAhead} = this.task;
    const [from, to] = range;
    const done = without(this.searched, this.unread);
    const settled = Math.min(to, now - clockAhead() - lookback);
    const within = {...stateWithin(range, done, settled, state?.cursor ?? from), unarchived: this.owed};
    const running = this.run.mode === 'full_refresh' ? {fullRefresh: false} : {};
    await this.run.checkpoint(formatStreamState({...within, ...running}));
  }
}

function keyOf({id, updatedAt}: FoundRecord<unknown>): string {
  return `${id} ${updatedAt}`;
}
