import {type Explanation, type StreamStatus, errorMessage, statusMessage} from './messages';
import {type TrackedRunDeps, TrackedRun} from './stream-run';
import type {StreamJob} from './stream';

export interface SyncDeps extends TrackedRunDeps {
  /** What an error is called. */
  readonly explain: (error: unknown) => Explanation;
}

/** Runs the streams of one read, all at once, and says of each how it fares. */
export class Sync {
  /** Records of all streams so far. */
  written = 0;
  private readonly running = new Set<TrackedRun>();

  constructor(private readonly deps: SyncDeps) {}

  /**
   * Reads all streams; one that fails leaves the others alone.
   * @returns the names of those that failed
   */
  async run(tasks: readonly StreamJob[]): Promise<string[]> {
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

  private async runStream(task: StreamJob): Promise<string | undefined> {
    const {outlet, clock, explain} = this.deps;
    const {stream} = task;
    const progress = new TrackedRun(task, this.deps);
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

  private status({stream}: StreamJob, status: StreamStatus, quotaReset?: number): void {
    const emittedAt = this.deps.clock.now();
    void this.deps.outlet.message(statusMessage({stream: stream.name, status, emittedAt, quotaReset}));
  }
}
