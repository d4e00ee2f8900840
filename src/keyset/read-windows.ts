import {byUpdatedAt} from './sort-keys';
import type {Page, PageSource} from './page';
import {type Batch, seek} from './seek';
import {split, splitSize} from './split';
import type {Window, Windows} from './windows';

/** While more of the workers than this share are idle, another one would be so too. */
const MAX_IDLE_SHARE = 0.25;

/** How many windows are read at once, over all streams. */
export class WorkerSlots {
  private running = 0;

  /**
   * @param max as many as there may be requests in flight
   * @param idle how many of them wait for something else than Kustomer, such as their turn to ask
   */
  constructor(
    private readonly max: number,
    private readonly idle: () => number,
  ) {}

  /** True, and one more is counted, if there is room for it and it would be of use: so there are as many as the latency calls for. */
  tryAcquire(): boolean {
    if (this.running >= this.max || this.idle() > MAX_IDLE_SHARE * this.running) return false;
    this.running += 1;
    return true;
  }

  /** One more is counted, room or not: each stream has at least one. */
  acquire(): void {
    this.running += 1;
  }

  release(): void {
    this.running -= 1;
  }
}

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

  const next = async (): Promise<{window: Window; page?: Page<T> | undefined} | undefined> => {
    const window = windows.take();
    if (window) return {window};
    const size = splitSize(pageSize());
    const largest = windows.largest(size);
    const number = largest?.half(size);
    return largest && number !== undefined ? split(source, largest, number, size) : undefined;
  };
  const work = async (): Promise<void> => {
    for (let job = await next(); job && failures.length === 0; job = await next()) {
      const {window, page} = job;
      windows.begin(window);
      for await (const batch of seek(byUpdatedAt(source, window), window, page)) {
        if (failures.length > 0) return;
        await sink(batch, window);
        while (windows.hasWork(splitSize(pageSize())) && workers.tryAcquire()) start();
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
