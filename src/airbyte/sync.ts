import {type Explanation, type StreamStatus, errorMessage, statusMessage} from './messages';
import {type TrackedRunDeps, TrackedRun} from './stream-run';
import type {StreamJob} from './stream';
import type {StreamView} from './sync-view';

export interface SyncDeps extends TrackedRunDeps {
  /** What users are told of an error. */
  readonly explain: (error: unknown) => Explanation;
}

/** Runs the streams of one read, all at once, and reports on each. */
export class Sync {
  /** Records of all streams so far. */
  written = 0;
  private readonly running = new Set<TrackedRun>();
  private readonly views = new Map<TrackedRun, StreamView['status']>();

  constructor(private readonly deps: SyncDeps) {}

  /**
   * Reads all streams; one that fails leaves the others alone.
   * @returns the names of those that failed
   */
  async run(jobs: readonly StreamJob[]): Promise<string[]> {
    const runs = jobs.map((job) => new TrackedRun(job, this.deps));
    for (const run of runs) {
      this.status(run.job, 'STARTED');
      this.status(run.job, 'RUNNING');
      this.running.add(run);
      this.views.set(run, 'running');
    }
    const all = new Map(runs.map((run) => [run.job.stream.name, run]));
    const failed = await Promise.all(runs.map((run) => this.read(run, all)));
    return failed.filter((name) => name !== undefined);
  }

  /** What each stream has done so far. */
  get streams(): readonly StreamView[] {
    return Array.from(this.views, ([run, status]) => ({
      name: run.job.stream.name,
      status,
      rows: run.total,
      expectedRows: run.estimated,
    }));
  }

  /** Tells of all streams under way that the rate limit holds them up until `reset`: epoch ms. */
  rateLimited(reset: number): void {
    for (const run of this.running) {
      run.waits += 1;
      this.status(run.job, 'RUNNING', reset);
    }
  }

  /** @returns the name of the stream where it failed */
  private async read(run: TrackedRun, all: ReadonlyMap<string, TrackedRun>): Promise<string | undefined> {
    const {outlet, clock, explain} = this.deps;
    const {stream} = run.job;
    try {
      await stream.read(run, all);
      run.settleEstimate();
      outlet.log('INFO', `${stream.name}: complete, ${run.summary()}`);
      this.status(run.job, 'COMPLETE');
      this.views.set(run, 'complete');
      return undefined;
    } catch (error) {
      const explanation = explain(error);
      outlet.log('ERROR', `${stream.name}: failed after ${run.summary()}: ${explanation.message}`);
      void outlet.message(errorMessage(explanation, clock.now(), stream.name));
      this.status(run.job, 'INCOMPLETE');
      this.views.set(run, 'failed');
      return stream.name;
    } finally {
      this.written += run.total;
      this.running.delete(run);
    }
  }

  private status({stream}: StreamJob, status: StreamStatus, quotaReset?: number): void {
    const emittedAt = this.deps.clock.now();
    void this.deps.outlet.message(statusMessage({stream: stream.name, status, emittedAt, quotaReset}));
  }
}
