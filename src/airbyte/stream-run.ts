import type {Clock} from '../clock';
import {type Row, type SyncMode, estimateMessage} from './messages';
import type {Log, Outlet} from './outlet';
import type {Counts, StreamRun, StreamJob} from './stream';

export interface TrackedRunDeps {
  readonly outlet: Outlet;
  readonly clock: Clock;
  /** What is left of the API's quota: requests; undefined while nobody knows. */
  readonly quota: () => {readonly remaining: number; readonly limit: number} | undefined;
}

/** Between two lines of progress: ms. */
const PROGRESS_INTERVAL_MS = 30_000;
/** An estimate is written again when it has changed by so much. */
const ESTIMATE_CHANGE = 0.1;

/** One stream's way through a read: what it has written, and when it last said so. */
export class TrackedRun implements StreamRun {
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
    readonly task: StreamJob,
    private readonly deps: TrackedRunDeps,
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
    if (now - this.lastLine < PROGRESS_INTERVAL_MS) return;
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
