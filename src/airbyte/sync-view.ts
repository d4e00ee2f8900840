/** What a stream has done so far, for people. */
export interface StreamView {
  readonly name: string;
  readonly status: 'running' | 'complete' | 'failed';
  /** Rows written so far. */
  readonly rows: number;
  /** Rows in all, as far as can be told. */
  readonly expectedRows: number | undefined;
}

/** What a read has done so far, for people. */
export interface SyncView {
  /** Since it began: ms. */
  readonly elapsedMs: number;
  readonly streams: readonly StreamView[];
  /** Requests made so far. */
  readonly requests: number;
  /** The organization's rate limit, as the last answer told it: requests. */
  readonly quota: {readonly remaining: number; readonly limit: number} | undefined;
  /** Until when a rate limit holds requests up: epoch ms, past or undefined where none does. */
  readonly heldUntilMs: number | undefined;
}

/** Called when a read begins, with a way to look at it at any time; returns what is called at its end. */
export type Watch = (look: () => SyncView) => () => void;
