import type {StreamRun} from '../../airbyte/stream';
import {type Intervals, add, intersect, subtract} from '../../cursor/intervals';
import {type StreamState, formatStreamState, stateWithin} from '../../cursor/stream-state';
import type {Resource} from '../../kustomer/envelope';
import type {ReadPlan} from '../read/read-plan';
import type {Rows, ShapedRow} from '../read/rows';

/** One klass stream in the common read of all that are selected: what it still misses, and what it says of itself. */
export class KlassMember {
  /** Records that were its own so far. */
  taken = 0;
  private readonly missing: Intervals;

  constructor(
    readonly klass: string,
    readonly run: StreamRun,
    readonly task: ReadPlan,
    private readonly rows: Rows,
  ) {
    const {done = [], pendingArchive: unarchived = []} = task.state ?? {};
    this.missing = unarchived.reduce(add, subtract(task.range, done));
  }

  /** What need not be read for it, from an instant before its own range on. */
  doneSince(from: number): Intervals {
    return add(this.task.state?.done ?? [], [from, this.task.range[0] - 1]);
  }

  /** Whether a record of its klass belongs into this read: an earlier one may have had it. */
  misses(updatedAt: number): boolean {
    return this.missing.some(([from, to]) => from <= updatedAt && updatedAt <= to);
  }

  shape(resource: Resource): ShapedRow {
    return this.rows.shape(resource);
  }

  note(row: ShapedRow): void {
    this.taken += 1;
    this.rows.note([row]);
  }

  report(): void {
    this.rows.report(this.run.log);
  }

  /**
   * Writes its own state, told from that of the common read.
   * @param from where the common read began
   */
  async checkpoint(common: StreamState, from: number): Promise<void> {
    const isWhole = this.run.mode === 'full_refresh';
    const {cursor} = common;
    // Of what the archive owes, another stream may miss more than this one.
    const unarchived = intersect(common.pendingArchive ?? [], this.missing);
    if (common.fullRefresh) {
      const complete = isWhole ? {fullRefresh: true} : {};
      return this.run.checkpoint(
        formatStreamState({cursor, done: [], pendingArchive: unarchived, ...complete}),
      );
    }
    const {range, state} = this.task;
    // Of the cursor's own instant it is not known whether it is done.
    const done = [...common.done, [from, cursor - 1] as const].reduce<Intervals>(add, state?.done ?? []);
    const own = stateWithin(range, done, range[1], state?.cursor ?? range[0]);
    await this.run.checkpoint(
      formatStreamState({...own, pendingArchive: unarchived, ...(isWhole && {fullRefresh: false})}),
    );
  }
}
