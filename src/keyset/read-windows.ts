import type {Page, PageSource} from './page';
import {type Batch, seek} from './seek';
import {byUpdatedAt} from './sort-keys';
import {split, splitSize} from './split';
import type {Window, Windows} from './windows';
import type {WorkerSlots} from './worker-slots';

export interface WindowsRead<T> {
  readonly source: PageSource<T>;
  readonly windows: Windows;
  readonly workers: WorkerSlots;
  /** Records in a full page, as things stand. */
  pageSize(): number;
  /** Takes what came; the worker asks for no more until it resolves. */
  sink(batch: Batch<T>, window: Window): Promise<void>;
}

/**
 * Reads all windows, several at once: whenever a page has come and there is room for one more worker, it takes a window that
 * nobody has begun, or a part of the one with most left.
 * @throws the first failure of any worker, once all have stopped
 */
export async function readWindows<T>({
  source,
  windows,
  workers,
  pageSize,
  sink,
}: WindowsRead<T>): Promise<void> {
  const running = new Set<Promise<void>>();
  const failures: unknown[] = [];

  // A part begins right behind its neighbour's end: so nothing is split before it is known what the bounds of a filter mean.
  const size = (): number => (source.quirks.knowsBounds ? splitSize(pageSize()) : 0);
  const next = async (): Promise<{window: Window; page?: Page<T> | undefined} | undefined> => {
    const window = windows.take();
    if (window) return {window};
    const largest = windows.largest(size());
    const number = largest?.half(size(), source.limits);
    return largest && number !== undefined
      ? split({source, window: largest, number, size: size()})
      : undefined;
  };
  const work = async (): Promise<void> => {
    for (let job = await next(); job && failures.length === 0; job = await next()) {
      const {window, page} = job;
      windows.begin(window);
      for await (const batch of seek(byUpdatedAt(source, window), window, page)) {
        if (failures.length > 0) return;
        await sink(batch, window);
        while (windows.hasWork(size()) && workers.tryAcquire()) start();
      }
      windows.close(window);
    }
  };
  const start = (): void => {
    const worker = work()
      .catch((error: unknown) => void failures.push(error))
      .finally(() => {
        workers.release();
        running.delete(worker);
      });
    running.add(worker);
  };

  workers.acquire();
  start();
  while (running.size > 0) await Promise.all(running);
  if (failures.length > 0) throw failures[0];
}
