import {type Intervals, add, subtract, without} from '../../cursor/intervals';
import {type StreamState, stateWithin} from '../../cursor/stream-state';
import type {Interval} from '../../time';
import type {ReadPlan} from './read-plan';

/**
 * What of a stream's range has been read, from search and from the archive, and what is still owed: pure bookkeeping, from
 * which each state is told.
 */
export class Coverage {
  private searched: Intervals;
  /** What the archive has to give before this read is done. */
  private archiveLeft: Intervals = [];
  private pendingArchive: Intervals;
  private pendingDeleted: Intervals;
  private readonly range: Interval;
  private readonly reached: number;

  constructor({range, state}: ReadPlan) {
    this.range = range;
    this.reached = state?.cursor ?? range[0];
    this.searched = state?.done ?? [];
    this.pendingArchive = state?.pendingArchive ?? [];
    this.pendingDeleted = state?.pendingDeleted ?? [];
  }

  /** What search has not given yet of a part of the range. */
  missingFromSearch(part: Interval = this.range): Intervals {
    return subtract(part, this.searched);
  }

  /** Called when the archive will be asked for a part of the range as well. */
  expectArchive(part: Interval): void {
    this.archiveLeft = subtract(part, this.searched);
  }

  /** Called when what search has forgotten hangs on parents: they go by their own time, so it is owed until they have been asked. */
  expectParents(part: Interval): void {
    this.pendingArchive = add(this.pendingArchive, part);
  }

  /** What the archive has to give: of this read, and of earlier ones. */
  get missingFromArchive(): Intervals {
    return this.pendingArchive.reduce(add, this.archiveLeft);
  }

  /** What was read without its deleted records. */
  get missingDeleted(): Intervals {
    return this.pendingDeleted;
  }

  /** @param withoutDeleted deleted records were refused, and are owed */
  onSearched(done: Interval, withoutDeleted: boolean): void {
    this.searched = add(this.searched, done);
    if (withoutDeleted) this.pendingDeleted = add(this.pendingDeleted, done);
  }

  /** Called when a part was read again with its deleted records, from all that have it. */
  onDeletedRead(done: Interval): void {
    this.pendingDeleted = without(this.pendingDeleted, [done]);
  }

  /** @param withoutDeleted as in `onSearched` */
  onArchived(done: Interval, withoutDeleted: boolean): void {
    if (withoutDeleted) this.pendingDeleted = add(this.pendingDeleted, done);
    this.archiveLeft = without(this.archiveLeft, [done]);
    this.pendingArchive = without(this.pendingArchive, [done]);
  }

  /** Called when the archive is refused: what it should have given is owed, and asked for by each read to come. */
  onArchiveRefused(): void {
    this.pendingArchive = this.archiveLeft.reduce(add, this.pendingArchive);
    this.archiveLeft = [];
  }

  /** What is done so far. @param stableUntil nothing above this instant counts as done yet: epoch ms */
  soFar(stableUntil: number): StreamState {
    const done = without(this.searched, this.archiveLeft);
    return {...stateWithin(this.range, done, stableUntil, this.reached), ...this.owed};
  }

  /** The state of a read that is complete up to `cursor`: epoch ms. */
  complete(cursor: number): StreamState {
    return {cursor, done: [], ...this.owed};
  }

  private get owed(): Pick<StreamState, 'pendingArchive' | 'pendingDeleted'> {
    const {pendingArchive, pendingDeleted} = this;
    return {pendingArchive, pendingDeleted};
  }
}
