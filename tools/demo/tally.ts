import type {Message, Row, State, Trace} from './messages';

/** Says what is wrong with a record of a stream; undefined when nothing is. */
export type Validate = (stream: string, data: Row) => string | undefined;

/** What one read has said of one stream. */
export class StreamTally {
  rows = 0;
  /** Each `(id, updated_at)` that came: id -> epoch ms of its versions. */
  readonly versions = new Map<string, Set<number>>();
  readonly statuses: string[] = [];
  estimate: number | undefined;
  waiting = false;
  states = 0;
  sinceState = 0;
  lastState: State | undefined;
  /** Epoch ms. */
  started = 0;
  ended = 0;

  get isOver(): boolean {
    return ['COMPLETE', 'INCOMPLETE'].includes(this.statuses.at(-1) ?? '');
  }
}

/** Takes the messages of one read in their order and notes every break of the protocol's rules. */
export class Tally {
  readonly streams: ReadonlyMap<string, StreamTally>;
  /** How often each thing was wrong. */
  private readonly wrong = new Map<string, number>();

  constructor(
    names: readonly string[],
    private readonly validate: Validate,
  ) {
    this.streams = new Map(names.map((name) => [name, new StreamTally()]));
  }

  /** Takes the next message. */
  take({record, state, trace}: Message): void {
    if (record) this.record(record.stream, record.data);
    if (state) this.state(state);
    if (trace) this.trace(trace);
  }

  /** Looks at what can only be judged at the end. */
  finish(exitCode: number | null): void {
    if (exitCode !== 0) this.problem(`the read ended with exit code ${exitCode}`);
    for (const [name, {statuses, states, sinceState}] of this.streams) {
      const order = statuses.join(' ');
      if (!/^STARTED( RUNNING)+ COMPLETE$/.test(order)) {
        this.problem(`${name}: its statuses are ${order || 'none'}`);
      }
      if (states === 0) this.problem(`${name}: no state came`);
      if (sinceState > 0) this.problem(`${name}: ${sinceState} rows came after the last state`);
    }
  }

  /** What was wrong, in sentences. */
  get problems(): string[] {
    return Array.from(this.wrong, ([sentence, times]) =>
      times === 1 ? sentence : `${sentence} (${times} times)`,
    );
  }

  /** The last state of each stream, as the platform hands it to the next read. */
  get lastStates(): State[] {
    return [...this.streams.values()].flatMap(({lastState}) => lastState ?? []);
  }

  private record(name: string, data: Row): void {
    const stream = this.of(name);
    if (!stream) return;
    const {id, updated_at: updatedAt} = data;
    stream.rows += 1;
    stream.sinceState += 1;
    if (stream.statuses.at(-1) !== 'RUNNING') this.problem(`${name}: a row came while it was not RUNNING`);
    const wrong = this.validate(name, data);
    if (wrong !== undefined) this.problem(`${name}: a row does not fit its schema: ${wrong}`);
    const versions = stream.versions.get(String(id)) ?? new Set();
    stream.versions.set(String(id), versions.add(Date.parse(String(updatedAt))));
  }

  private state(state: State): void {
    const {name} = state.stream.stream_descriptor;
    const stream = this.of(name);
    if (!stream) return;
    const count = state.sourceStats.recordCount;
    if (state.type !== 'STREAM') this.problem(`${name}: a state is ${state.type}`);
    if (count !== stream.sinceState) {
      this.problem(`${name}: a state counts ${count} rows, not ${stream.sinceState}`);
    }
    stream.states += 1;
    stream.sinceState = 0;
    stream.lastState = state;
  }

  private trace({emitted_at: at, stream_status: status, estimate, error}: Trace): void {
    if (error) this.problem(`${error.stream_descriptor?.name ?? 'the read'} failed: ${error.message}`);
    if (estimate) {
      const stream = this.of(estimate.name);
      if (stream) stream.estimate = estimate.row_estimate;
    }
    const stream = status && this.of(status.stream_descriptor.name);
    if (!stream) return;
    if (status.status === 'STARTED') stream.started = at;
    stream.ended = at;
    stream.waiting = status.reasons !== undefined;
    stream.statuses.push(status.status);
  }

  private of(name: string): StreamTally | undefined {
    const stream = this.streams.get(name);
    if (!stream) this.problem(`${name} is no stream of the catalog`);
    return stream;
  }

  private problem(sentence: string): void {
    this.wrong.set(sentence, (this.wrong.get(sentence) ?? 0) + 1);
  }
}
