import type {AirbyteMessage, StateBody, TraceBody} from './capture';

/** The stream that a message is about; undefined for one that is about none. */
export function streamOf({record, state, trace}: AirbyteMessage): string | undefined {
  if (record) return record.stream;
  if (state) return state.stream.stream_descriptor.name;
  if (trace?.estimate) return trace.estimate.name;
  return (trace?.stream_status ?? trace?.error)?.stream_descriptor?.name;
}

/** All messages of one stream, in their order. */
export function messagesOf(messages: readonly AirbyteMessage[], stream: string): AirbyteMessage[] {
  return messages.filter((message) => streamOf(message) === stream);
}

/** Each message in a word or two. */
export function describeMessages(messages: readonly AirbyteMessage[]): string[] {
  return messages.map(({type, state, trace}) => {
    if (state) return `STATE ${state.sourceStats.recordCount} ${JSON.stringify(state.stream.stream_state)}`;
    if (trace?.stream_status) {
      return `${trace.stream_status.status}${trace.stream_status.reasons ? ' LIMITED' : ''}`;
    }
    if (trace?.estimate) return `ESTIMATE ${trace.estimate.row_estimate}`;
    return trace?.error ? `ERROR ${trace.error.failure_type}` : type;
  });
}

/** The rows of one stream, as they were emitted. */
export function rowsOf(messages: readonly AirbyteMessage[], stream: string): Record<string, unknown>[] {
  return messages.flatMap(({record}) => (record?.stream === stream ? [record.data] : []));
}

/** The states of one stream, or of all, in their order. */
export function statesOf(messages: readonly AirbyteMessage[], stream?: string): StateBody[] {
  return messages.flatMap((message) =>
    message.state && (stream === undefined || streamOf(message) === stream) ? [message.state] : [],
  );
}

/** The last state of each stream: what the platform hands over to the next read. */
export function lastStates(messages: readonly AirbyteMessage[]): StateBody[] {
  const last = new Map(statesOf(messages).map((state) => [state.stream.stream_descriptor.name, state]));
  return [...last.values()];
}

/** The error traces, in their order. */
export function errorsOf(messages: readonly AirbyteMessage[]): NonNullable<TraceBody['error']>[] {
  return messages.flatMap(({trace}) => (trace?.error ? [trace.error] : []));
}

/** The status that a stream ended with. */
export function outcomeOf(messages: readonly AirbyteMessage[], stream: string): string | undefined {
  return messagesOf(messages, stream).at(-1)?.trace?.stream_status?.status;
}

/** What was said to people. */
export function logsOf(messages: readonly AirbyteMessage[], level?: string): string[] {
  return messages.flatMap(({log}) =>
    log && (level === undefined || log.level === level) ? [log.message] : [],
  );
}
