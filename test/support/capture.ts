import type {Write} from '../../src/airbyte/outlet';

/** Any message of the protocol, as a reader of stdout sees it. */
export interface AirbyteMessage {
  readonly type: string;
  readonly log?: {readonly level: string; readonly message: string};
  readonly spec?: Record<string, unknown>;
  readonly connectionStatus?: {readonly status: string; readonly message?: string};
  readonly catalog?: {readonly streams: readonly CatalogStream[]};
  readonly record?: RecordBody;
  readonly state?: StateBody;
  readonly trace?: TraceBody;
}

export interface CatalogStream {
  readonly name: string;
  readonly json_schema: {readonly properties: Record<string, Record<string, unknown>>};
  readonly supported_sync_modes: readonly string[];
  readonly source_defined_cursor: boolean;
  readonly default_cursor_field?: readonly string[];
  readonly source_defined_primary_key: readonly (readonly string[])[];
  readonly is_resumable: boolean;
}

export interface RecordBody {
  readonly stream: string;
  readonly emitted_at: number;
  readonly data: Record<string, unknown>;
  readonly meta?: {readonly changes: readonly Record<string, unknown>[]};
}

export interface StateBody {
  readonly type: string;
  readonly stream: {readonly stream_descriptor: {readonly name: string}; readonly stream_state: unknown};
  readonly sourceStats: {readonly recordCount: number};
}

export interface TraceBody {
  readonly type: string;
  readonly emitted_at: number;
  readonly stream_status?: {
    readonly stream_descriptor: {readonly name: string};
    readonly status: string;
    readonly reasons?: readonly unknown[];
  };
  readonly estimate?: {readonly name: string; readonly type: string; readonly row_estimate: number};
  readonly error?: {
    readonly message: string;
    readonly internal_message: string;
    readonly failure_type: string;
    readonly stack_trace?: string;
    readonly stream_descriptor?: {readonly name: string};
  };
}

/** Reads what was written to stdout; throws when a line is no message. */
export function parseMessages(stdout: string): AirbyteMessage[] {
  if (stdout !== '' && !stdout.endsWith('\n')) {
    throw new Error(`the last line has no end: ${stdout.slice(-200)}`);
  }
  return stdout
    .split('\n')
    .slice(0, -1)
    .map((line) => JSON.parse(line) as AirbyteMessage);
}

/** Takes what is written, in the place of stdout. */
export class Capture {
  text = '';

  readonly write: Write = async (piece) => {
    this.text += String(piece);
  };

  get messages(): AirbyteMessage[] {
    return parseMessages(this.text);
  }
}
