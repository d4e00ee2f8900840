import type {Clock} from '../clock';
import {
  type Explanation,
  type Row,
  type SyncMode,
  errorMessage,
  estimateMessage,
  statusMessage,
} from './messages';
import type {Outlet} from './outlet';
import type {StreamRun, SyncStream} from './stream';

/** One stream of the configured catalog. */
export interface SyncTask {
  readonly stream: SyncStream;
  readonly mode: SyncMode;
  readonly state: unknown;
  /** `json_schema` of the configured catalog, where it has one. */
  readonly schema?: unknown;
}

export interface SyncDeps {
  readonly outlet: Outlet;
  readonly clock: Clock;
  /** What an error is called. */
  readonly explain: (error: unknown) => Explanation;
}

/** Between two lines of progress: ms. */
const PROGRESS_INTERVAL = 30_000;
/** An estimate is written again when it has changed by so much. */
const ESTIMATE_CHANGE = 0.1;

/** Runs the streams of one read, all at once, and says of each how it fares. */
export class Sync {
  /** Records of all streams so far. */
  written = 0;
  private readonly running = new Set<StreamProgress>();

  constructor(private readonly deps: SyncDeps) {}

  /**
   * Reads all streams; one that fails leaves the others alone.
   * @returns the names of those that failed
   */
  async run(tasks: readonly SyncTask[]): Promise<string[]> {
    const failed = await Promise.all(tasks.map((task) => this.runStream(task)));
    return failed.filter((name) => name !== undefined);
  }

  /** Tells of all streams under way that the API's quota holds them up until `reset`, epoch ms. */
  rateLimited(reset: number): void {
    for (const {task} of this.running) this.status(task, 'RUNNING', reset);
  }

  private async runStream(task: SyncTask): Promise<string | undefined> {
    const {outlet, clock, explain} = this.deps;
    const {stream} = task;
    const progress = new StreamProgress(task, outlet, clock);
    this.status(task, 'STARTED');
    this.status(task, 'RUNNING');
    this.running.add(progress);
    try {
      await stream.read(progress);
      outlet.log('INFO', `${stream.name}: complete, ${progress.summary()}`);
      this.status(task, 'COMPLETE');
      return undefined;
    } catch (error) {
      const explanation = explain(error);
      outlet.log('ERROR', `${stream.name}: failed after ${progress.summary()}: ${explanation.message}`);
      void outlet.message(errorMessage(explanation, clock.now(), stream.name));
      this.status(task, 'INCOMPLETE');
      return stream.name;
    } finally {
      this.written += progress.total;
      this.running.delete(progress);
    }
  }

  private status({stream}: SyncTask, status: Parameters<typeof statusMessage>[1], quotaReset?: number): void {
    void this.deps.outlet.message(statusMessage(stream.name, status, this.deps.clock.now(), quotaReset));
  }
}

/** One stream's way through a read: what it has written, and when it last said so. */
class StreamProgress implements StreamRun {
  private readonly started: number;
  total = 0;
  private sinceState = 0;
  private lastState: number;
  private lastLine: number;
  private estimated: number | undefined;

  constructor(
    readonly task: SyncTask,
    private readonly outlet: Outlet,
    private readonly clock: Clock,
  ) {
    this.started = this.lastState = this.lastLine = clock.now();
  }

  get mode(): SyncMode {
    return this.task.mode;
  }

  get state(): unknown {
    return this.task.state;
  }

  get schema(): unknown {
    return this.task.schema;
  }

  get log(): Outlet['log'] {
    return this.outlet.log;
  }

  async records(rows: readonly Row[]): Promise<void> {
    this.total += rows.length;
    this.sinceState += rows.length;
    const written = this.outlet.records(this.task.stream.name, rows);
    this.sayProgress();
    await written;
  }

  async checkpoint(state: unknown): Promise<void> {
    this.sinceState = 0;
    this.lastState = this.clock.now();
    await this.outlet.state(this.task.stream.name, state);
  }

  sinceCheckpoint(): {records: number; ms: number} {
    return {records: this.sinceState, ms: this.clock.now() - this.lastState};
  }

  expect(records: number): void {
    const estimate = Math.round(this.total + records);
    const known = this.estimated;
    if (known !== undefined && Math.abs(estimate - known) <= ESTIMATE_CHANGE * Math.max(known, 1)) return;
    this.estimated = estimate;
    void this.outlet.message(estimateMessage(this.task.stream.name, estimate, this.clock.now()));
  }

  /** `1234 records in 5.6 s (220/s)` */
  summary(): string {
    const seconds = (this.clock.now() - this.started) / 1000;
    const rate = seconds > 0 ? ` (${Math.round(this.total / seconds)}/s)` : '';
    return `${this.total} records in ${seconds.toFixed(1)} s${rate}`;
  }

  private sayProgress(): void {
    const now = this.clock.now();
    if (now - this.lastLine < PROGRESS_INTERVAL) return;
    this.lastLine = now;
    const share = this.estimated
      ? `, about ${Math.min(99, Math.round((100 * this.total) / this.estimated))} % of ${this.estimated}`
      : '';
    this.outlet.log('INFO', `${this.task.stream.name}: ${this.summary()}${share}`);
  }
}
