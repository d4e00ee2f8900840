import type {TrueRow} from '../../sandbox/world/world';
import type {Ending, Message} from './connector';
import type {Expectation} from './trial';

/** The rows of all runs of one trial: stream -> id -> the newest `updated_at` that came, epoch ms (NaN for none). */
export class Table {
  private readonly streams = new Map<string, Map<string, number>>();

  /** Takes the records; returns how many they are. */
  add(messages: readonly Message[]): number {
    let rows = 0;
    for (const {record} of messages) {
      if (!record) continue;
      rows++;
      const stream = this.streams.get(record.stream) ?? new Map<string, number>();
      this.streams.set(record.stream, stream);
      const id = String(record.data['id']);
      const time = Date.parse(String(record.data['updated_at']));
      stream.set(id, Math.max(stream.get(id) ?? time, time));
    }
    return rows;
  }

  /** How many of the true records of a stream never came, and of how many the newest row is not what is true. */
  compare(stream: string, truth: readonly TrueRow[]): {missing: number; stale: number} {
    const rows = this.streams.get(stream);
    const missing = truth.filter(({id}) => !rows?.has(id)).length;
    const stale = truth.filter(({id, updatedAt}) => rows?.has(id) && rows.get(id) !== updatedAt).length;
    return {missing, stale};
  }
}

/** What the first error says; else the first warning, or the one that was `wanted`; else stderr. */
export function sayingOf(messages: readonly Message[], stderr: string, wanted = /^/): string {
  const error = messages.find(({trace}) => trace?.error)?.trace?.error;
  const check = messages.find(({connectionStatus}) => connectionStatus?.message)?.connectionStatus;
  const warnings = messages.flatMap(({log}) => (log?.level === 'WARN' ? [log.message] : []));
  const warning = warnings.find((text) => wanted.test(text)) ?? warnings[0];
  if (error) return `${error.failure_type}: ${error.message}`;
  if (check) return check.message ?? '';
  return warning === undefined ? stderr.trim() : `WARN: ${warning}`;
}

/** The last status of each stream, or what check says. */
export function statusesOf(messages: readonly Message[]): string[] {
  const last = new Map<string, string>();
  for (const {trace, connectionStatus} of messages) {
    if (connectionStatus) last.set('check', connectionStatus.status);
    const status = trace?.stream_status;
    if (status) last.set(status.stream_descriptor.name, status.status);
  }
  return [...last.values()];
}

/** What of a run is not as expected, in sentences. */
export function wrongsOf(
  expect: Expectation,
  ending: Ending,
  found: {missing: number; requests: number; messages: readonly Message[]},
): string[] {
  const {exit, missing = 0, says, never, mostRequests = Infinity, mostSeconds = Infinity} = expect;
  const {messages} = found;
  const text = sayingOf(messages, ending.stderr, says);
  // Records are the customer's own data, whatever they say.
  const all = ending.stdout.replace(/^.*"type":"RECORD".*$/gm, '') + ending.stderr;
  return [
    ...(ending.exit === exit ? [] : [`it ended with ${ending.exit}, not ${exit}`]),
    ...(found.missing <= missing ? [] : [`${found.missing} records are missing`]),
    ...(!says || says.test(text) ? [] : [`nothing says ${says.source}`]),
    ...(never?.test(all) ? ['something says what it must not'] : []),
    ...(found.requests <= mostRequests ? [] : [`it took ${found.requests} requests, not ${mostRequests}`]),
    ...(ending.seconds <= mostSeconds ? [] : [`it took ${ending.seconds} s, not ${mostSeconds}`]),
  ];
}
