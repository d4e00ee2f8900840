import type {StreamRun} from '../../airbyte/stream';

/** A state is written after so many records, or so many ms, at the latest (docs/airbyte-protocol.md, Read: the messages of a stream, 4). */
const MAX_RECORDS = 5_000;
const MAX_MS = 30_000;

/** Whether it is time for a state, whatever it may say. */
export function isCheckpointDue(run: StreamRun): boolean {
  const {records, ms} = run.sinceCheckpoint();
  return records >= MAX_RECORDS || ms >= MAX_MS;
}
