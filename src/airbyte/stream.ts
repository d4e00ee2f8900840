import type {Row, SyncMode} from './messages';
import type {Log} from './outlet';

/** What a stream is given for one read, and where it puts what it finds. */
export interface StreamRun {
  readonly mode: SyncMode;
  /** Its last state, as it was emitted; undefined where there is none. */
  readonly state: unknown;
  /** Its `json_schema` in the configured catalog, unchecked. */
  readonly schema: unknown;
  /** Writes records; resolves when there is space for more. */
  records(rows: readonly Row[]): Promise<void>;
  /** Writes a state, which promises that all it covers has been written: call it after the records it covers. */
  checkpoint(state: unknown): Promise<void>;
  /** Records since the last checkpoint, and ms since then. */
  sinceCheckpoint(): {readonly records: number; readonly ms: number};
  /** Estimates how many records are still to come. */
  expect(records: number): void;
  readonly log: Log;
}

/** What requests have cost so far. */
export interface Counts {
  /** That were sent. */
  readonly requests: number;
  /** Attempts that failed and were made again. */
  readonly retries: number;
  /** Responses that refused for the rate limit. */
  readonly refusals: number;
}

/** A stream as the sync sees it. */
export interface SyncStream {
  readonly name: string;
  /** What its requests have cost, those included that it shares with other streams. */
  readonly counts: Counts;
  /**
   * Reads it whole, with a checkpoint last, or throws: then after a checkpoint that covers what was written.
   * @param all the runs of all streams that are read, by name: some streams are read together
   */
  read(run: StreamRun, all: ReadonlyMap<string, StreamRun>): Promise<void>;
}

/** One stream of the configured catalog. */
export interface StreamJob {
  readonly stream: SyncStream;
  readonly mode: SyncMode;
  readonly state: unknown;
  /** Its `json_schema` in the configured catalog, unchecked. */
  readonly schema?: unknown;
}
