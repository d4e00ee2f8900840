import type {Clock} from '../clock';
import {type Row, type SyncMode, estimateMessage} from './messages';
import type {Log, Outlet} from './outlet';
import type {Counts, StreamRun, StreamJob} from './stream';

export interface TrackedRunDeps {
  readonly outlet: Outlet;
  readonly clock: Clock;
  /** Requests left of the rate limit; undefined while it is not known. */
  readonly quota: () => {readonly remaining: number; readonly limit: number} | undefined;
}

/** Time between two lines of progress. */
const PROGRESS_INTERVAL_MS = 30_000;
/** An estimate is written again once it has changed by more than this share. */
const MIN_ESTIMATE_CHANGE = 0.1;

/** The run of one stream: writes to the outlet, counts, and logs progress. */
export class TrackedRun implements StreamRun {
  /** How often the rate limit held it up. */
  waits = 0;
  warnings = 0;
  total = 0;
  /** Rows that it will have written at its end, as far as can be told. */
  estimated: number | undefined;
  private readonly started: number;
  private sinceState = 0;
  private lastState: number;
  private lastLine: number;

  constructor(
    readonly job: StreamJob,
    private readonly deps: TrackedRunDeps,
  ) {
    this.started = this.lastState = this.lastLine = deps.clock.now();
  }

  get mode(): SyncMode {
    return this.job.mode;
  }

  get state(): unknown {
    return this.job.state;
  }

  get schema(): unknown {
    return this.job.schema;
  }

  readonly log: Log = (level, message) => {
    if (level === 'WARN') this.warnings += 1;
    this.deps.outlet.log(level, message);
  };

  async records(rows: readonly Row[]): Promise<void> {
    this.total += rows.length;
    this.sinceState += rows.length;
    const written = this.deps.outlet.records(this.job.stream.name, rows);
    this.sayProgress();
    await written;
  }

  async checkpoint(state: unknown): Promise<void> {
    this.sinceState = 0;
    this.lastState = this.deps.clock.now();
    await this.deps.outlet.state(this.job.stream.name, state);
  }

  sinceCheckpoint(): {records: number; ms: number} {
    return {records: this.sinceState, ms: this.deps.clock.now() - this.lastState};
  }

  expect(records: number): void {
    const estimate = Math.round(this.total + records);
    const known = this.estimated;
    if (known !== undefined && Math.abs(estimate - known) <= MIN_ESTIMATE_CHANGE * Math.max(known, 1)) return;
    this.estimate(estimate);
  }

  /** Called at the end: an estimate that was written is put right. */
  settleEstimate(): void {
    if (this.estimated !== undefined && this.estimated !== this.total) this.estimate(this.total);
  }

  private estimate(rows: number): void {
    this.estimated = rows;
    void this.deps.outlet.message(estimateMessage(this.job.stream.name, rows, this.deps.clock.now()));
  }

  /** `1234 records in 5.6 s (220/s) in 3 requests, …` */
  summary(): string {
    const {waits, warnings} = this;
    return `${this.speed()} in ${describeCosts({...this.job.stream.counts, waits, warnings})}`;
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
    if (now - this.lastLine < PROGRESS_INTERVAL_MS) return;
    this.lastLine = now;
    const parts = [`${this.job.stream.name}: ${this.speed()}`];
    if (this.estimated && this.total > 0) {
      const percent = Math.min(99, Math.round((100 * this.total) / this.estimated));
      const left = ((this.estimated - this.total) / this.total) * this.seconds;
      parts.push(`about ${percent} % of ${this.estimated}`, `about ${describeTime(Math.max(0, left))} left`);
    }
    const quota = this.deps.quota();
    if (quota) {
      parts.push(`${quota.limit - quota.remaining} of ${quota.limit} requests of the rate limit used`);
    }
    this.deps.outlet.log('INFO', parts.join(', '));
  }
}

/** `12 requests (1 retried, 0 rate-limited, 0 waits), 2 warnings` */
export function describeCosts(costs: Counts & {readonly waits: number; readonly warnings: number}): string {
  const {requests, retries, refusals, waits, warnings} = costs;
  return `${requests} requests (${retries} retried, ${refusals} rate-limited, ${waits} waits), ${warnings} warnings`;
}

/** `45 s`, `12 min`, `3.5 h` */
function describeTime(seconds: number): string {
  if (seconds < 60) return `${Math.round(seconds)} s`;
  return seconds < 3600 ? `${Math.round(seconds / 60)} min` : `${(seconds / 3600).toFixed(1)} h`;
}
