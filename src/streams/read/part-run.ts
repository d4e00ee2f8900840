import type {SyncMode} from '../../airbyte/messages';
import type {StreamRun} from '../../airbyte/stream';

/** In what a part of a read differs from the whole. */
export interface Part {
  readonly mode?: SyncMode;
  readonly state?: unknown;
  /** Called with each state of the part, to write one of the stream that holds it. */
  readonly checkpoint: (state: unknown) => Promise<void>;
}

/** The run of a part of a stream's read: it writes rows as the stream, and its states become parts of the stream's. */
export function partOf(run: StreamRun, {mode = run.mode, state = run.state, checkpoint}: Part): StreamRun {
  return {
    mode,
    state,
    checkpoint,
    schema: run.schema,
    log: run.log,
    records: (rows) => run.records(rows),
    sinceCheckpoint: () => run.sinceCheckpoint(),
    expect: (records) => run.expect(records),
  };
}
