import type {SyncMode} from '../../airbyte/messages';
import type {StreamRun} from '../../airbyte/stream';
import {type StreamState, formatStreamState} from '../../cursor/stream-state';

/** A state is written after so many records, or so many ms, at the latest (docs/airbyte-protocol.md, Read: the messages of a stream, 4). */
const MAX_RECORDS = 5_000;
const MAX_MS = 30_000;

/** A state that a read emits while it is under way, as JSON. */
export function runningState(mode: SyncMode, state: StreamState): Record<string, unknown> {
  return formatState(mode, state, false);
}

/** The last state of a complete read, as JSON. */
export function completeState(mode: SyncMode, state: StreamState): Record<string, unknown> {
  return formatState(mode, state, true);
}

/** Only a full refresh says whether it is complete, whatever an earlier state said: one of incremental reads would be taken for its own. */
function formatState(mode: SyncMode, state: StreamState, isComplete: boolean): Record<string, unknown> {
  return formatStreamState({...state, fullRefresh: mode === 'full_refresh' ? isComplete : undefined});
}

/** Whether it is time for a state, whatever it may say. */
export function isCheckpointDue(run: StreamRun): boolean {
  const {records, ms} = run.sinceCheckpoint();
  return records >= MAX_RECORDS || ms >= MAX_MS;
}
