import {setTimeout as delay} from 'node:timers/promises';

/** The only way the program learns the time or waits. Times are epoch ms, durations ms. */
export interface Clock {
  now(): number;
  /** Resolves after `ms`; rejects with the signal's reason when it is aborted first. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
}

/** The machine's own clock. */
export const systemClock: Clock = {
  now: () => Date.now(),
  async sleep(ms, signal) {
    signal?.throwIfAborted();
    try {
      await delay(Math.max(0, ms), undefined, signal ? {signal} : {});
    } catch (error) {
      signal?.throwIfAborted();
      throw error;
    }
  },
};
