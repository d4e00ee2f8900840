import type {Row, SyncMode} from './messages';
import type {Log} from './outlet';

/** What a stream is handed for one read, and where it puts what it finds. */
export interface StreamRun {
  readonly mode: SyncMode;
  /** The state it is handed, as it was emitted; undefined where there is none. */
  readonly state: unknown;
  /** Its `json_schema` in the configured catalog, whatever that is. */
  readonly schema: unknown;
  /** Writes records; resolves when there is room for more. */
  records(rows: readonly Row[]): Promise<void>;
  /** Promises that nothing it covers need be asked for again: only after the records it covers. */
  checkpoint(state: unknown): Promise<void>;
  /** Records since the last checkpoint, and ms since then. */
  sinceCheckpoint(): {readonly records: number; readonly ms: number};
  /** How many records are still to come, as far as is known. */
  expect(records: number): void;
  readonly log: Log;
}

/** What requests have cost so far. */
export interface Counts {
  /** That were sent. */
  readonly requests: number;
  /** That had to be made again. */
  readonly retries: number;
  /** That were refused for quota. */
  readonly refusals: number;
}

/** A stream as the sync sees it. */
export interface SyncStream {
  readonly name: string;
  /** What its requests cost, those included that it shares with other streams. */
  readonly counts: Counts;
  /** Reads it whole, with a checkpoint last, or throws: then after a checkpoint that covers what was written. */
  read(run: StreamRun): Promise<void>;
}

/** One stream of the configured catalog. */
export interface StreamJob {
  readonly stream: SyncStream;
  readonly mode: SyncMode;
  readonly state: unknown;
  /** `json_schema` of the configured catalog, where it has one. */
  readonly schema?: unknown;
}
