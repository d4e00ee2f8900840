import type {StreamRun} from '../../../src/airbyte/stream';
import {completeState, isCheckpointDue, runningState} from '../../../src/streams/read/checkpoints';

test.each([
  [0, 0, false],
  [4_999, 29_999, false],
  [5_000, 0, true],
  [0, 30_000, true],
])('after %i records and %i ms: %s', (records, ms, due) => {
  const run = {sinceCheckpoint: () => ({records, ms})} as StreamRun;
  expect(isCheckpointDue(run)).toBe(due);
});

describe('the state of a read', () => {
  const state = {cursor: 0, done: [[10, 20]], fullRefresh: true} as const;
  const [updated_at, from, to] = [0, 10, 20].map((at) => new Date(at).toISOString());
  const done = [[from, to]];
  const MARK = '__ab_full_refresh_sync_complete';

  test('says of a full refresh whether it is complete, and nothing of the kind otherwise', () => {
    expect(runningState('full_refresh', state)).toEqual({updated_at, done, [MARK]: false});
    expect(completeState('full_refresh', state)).toEqual({updated_at, done, [MARK]: true});
    expect(runningState('incremental', state)).toEqual({updated_at, done});
    expect(completeState('incremental', state)).toEqual({updated_at, done});
  });

  test('keeps what the archive owes', () => {
    expect(runningState('incremental', {...state, done: [], pendingArchive: [[10, 20]]})).toEqual({
      updated_at,
      unarchived: done,
    });
  });
});
