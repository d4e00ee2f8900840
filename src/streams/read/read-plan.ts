import type {SyncMode} from '../../airbyte/messages';
import type {Log} from '../../airbyte/outlet';
import type {StreamRun} from '../../airbyte/stream';
import {type StreamState, parseStreamState} from '../../cursor/stream-state';
import {type Interval, formatInstant} from '../../time';
import type {StreamDeps} from '../stream';

/** What a read of a stream has to do, by its state, the config and the time. */
export interface ReadPlan {
  /** The closed range of `updatedAt` that will be done when the read is complete. */
  readonly range: Interval;
  /** The state that it goes on from, where one counts in this mode. */
  readonly state: StreamState | undefined;
  /** By what is searched, where that is not `updatedAt`: its states say so. */
  readonly sortedBy?: string | undefined;
}

export interface PlanOptions extends Pick<StreamDeps, 'startMs' | 'endMs' | 'lookbackMs'> {
  /** Of the stream. */
  readonly name: string;
  /** When the read begins: epoch ms. */
  readonly now: number;
  /** By what is searched, as states name it: one of another kind does not count. `updatedAt` unless given. */
  readonly sortedBy?: string | undefined;
}

/**
 * The range that a read covers: from the start date, or a lookback before the cursor, to now or the end date.
 * The upper end is fixed here: what changes later belongs to the next read.
 * @returns undefined when there is nothing to read: the cursor lies in the future (which is warned of) or past the end date, or
 * the full refresh is complete
 * @throws InvalidStateError
 */
export function planRead(
  {mode, state, log}: Pick<StreamRun, 'mode' | 'state' | 'log'>,
  {name, now, startMs, endMs, lookbackMs, sortedBy}: PlanOptions,
): ReadPlan | undefined {
  const parsed = parseStreamState(state);
  // A full refresh goes on from its own states only: a cursor of incremental reads would hide the history from it.
  const own = mode === 'incremental' || parsed?.fullRefresh !== undefined ? parsed : undefined;
  const resumed = own?.sortedBy === sortedBy ? own : undefined;
  if (own && !resumed) {
    log('INFO', `${name}: it was searched by another time before, so it is read from the start date on`);
  }
  const upper = Math.min(now, endMs ?? now);
  if (mode === 'full_refresh' && resumed?.fullRefresh === true) return undefined;
  if (resumed && resumed.cursor > now) {
    const cursor = formatInstant(resumed.cursor);
    log(
      'WARN',
      `${name}: the state lies in the future (${cursor}), so nothing is read until then: if this machine's clock is right, reset the stream`,
    );
  }
  if (resumed && resumed.cursor > upper) return undefined;
  const from = resumed ? Math.max(startMs, resumed.cursor - lookbackMs) : startMs;
  return {range: [from, upper], state: resumed};
}

/** Longer ranges are not left to the next read because nothing came of them: ms. */
const MAX_REPEATED_MS = 24 * 60 * 60_000;

/**
 * Whether a read in which nothing comes leaves its state as it is, so that the next one asks for the same again. Then one answer
 * that is empty by mistake costs nothing but time, and one request tells that nothing has happened.
 */
export function isRepeatable(mode: SyncMode, {range: [from, to], state}: ReadPlan): boolean {
  return mode === 'incremental' && state?.done.length === 0 && to - from <= MAX_REPEATED_MS;
}

/** A lookback makes up for less: ms. */
const NOTABLE_SKEW_MS = 10_000;

/**
 * The last instant that a read may promise: its upper end, or what Kustomer's clock showed when the read began, if that is
 * earlier; changes up to there would otherwise be taken for read.
 * @param to the upper end: epoch ms; @param now when the read began by our clock: epoch ms
 * @param ahead how far our clock is ahead of Kustomer's: ms
 */
export function promisedEnd(to: number, now: number, ahead: number, log: Log): number {
  if (ahead > NOTABLE_SKEW_MS) {
    const seconds = Math.round(ahead / 1000);
    log(
      'WARN',
      `this machine's clock is ${seconds} s ahead of Kustomer's, so the state goes back by as much: set the clock right`,
    );
  }
  return Math.min(to, now - ahead);
}
