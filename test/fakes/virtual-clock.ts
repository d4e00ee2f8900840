import type {Clock} from '../../src/clock';

interface Timer {
  readonly at: number;
  readonly order: number;
  readonly wake: () => void;
}

/** Rounds of the event loop without any timer before a wait is called endless: zlib works in threads of its own, in real time. */
const MAX_IDLE_ROUNDS = 300_000;

/** A clock that stands still while anything is going on, and jumps to the next timer when nothing is. */
export class VirtualClock implements Clock {
  private timers: Timer[] = [];
  private order = 0;

  constructor(private time: number) {}

  now(): number {
    return this.time;
  }

  sleep(ms: number, signal?: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      signal?.throwIfAborted();
      const onAbort = (): void => {
        this.timers = this.timers.filter((other) => other !== timer);
        reject(signal?.reason as Error);
      };
      const wake = (): void => {
        signal?.removeEventListener('abort', onAbort);
        resolve();
      };
      const timer = {at: this.time + Math.max(0, ms), order: this.order++, wake};
      this.timers.push(timer);
      signal?.addEventListener('abort', onAbort);
    });
  }

  /**
   * Lets time pass until the work is done. Throws when the work waits for something that no timer will bring, or takes longer
   * than `mostMs`.
   */
  async run<T>(work: Promise<T>, mostMs = Infinity): Promise<T> {
    const deadline = this.time + mostMs;
    let done = false;
    const finished = work.finally(() => (done = true));
    finished.catch(() => undefined);
    for (let idle = 0; !done;) {
      await new Promise(setImmediate);
      const next = this.timers.reduce<Timer | undefined>(
        (first, timer) =>
          !first || timer.at < first.at || (timer.at === first.at && timer.order < first.order)
            ? timer
            : first,
        undefined,
      );
      if (!next) {
        if (!done && ++idle > MAX_IDLE_ROUNDS) throw new Error('everything waits, and no timer is set');
        continue;
      }
      idle = 0;
      this.timers = this.timers.filter((timer) => timer !== next);
      this.time = Math.max(this.time, next.at);
      if (this.time > deadline) {
        throw new Error(`not done after ${mostMs / 60_000} minutes: it goes on for ever`);
      }
      next.wake();
    }
    return finished;
  }
}
