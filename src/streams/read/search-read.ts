import type {StreamRun} from '../../airbyte/stream';
import {type Intervals, intersect, without} from '../../cursor/intervals';
import type {StreamState} from '../../cursor/stream-state';
import {COARSE_MS} from '../../keyset/places';
import {readWindows} from '../../keyset/read-windows';
import type {Batch} from '../../keyset/seek';
import {notAmong, versionOf} from '../../keyset/seen';
import {type Window, Windows} from '../../keyset/windows';
import type {WorkerSlots} from '../../keyset/worker-slots';
import {archiveEnd, searchHorizon} from '../../kustomer/archive';
import type {Search} from '../../kustomer/search';
import type {Interval} from '../../time';
import {PARENTS_UNDER_WAY} from './children';
import {completeState, isCheckpointDue, runningState} from './checkpoints';
import {Coverage} from './coverage';
import {InOrder, type Question} from './in-order';
import type {OldChildren} from './old-children';
import {oneByOne} from './one-by-one';
import {type Part, type Take, isRefusalOf} from './part';
import type {ReadProgress} from './progress';
import {type ReadPlan, isRepeatable, promisedEnd} from './read-plan';
import type {RowReport, ShapedRow} from './rows';

export interface SearchReadOptions<T> {
  readonly run: StreamRun;
  readonly plan: ReadPlan;
  readonly search: Part<T>;
  /** Undefined where it is not to be asked. */
  readonly archive: Part<T> | undefined;
  /** What takes the place of the archive where there is none; undefined where it is not to be asked. */
  readonly old?: OldChildren | undefined;
  readonly workers: WorkerSlots;
  readonly progress: ReadProgress;
  /** When the read began: epoch ms. */
  readonly now: number;
  readonly lookbackMs: number;
  /** How far our clock is ahead of Kustomer's, as far as is known by now: ms. */
  readonly clockAheadMs: () => number;
}

/**
 * One read of one searched stream. Search and archive overlap where it is not known which of them has a record: there search
 * is read first, since records move from it to the archive, and what it gave is remembered and skipped in the archive.
 */
export class SearchRead<T> {
  private readonly open = new Set<Windows>();
  /** What search gave where the archive may have it too. */
  private readonly overlap = new Set<string>();
  private readonly coverage: Coverage;
  /** Search has given something. */
  private hasFound = false;

  constructor(private readonly options: SearchReadOptions<T>) {
    this.coverage = new Coverage(options.plan);
  }

  /** Reads the range of the plan whole, with a checkpoint last, also where it fails. */
  async read(): Promise<void> {
    const {plan, search, archive, old, now, run, clockAheadMs} = this.options;
    const [from, to] = plan.range;
    const hasOverlap = (archive ?? old) !== undefined && from < searchHorizon(now);
    try {
      if (hasOverlap) {
        const overlap: Interval = [from, Math.min(archiveEnd(now), to)];
        if (archive) this.coverage.expectArchive(overlap);
        // With an end date of before the horizon each read begins before it: what is done is not owed again.
        const isBegun = plan.state !== undefined && plan.state.cursor >= Math.min(searchHorizon(now), to);
        if (old && !isBegun) this.coverage.expectParents([from, now]);
        await this.readPart(search, this.coverage.missingFromSearch(overlap), this.takeOverlap);
      }
      const isRepeated = isRepeatable(run.mode, plan);
      const rest = this.readPart(search, this.coverage.missingFromSearch(), this.takeRest, isRepeated);
      const forgotten = archive ? this.readArchive(archive) : old && this.readOld(old);
      const parts = await Promise.allSettled([rest, forgotten]);
      for (const part of parts) if (part.status === 'rejected') throw part.reason;
      await this.readDeleted();
    } catch (error) {
      await this.checkpoint();
      throw error;
    } finally {
      search.decoder.rows.report(run.log);
    }
    const end = promisedEnd(to, now, clockAheadMs(), run.log);
    const isKept = !this.hasFound && isRepeatable(run.mode, plan);
    await this.emitState(
      this.coverage.complete(isKept ? Math.min(end, plan.state?.cursor ?? end) : end),
      true,
    );
  }

  /** A part may show what stands up to a second behind its end (keyset/windows.ts): the first part, of what this one begins with. */
  private readonly takeRest = this.takeSearched((found) => notAmong(this.overlap, found));

  private readonly takeOverlap = this.takeSearched((found) => {
    for (const record of found) this.overlap.add(versionOf(record));
    return found;
  });

  private takeSearched(pick: Take<T>['pick']): Take<T> {
    return {
      pick: (found) => {
        const wanted = pick(found);
        this.hasFound ||= wanted.length > 0;
        return wanted;
      },
      done: (interval) => this.coverage.onSearched(interval, this.options.search.source.isWithoutDeleted),
    };
  }

  private async readArchive(archive: Part<T>): Promise<void> {
    let hasServed = false;
    try {
      await this.readPart(archive, this.coverage.missingFromArchive, {
        pick: (found) => {
          hasServed = true;
          return notAmong(this.overlap, found);
        },
        done: (interval) => this.coverage.onArchived(interval, archive.source.isWithoutDeleted),
      });
    } catch (error) {
      // Refused from the first question on: there is no archive for this key. Later it is a failure like any other.
      if (hasServed || !isRefusalOf(archive.source, error)) throw error;
      this.onArchiveRefused(error);
    }
  }

  private async readOld(old: OldChildren): Promise<void> {
    const refusal = await old.read({
      now: this.options.now,
      coverage: this.coverage,
      known: this.overlap,
      read: (part, missing, take) => this.readPart(part, missing, take),
    });
    if (refusal) this.onArchiveRefused(refusal);
  }

  /** What it should have given is owed from now on. */
  private onArchiveRefused({message}: Error): void {
    this.coverage.onArchiveRefused();
    this.options.run.log(
      'WARN',
      `the archive is refused (${message}), so records that only it has are missing, mostly those last updated more than two years ago. They are read once it is granted; set "include_archived" to false if your organization has no archive`,
    );
  }

  /**
   * Reads once more what was read without its deleted records, where they are included again: of what the archive may have,
   * search first, and nothing is done before the archive has given it too.
   */
  private async readDeleted(): Promise<void> {
    const {search, archive = this.options.old?.archive, now} = this.options;
    const owed = this.coverage.missingDeleted;
    const old = archive ? intersect(owed, [[-Infinity, archiveEnd(now)]]) : [];
    const read = (part: Part<unknown>, missing: Intervals, isDone: boolean): Promise<void> =>
      this.readPart(part, missing, {
        pick: (found) => found,
        done: (interval) => {
          if (isDone && !part.source.isWithoutDeleted) this.coverage.onDeletedRead(interval);
        },
      });
    if (!search.source.isWithoutDeleted) await read(search, without(owed, old), true);
    if (!archive || !(await this.includesDeleted(archive.source, old))) return;
    if (!search.source.isWithoutDeleted) await read(search, old, false);
    if (!search.source.isWithoutDeleted) await read(archive, old, true);
  }

  /** Whether an archive gives deleted records of what is owed: one question, since all of search would be read again for them. */
  private async includesDeleted(archive: Search<unknown>, [first]: Intervals): Promise<boolean> {
    if (!first || archive.isWithoutDeleted) return false;
    try {
      await archive.page({updated: first, sort: 'updated', page: 1});
    } catch (error) {
      if (isRefusalOf(archive, error)) return false;
      throw error;
    }
    return !archive.isWithoutDeleted;
  }

  private async readPart<U>(
    part: Part<U>,
    missing: Intervals,
    take: Take<U>,
    isRepeated = false,
  ): Promise<void> {
    const {source, decoder} = part;
    const {workers, progress} = this.options;
    const windows = new Windows(missing, source.limits, this.stableUntil - COARSE_MS - 1, isRepeated);
    this.open.add(windows);
    const asked = new InOrder<readonly ShapedRow[]>(PARENTS_UNDER_WAY);
    const sink = async (batch: Batch<U>, {from}: Window): Promise<void> => {
      const records = take.pick(batch.records);
      progress.found += records.length;
      progress.left = [...this.open].reduce((sum, one) => sum + one.remaining, 0);
      const questions = this.questions(part, take, {...batch, records, from});
      if (decoder.asksEach) return asked.add(questions);
      for (const question of questions) await question.take(await question.ask());
    };
    try {
      await readWindows({source, windows, workers, pageSize: () => source.asks, sink});
    } finally {
      await asked.finish();
    }
    this.open.delete(windows);
  }

  /** How the rows of a batch are had, and written: of all its records together, or of each by itself. */
  private *questions<U>(
    {decoder}: Part<U>,
    take: Take<U>,
    {from, ...batch}: Batch<U> & Pick<Window, 'from'>,
  ): Generator<Question<readonly ShapedRow[]>> {
    for (const {records, doneTo} of decoder.asksEach ? oneByOne(batch) : [batch]) {
      yield {
        ask: () => decoder.toRows(records),
        take: async (rows) => {
          await this.write(rows, decoder.rows, records.length);
          take.done([from, doneTo]);
          if (isCheckpointDue(this.options.run)) await this.checkpoint();
        },
      };
    }
  }

  /** @param records of which the rows came */
  private async write(rows: readonly ShapedRow[], report: RowReport, records: number): Promise<void> {
    const {run, progress} = this.options;
    report.note(rows);
    progress.written += records;
    progress.rows += rows.length;
    await run.records(rows);
    run.expect(progress.rowsLeft);
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
    const {run, plan} = this.options;
    const told = plan.sortedBy === undefined ? state : {...state, sortedBy: plan.sortedBy};
    await run.checkpoint((isComplete ? completeState : runningState)(run.mode, told));
  }
}
