import type {Clock} from '../clock';
import {
  type Explanation,
  type Row,
  type SyncMode,
  errorMessage,
  estimateMessage,
  statusMessage,
} from './messages';
import type {Log, Outlet} from './outlet';
import type {Counts, StreamRun, SyncStream} from './stream';

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
  /** What is left of the API's quota: requests; undefined while nobody knows. */
  readonly quota: () => {readonly remaining: number; readonly limit: number} | undefined;
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
    for (const progress of this.running) {
      progress.waits += 1;
      this.status(progress.task, 'RUNNING', reset);
    }
  }

  private async runStream(task: SyncTask): Promise<string | undefined> {
    const {outlet, clock, explain} = this.deps;
    const {stream} = task;
    const progress = new StreamProgress(task, this.deps);
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
  /** Waits for the API's quota that held it up. */
  waits = 0;
  warnings = 0;
  total = 0;
  private readonly started: number;
  private sinceState = 0;
  private lastState: number;
  private lastLine: number;
  private estimated: number | undefined;

  constructor(
    readonly task: SyncTask,
    private readonly deps: SyncDeps,
  ) {
    this.started = this.lastState = this.lastLine = deps.clock.now();
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

  readonly log: Log = (level, message) => {
    if (level === 'WARN') this.warnings += 1;
    this.deps.outlet.log(level, message);
  };

  async records(rows: readonly Row[]): Promise<void> {
    this.total += rows.length;
    this.sinceState += rows.length;
    const written = this.deps.outlet.records(this.task.stream.name, rows);
    this.sayProgress();
    await written;
  }

  async checkpoint(state: unknown): Promise<void> {
    this.sinceState = 0;
    this.lastState = this.deps.clock.now();
    await this.deps.outlet.state(this.task.stream.name, state);
  }

  sinceCheckpoint(): {records: number; ms: number} {
    return {records: this.sinceState, ms: this.deps.clock.now() - this.lastState};
  }

  expect(records: number): void {
    const estimate = Math.round(this.total + records);
    const known = this.estimated;
    if (known !== undefined && Math.abs(estimate - known) <= ESTIMATE_CHANGE * Math.max(known, 1)) return;
    this.estimated = estimate;
    void this.deps.outlet.message(estimateMessage(this.task.stream.name, estimate, this.deps.clock.now()));
  }

  /** `1234 records in 5.6 s (220/s) in 3 requests, …` */
  summary(): string {
    const {waits, warnings} = this;
    return `${this.speed()} in ${describeCosts({...this.task.stream.counts, waits, warnings})}`;
  }

  /** `1234 records in 5.6 s (220/s)` */
  private speed(): string {
    const {seconds} = this;
    const rate = seconds > 0 ? ` (${Math.round(this.total / seconds)}/s)` : '';
    return `${this.total} records in ${seconds.toFixed(1)} s${rate}`;
  }

  private get seconds(): number {
    return (this.deps.clock.now() - this.started) / 1000;
  }

  private sayProgress(): void {
    const now = this.deps.clock.now();
    if (now - this.lastLine < PROGRESS_INTERVAL) return;
    this.lastLine = now;
    const parts = [`${this.task.stream.name}: ${this.speed()}`];
    if (this.estimated && this.total > 0) {
      const percent = Math.min(99, Math.round((100 * this.total) / this.estimated));
      const left = ((this.estimated - this.total) / this.total) * this.seconds;
      parts.push(`about ${percent} % of ${this.estimated}`, `some ${describeTime(Math.max(0, left))} left`);
    }
    const quota = this.deps.quota();
    if (quota)
      parts.push(
        `${quota.limit - quota.remaining} of the quota of ${quota.limit} requests are used, ${quota.remaining} are left`,
      );
    this.deps.outlet.log('INFO', parts.join(', '));
  }
}

/** `12 requests (1 of them again, 0 refused for quota, 0 waits for it), 2 warnings` */
export function describeCosts(costs: Counts & {readonly waits: number; readonly warnings: number}): string {
  const {requests, retries, refusals, waits, warnings} = costs;
  return `${requests} requests (${retries} of them again, ${refusals} refused for quota, ${waits} waits for it), ${warnings} warnings`;
}

/** `45 s`, `12 min`, `3.5 h` */
function describeTime(seconds: number): string {
  if (seconds < 60) return `${Math.round(seconds)} s`;
  return seconds < 3600 ? `${Math.round(seconds / 60)} min` : `${(seconds / 3600).toFixed(1)} h`;
}
