/**
 * The messages of Airbyte's protocol that this source writes, as of airbyte_protocol.yaml 0.18 (docs/airbyte-protocol.md, Read: the messages of a stream).
 * RECORD is written by the outlet, a page of them at once.
 */

export type FailureType = 'config_error' | 'transient_error' | 'system_error';
export type LogLevel = 'INFO' | 'WARN' | 'ERROR' | 'DEBUG';
export type SyncMode = 'full_refresh' | 'incremental';
export type StreamStatus = 'STARTED' | 'RUNNING' | 'COMPLETE' | 'INCOMPLETE';

export interface StreamDescriptor {
  readonly name: string;
}

/** What a failure is called, for its two readers. */
export interface Explanation {
  /** A sentence that tells the user what to do. */
  readonly message: string;
  /** The detail for us. */
  readonly internal: string;
  readonly failureType: FailureType;
  readonly stack?: string;
}

/** What had to be changed in a record so that it fits its schema (AirbyteRecordMessageMetaChange). */
export interface RecordChange {
  /** The column, or the path to a value inside it: `sla.matched_at`. */
  readonly field: string;
  readonly change: 'NULLED' | 'TRUNCATED';
  readonly reason: string;
}

/** One row of a stream. */
export interface Row {
  /** Its data as JSON in UTF-8, on one line (json-line.ts). */
  readonly line: Buffer;
  readonly changes: readonly RecordChange[];
}

export interface Message {
  readonly type: 'LOG' | 'TRACE' | 'STATE' | 'SPEC' | 'CATALOG' | 'CONNECTION_STATUS';
  readonly [key: string]: unknown;
}

export function logMessage(level: LogLevel, message: string): Message {
  return {type: 'LOG', log: {level, message}};
}

export interface StreamStatusReport {
  readonly stream: string;
  readonly status: StreamStatus;
  /** Epoch ms. */
  readonly emittedAt: number;
  /** Until when the API's rate limit holds the stream up: epoch ms; only with RUNNING. */
  readonly quotaReset?: number | undefined;
}

export function statusMessage({stream, status, emittedAt, quotaReset}: StreamStatusReport): Message {
  const reasons = [{type: 'RATE_LIMITED', rate_limited: {quota_reset: quotaReset}}];
  return trace(emittedAt, {
    type: 'STREAM_STATUS',
    stream_status: {
      stream_descriptor: {name: stream},
      status,
      ...(quotaReset !== undefined && {reasons}),
    },
  });
}

/** @param rows all that the stream is expected to give in this read */
export function estimateMessage(stream: string, rows: number, emittedAt: number): Message {
  return trace(emittedAt, {type: 'ESTIMATE', estimate: {name: stream, type: 'STREAM', row_estimate: rows}});
}

/** @param stream the stream that failed; none when the whole command did */
export function errorMessage(explanation: Explanation, emittedAt: number, stream?: string): Message {
  const {message, internal, failureType, stack} = explanation;
  return trace(emittedAt, {
    type: 'ERROR',
    error: {
      message,
      internal_message: internal,
      failure_type: failureType,
      ...(stack !== undefined && {stack_trace: stack}),
      ...(stream !== undefined && {stream_descriptor: {name: stream}}),
    },
  });
}

/** @param recordCount records of the stream since its last STATE; the platform adds these up and compares */
export function stateMessage(stream: string, state: unknown, recordCount: number): Message {
  return {
    type: 'STATE',
    state: {
      type: 'STREAM',
      stream: {stream_descriptor: {name: stream}, stream_state: state},
      sourceStats: {recordCount},
    },
  };
}

function trace(emittedAt: number, body: Record<string, unknown>): Message {
  return {type: 'TRACE', trace: {emitted_at: emittedAt, ...body}};
}
