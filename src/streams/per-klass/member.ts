import type {StreamRun} from '../../airbyte/stream';
import {type Intervals, add, intersect, subtract} from '../../cursor/intervals';
import {type StreamState, stateWithin} from '../../cursor/stream-state';
import type {Resource} from '../../kustomer/envelope';
import {completeState, runningState} from '../read/checkpoints';
import type {ReadPlan} from '../read/read-plan';
import type {Rows, ShapedRow} from '../read/rows';

/** One klass stream in the shared read of all that are selected: what it still misses, and its own states. */
export class KlassMember {
  /** Records of its own so far. */
  taken = 0;
  /** What it misses altogether, of the archive's records, and of deleted ones. */
  private readonly missing: Intervals;
  private readonly missingFromArchive: Intervals;
  private readonly missingDeleted: Intervals;

  /** @param name of its stream */
  constructor(
    readonly name: string,
    readonly klass: string,
    readonly run: StreamRun,
    readonly plan: ReadPlan,
    private readonly rows: Rows,
  ) {
    const {done = [], pendingArchive = [], pendingDeleted = []} = plan.state ?? {};
    const unread = subtract(plan.range, done);
    this.missingFromArchive = pendingArchive.reduce(add, unread);
    this.missingDeleted = pendingDeleted.reduce(add, unread);
    this.missing = pendingDeleted.reduce(add, this.missingFromArchive);
  }

  /** What need not be read for it, from this instant on, which is not after the start of its own range: epoch ms. */
  doneSince(from: number): Intervals {
    return add(this.plan.state?.done ?? [], [from, this.plan.range[0] - 1]);
  }

  /**
   * Whether a record of its klass is to be emitted: not if an earlier read did, or it lies before the range.
   * @param updatedAt epoch ms; undefined where it has none that can be used
   */
  misses(updatedAt: number | undefined): boolean {
    if (updatedAt === undefined || updatedAt > this.plan.range[1]) return true;
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
   * Writes its own state, by that of the shared read.
   * @param from where the shared read began: epoch ms
   */
  async checkpoint(shared: StreamState, from: number): Promise<void> {
    const {mode} = this.run;
    const {cursor} = shared;
    // Other streams may miss more than this one.
    const owed = {
      pendingArchive: intersect(shared.pendingArchive ?? [], this.missingFromArchive),
      pendingDeleted: intersect(shared.pendingDeleted ?? [], this.missingDeleted),
    };
    if (shared.fullRefresh) {
      return this.run.checkpoint(completeState(mode, {cursor, done: [], ...owed}));
    }
    const {range, state} = this.plan;
    // Of the cursor's own instant it is not known whether it is done.
    const done = [...shared.done, [from, cursor - 1] as const].reduce<Intervals>(add, state?.done ?? []);
    const own = stateWithin(range, done, range[1], state?.cursor ?? range[0]);
    await this.run.checkpoint(runningState(mode, {...own, ...owed}));
  }
}
