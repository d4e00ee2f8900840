import type {Clock} from '../../src/clock';

/** A clock that stands still until it is told to sleep: then it has slept at once. */
export class SleeplessClock implements Clock {
  /** Each sleep that was asked for, ms. */
  readonly sleeps: number[] = [];

  /** @param time epoch ms */
  constructor(public time = Date.UTC(2024, 5, 1)) {}

  now(): number {
    return this.time;
  }

  async sleep(ms: number, signal?: AbortSignal): Promise<void> {
    signal?.throwIfAborted();
    this.sleeps.push(ms);
    this.time += Math.max(0, ms);
    // As a real sleep does, it lets everything else go on first; and it is aborted by what happens there.
    await new Promise((resolve) => setImmediate(resolve));
    signal?.throwIfAborted();
  }
}
