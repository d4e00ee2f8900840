import type {StreamRun} from '../../airbyte/stream';
import {type Intervals, intersect, without} from '../../cursor/intervals';
import type {StreamState} from '../../cursor/stream-state';
import {type KustomerError, RefusedError, UnavailableError} from '../../http/errors';
import type {FoundRecord} from '../../keyset/page';
import {COARSE_MS} from '../../keyset/places';
import {readWindows} from '../../keyset/read-windows';
import type {Batch} from '../../keyset/seek';
import {versionOf} from '../../keyset/seen';
import {type Window, Windows} from '../../keyset/windows';
import type {WorkerSlots} from '../../keyset/worker-slots';
import {archiveEnd, searchHorizon} from '../../kustomer/archive';
import type {Resource} from '../../kustomer/envelope';
import type {DecodedRecord, Search} from '../../kustomer/search';
import type {Interval} from '../../time';
import {completeState, isCheckpointDue, runningState} from './checkpoints';
import {Coverage} from './coverage';
import type {ReadProgress} from './progress';
import {type ReadPlan, promisedEnd} from './read-plan';
import type {RowReport, ShapedRow} from './rows';

/** What becomes of the records that are found. */
export interface RecordDecoder<T> {
  readonly rows: RowReport;
  /** What is kept of a record while its page is being read: many of them are held at once. */
  decode(resource: Resource): T;
  /** The same of a record that is not parsed; undefined where it has to be. */
  decodeBytes?(record: Buffer): DecodedRecord<T> | undefined;
  /** The rows that come of records: one of each, or of what hangs on them. */
  toRows(found: readonly FoundRecord<T>[]): Promise<readonly ShapedRow[]>;
}

export interface SearchReadOptions<T> {
  readonly run: StreamRun;
  readonly plan: ReadPlan;
  readonly decoder: RecordDecoder<T>;
  readonly search: Search<T>;
  /** Undefined where it is not to be asked. */
  readonly archive: Search<T> | undefined;
  readonly workers: WorkerSlots;
  readonly progress: ReadProgress;
  /** When the read began: epoch ms. */
  readonly now: number;
  readonly lookbackMs: number;
  /** How far our clock is ahead of Kustomer's, as far as is known by now: ms. */
  readonly clockAheadMs: () => number;
}

/** Takes the records that one source gives, and what they cover. */
type Take<T> = (records: readonly FoundRecord<T>[], done: Interval) => Promise<void>;

/**
 * One read of one searched stream. Search and archive overlap where it is not known which of them has a record: there search
 * is read first, since records move from it to the archive, and what it gave is remembered and skipped in the archive.
 */
export class SearchRead<T> {
  private readonly open = new Set<Windows>();
  /** What search gave where the archive may have it too. */
  private readonly overlap = new Set<string>();
  private readonly coverage: Coverage;
  /** Rows that came of the records found so far. */
  private emitted = 0;

  constructor(private readonly options: SearchReadOptions<T>) {
    this.coverage = new Coverage(options.plan);
  }

  /** Reads the range of the plan whole, with a checkpoint last, also where it fails. */
  async read(): Promise<void> {
    const {plan, search, archive, now, run, decoder, clockAheadMs} = this.options;
    const [from, to] = plan.range;
    const overlapEnd = archive && from < searchHorizon(now) ? Math.min(archiveEnd(now), to) : undefined;
    try {
      if (overlapEnd !== undefined) {
        this.coverage.expectArchive([from, overlapEnd]);
        await this.readPart(search, this.coverage.missingFromSearch([from, overlapEnd]), this.takeOverlap);
      }
      const rest = this.readPart(search, this.coverage.missingFromSearch(), this.takeSearched);
      const parts = await Promise.allSettled([rest, archive && this.readArchive(archive)]);
      for (const part of parts) if (part.status === 'rejected') throw part.reason;
      await this.readDeleted();
    } catch (error) {
      await this.checkpoint();
      throw error;
    } finally {
      decoder.rows.report(run.log);
    }
    await this.emitState(this.coverage.complete(promisedEnd(to, now, clockAheadMs(), run.log)), true);
  }

  private readonly takeSearched: Take<T> = async (records, done) => {
    await this.emit(records);
    this.coverage.onSearched(done, this.options.search.isWithoutDeleted);
  };

  private readonly takeOverlap: Take<T> = async (records, done) => {
    for (const record of records) this.overlap.add(versionOf(record));
    await this.takeSearched(records, done);
  };

  private async readArchive(archive: Search<T>): Promise<void> {
    let hasServed = false;
    try {
      await this.readPart(archive, this.coverage.missingFromArchive, async (records, done) => {
        hasServed = true;
        await this.emit(records.filter((record) => !this.overlap.has(versionOf(record))));
        this.coverage.onArchived(done, archive.isWithoutDeleted);
      });
    } catch (error) {
      // Refused from the first question on: there is no archive for this key. Later it is a failure like any other.
      if (hasServed || !isRefusalOf(archive, error)) throw error;
      this.coverage.onArchiveRefused();
      this.options.run.log(
        'WARN',
        `the archive is refused (${error.message}), so records that only it has are missing, mostly those last updated more than two years ago. They are read once it is granted; set "include_archived" to false if your organization has no archive`,
      );
    }
  }

  /**
   * Reads once more what was read without its deleted records, where they are included again: of what the archive may have,
   * search first, and nothing is done before the archive has given it too.
   */
  private async readDeleted(): Promise<void> {
    const {search, archive, now} = this.options;
    const owed = this.coverage.missingDeleted;
    const old = archive ? intersect(owed, [[-Infinity, archiveEnd(now)]]) : [];
    const takeFrom =
      (source: Search<T>): Take<T> =>
      async (records, done) => {
        await this.emit(records);
        if (!source.isWithoutDeleted) this.coverage.onDeletedRead(done);
      };
    if (!search.isWithoutDeleted) await this.readPart(search, without(owed, old), takeFrom(search));
    if (!archive || !(await this.includesDeleted(archive, old))) return;
    if (!search.isWithoutDeleted) await this.readPart(search, old, (records) => this.emit(records));
    if (!search.isWithoutDeleted) await this.readPart(archive, old, takeFrom(archive));
  }

  /** Whether an archive gives deleted records of what is owed: one question, since all of search would be read again for them. */
  private async includesDeleted(archive: Search<T>, [first]: Intervals): Promise<boolean> {
    if (!first || archive.isWithoutDeleted) return false;
    try {
      await archive.page({updated: first, sort: 'updated', page: 1});
    } catch (error) {
      if (isRefusalOf(archive, error)) return false;
      throw error;
    }
    return !archive.isWithoutDeleted;
  }

  private async readPart(source: Search<T>, missing: Intervals, take: Take<T>): Promise<void> {
    const {run, workers, progress} = this.options;
    const windows = new Windows(missing, source.limits, this.stableUntil - COARSE_MS - 1);
    this.open.add(windows);
    const sink = async ({records, doneTo}: Batch<T>, window: Window): Promise<void> => {
      await take(records, [window.from, doneTo]);
      progress.left = [...this.open].reduce((sum, one) => sum + one.remaining, 0);
      run.expect(progress.left * (progress.found > 0 ? this.emitted / progress.found : 1));
      if (isCheckpointDue(run)) await this.checkpoint();
    };
    await readWindows({source, windows, workers, pageSize: () => source.asks, sink});
    this.open.delete(windows);
  }

  private async emit(found: readonly FoundRecord<T>[]): Promise<void> {
    const {decoder, run, progress} = this.options;
    const rows = await decoder.toRows(found);
    progress.found += found.length;
    this.emitted += rows.length;
    decoder.rows.note(rows);
    await run.records(rows);
  }

  /** Says what is done so far. The last lookback is never done before the end: the index may not yet show it whole. */
  private async checkpoint(): Promise<void> {
    await this.emitState(this.coverage.soFar(this.stableUntil), false);
  }

  private get stableUntil(): number {
    const {plan, now, lookbackMs, clockAheadMs} = this.options;
    return Math.min(plan.range[1], now - clockAheadMs() - lookbackMs);
  }

  private async emitState(state: StreamState, isComplete: boolean): Promise<void> {
    const {run} = this.options;
    await run.checkpoint((isComplete ? completeState : runningState)(run.mode, state));
  }
}

/** Any final answer of an archive that never served says: there is none for this key. */
function isRefusalOf(archive: Search<unknown>, error: unknown): error is KustomerError {
  const isFinal =
    error instanceof RefusedError ||
    (error instanceof UnavailableError && error.status !== undefined && error.status >= 500);
  return isFinal && error.endpoint?.path === archive.endpoint.path;
}
