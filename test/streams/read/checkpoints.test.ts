import type {StreamRun} from '../../../src/airbyte/stream';
import {isCheckpointDue} from '../../../src/streams/read/checkpoints';

test.each([
  [0, 0, false],
  [4_999, 29_999, false],
  [5_000, 0, true],
  [0, 30_000, true],
])('after %i records and %i ms: %s', (records, ms, due) => {
  const run = {sinceCheckpoint: () => ({records, ms})} as StreamRun;
  expect(isCheckpointDue(run)).toBe(due);
});
