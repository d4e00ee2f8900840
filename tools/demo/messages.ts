/** The messages of Airbyte's protocol, as far as the demo looks at them: a reader's view, made without the connector's own types. */
export interface Message {
  readonly type: string;
  readonly record?: {readonly stream: string; readonly data: Row};
  readonly state?: State;
  readonly trace?: Trace;
  readonly spec?: {
    readonly connectionSpecification: {readonly properties: object; readonly required: string[]};
  };
  readonly connectionStatus?: {readonly status: string; readonly message?: string};
  readonly catalog?: {readonly streams: readonly Stream[]};
}

/** The data of a RECORD. */
export type Row = Readonly<Record<string, unknown>>;

export interface State {
  readonly type: string;
  readonly stream: {readonly stream_descriptor: {readonly name: string}; readonly stream_state: Row};
  readonly sourceStats: {readonly recordCount: number};
}

export interface Trace {
  readonly type: string;
  /** Epoch ms. */
  readonly emitted_at: number;
  readonly stream_status?: {
    readonly stream_descriptor: {readonly name: string};
    readonly status: string;
    readonly reasons?: readonly unknown[];
  };
  readonly estimate?: {readonly name: string; readonly row_estimate: number};
  readonly error?: {readonly message: string; readonly stream_descriptor?: {readonly name: string}};
}

/** A stream of the discovered catalog. */
export interface Stream {
  readonly name: string;
  readonly json_schema: {readonly properties: object};
  readonly supported_sync_modes: readonly string[];
  /** None for a stream that can only be read in full. */
  readonly default_cursor_field?: readonly string[];
  readonly source_defined_primary_key: readonly (readonly string[])[];
}
