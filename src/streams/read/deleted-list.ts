import {createHash} from 'node:crypto';
import type {DeletedListState} from '../../cursor/stream-state';
import type {Interval} from '../../time';

/** A little less than a day, so that a daily sync asks each time. */
const MAX_AGE_MS = 23 * 60 * 60_000;

export interface DeletedListOptions {
  /** When the read begins: epoch ms. */
  readonly now: number;
  /** Epoch ms. */
  readonly startMs: number;
  /** ms. */
  readonly lookbackMs: number;
}

/**
 * When a stream asks for its list of deleted records. What is newly deleted has left the list of live ones, so the same live ids
 * mean that there is nothing to ask for. Only what was created and deleted between two reads, or has changed since it was
 * deleted, does not show there: that is looked for once a day.
 */
export class DeletedList {
  private liveIds = '';
  private isRead = false;

  /** @param before what the last state says; undefined where it says nothing: then the list is due, from the start date on */
  constructor(
    private readonly before: DeletedListState | undefined,
    private readonly options: DeletedListOptions,
  ) {}

  /**
   * Whether the list is due, and from when on its records are new: further back than the stream's cursor, where that went on
   * without it.
   * @param live the ids of the live list, which was read just now; @param to the upper end of this read: epoch ms
   * @returns undefined where it need not be asked for
   */
  due(live: ReadonlySet<string>, to: number): Interval | undefined {
    const {now, startMs, lookbackMs} = this.options;
    this.liveIds = digestOf(live);
    if (!this.before) return [startMs, to];
    const {cursor, liveIds} = this.before;
    if (liveIds === this.liveIds && now - cursor < MAX_AGE_MS) return undefined;
    return [Math.max(startMs, cursor - lookbackMs), to];
  }

  /** Called when the list was read to its end. */
  done(): void {
    this.isRead = true;
  }

  /** What the state of a complete read says. @param cursor of that state: epoch ms */
  stateAt(cursor: number): DeletedListState | undefined {
    return this.isRead ? {cursor, liveIds: this.liveIds} : this.before;
  }
}

/** The same for the same ids, in whatever order: 16 hexadecimal digits. */
function digestOf(ids: ReadonlySet<string>): string {
  const sorted = [...ids].sort().join('\n');
  return createHash('sha256').update(sorted).digest('hex').slice(0, 16);
}
