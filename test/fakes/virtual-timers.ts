import type {VirtualClock} from './virtual-clock';

const real = {now: Date.now, setTimeout: globalThis.setTimeout, clearTimeout: globalThis.clearTimeout};

/**
 * Puts the timers and the date of whatever is tested, bottleneck above all, on the virtual clock, until they are put back.
 * Jest's own fake timers wait for a real timer at each step, and its mocks remember each call: both cost minutes here.
 */
export function useVirtualTimers(clock: VirtualClock): void {
  const start = (callback: () => void, ms = 0): AbortController => {
    const timer = new AbortController();
    clock.sleep(ms, timer.signal).then(callback, () => undefined);
    return timer;
  };
  Date.now = () => clock.now();
  globalThis.setTimeout = start as never;
  globalThis.clearTimeout = ((timer?: AbortController) => timer?.abort()) as never;
}

export function useRealTimers(): void {
  Date.now = real.now;
  globalThis.setTimeout = real.setTimeout;
  globalThis.clearTimeout = real.clearTimeout;
}
