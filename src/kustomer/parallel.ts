import {type PageSource, updatedAxis} from './axes';
import {type Batch, seek} from './seek';
import type {Window, Windows} from './windows';

/** How many windows are read at once, over all streams. */
export class Workers {
  private running = 0;

  /** @param room as many as there may be requests in flight */
  constructor(private readonly room: number) {}

  /** True, and one more is counted, if there is room for it. */
  tryStart(): boolean {
    if (this.running >= this.room) return false;
    this.running += 1;
    return true;
  }

  /** One more is counted, room or not: each stream has at least one. */
  start(): void {
    this.running += 1;
  }

  end(): void {
    this.running -= 1;
  }
}

export interface ParallelRead {
  readonly source: PageSource;
  readonly windows: Windows;
  readonly workers: Workers;
  /** Records in a full page, as things stand. */
  pageSize(): number;
  /** Takes what came; the worker asks for no more until it resolves. */
  sink(batch: Batch, window: Window): Promise<void>;
}

/**
 * Reads all windows, several at once: whenever a page has come and there is room for one more worker, it takes a window that
 * nobody has begun or half of the largest.
 * @throws the first failure of any worker, once all have stopped
 */
export async function readWindows({source, windows, workers, pageSize, sink}: ParallelRead): Promise<void> {
  const running = new Set<Promise<void>>();
  const failures: unknown[] = [];

  const run = async (first: Window): Promise<void> => {
    for (let window: Window | undefined = first; window; window = windows.take(pageSize())) {
      for await (const batch of seek(updatedAxis(source, window), window)) {
        if (failures.length > 0) return;
        windows.count(batch.records.length);
        await sink(batch, window);
        spread();
      }
      windows.close(window);
    }
  };
  const start = (window: Window): void => {
    const worker = run(window)
      .catch((error: unknown) => void failures.push(error))
      .finally(() => {
        workers.end();
        running.delete(worker);
      });
    running.add(worker);
  };
  const spread = (): void => {
    while (failures.length === 0 && workers.tryStart()) {
      const window = windows.take(pageSize());
      if (window) start(window);
      else return workers.end();
    }
  };

  const first = windows.take(pageSize());
  if (!first) return;
  workers.start();
  start(first);
  spread();
  while (running.size > 0) await Promise.all(running);
  if (failures.length > 0) throw failures[0];
}
