import type {SyncMode} from '../airbyte/messages';
import {type StreamState, parseStreamState} from '../cursor/stream-state';
import type {Interval} from '../instant';
import type {StreamDeps} from './stream';

/** What a read of a stream has to do, told from its state, the config and the time. */
export interface Task {
  /** The closed range of `updatedAt` that will be done when the read is complete. */
  readonly range: Interval;
  /** The state it was handed, where there is one that counts in this mode. */
  readonly state: StreamState | undefined;
}

/**
 * The range that a read covers: from the start date, or a lookback before the cursor, to now or the end date.
 * The upper end is fixed here: what changes later belongs to the next read.
 * @returns undefined when there is nothing to read: the cursor lies in the future or past the end date, or the full refresh is complete
 * @throws InvalidStateError
 */
export function planTask(
  mode: SyncMode,
  state: unknown,
  now: number,
  {start, end, lookback}: Pick<StreamDeps, 'start' | 'end' | 'lookback'>,
): Task | undefined {
  const parsed = parseStreamState(state);
  // A full refresh goes on from its own states only: a cursor of incremental reads would hide the history from it.
  const resumed = mode === 'incremental' || parsed?.fullRefresh !== undefined ? parsed : undefined;
  const upper = Math.min(now, end ?? now);
  if (mode === 'full_refresh' && resumed?.fullRefresh === true) return undefined;
  if (resumed && resumed.cursor > upper) return undefined;
  const from = resumed ? Math.max(start, resumed.cursor - lookback) : start;
  return {range: [from, upper], state: resumed};
}
