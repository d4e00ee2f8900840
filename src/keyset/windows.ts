import type {Interval} from '../time';
import type {PageSource} from './page';
import {COARSE_MS} from './places';
import type {PageView, Range} from './sort-key';

/** A window with fewer pages left is read by one worker: each part costs up to a request. As many as a total can count. */
const PAGES_TO_SPLIT = 19;
/** A guess of this many records says that one is there. */
const GUESSED_PER_KNOWN = 4;

/** A closed stretch of `updatedAt` that one worker reads from its lower end up. */
export class Window implements Range {
  cursor: number;
  private end: number;
  /** The window that begins right behind this one, where it was split off it. */
  private next: Window | undefined;
  /** Instant of the first record found here. */
  private first: number | undefined;
  /** Where the last record stands that was found here: what lies before it may have been handed out already. */
  shownTo = -Infinity;
  /** Records left that are known of. */
  private known = 0;
  /** Records left; a guess where there are more than are known of. */
  remaining = 0;
  /** Records that its pages have held so far. */
  read = 0;
  /** A part of it is being asked for, or was and could not be had. */
  isSplitting = false;

  constructor(
    readonly from: number,
    to: number,
    readonly settledTo = Infinity,
    readonly isRepeated = false,
  ) {
    this.cursor = from;
    this.end = to;
  }

  get to(): number {
    return this.end;
  }

  /**
   * Past the window's end by a second, so that a filter which leaves out its bounds, or cuts them to the second, shows all of
   * the window; and as far as the first record that is known behind it, where nothing unread lies between, to show the end.
   */
  get reach(): number {
    const least = this.end + COARSE_MS;
    let reach = least;
    for (let window = this.next; window; window = window.next) {
      if (window.first !== undefined) return Math.max(least, window.first);
      if (window.cursor <= window.end) return reach;
      reach = Math.max(least, window.end);
    }
    return reach;
  }

  /** Learns from a page that did not end the window, and that was asked for up to `reach`. */
  onPage({first, last, records, total}: PageView, reach: number): void {
    this.first ??= Math.max(this.from, first);
    this.shownTo = Math.max(this.shownTo, last);
    this.read += records;
    if (reach > this.reach) {
      // Asked before the window was cut: it counts what is no longer here.
      this.known = this.remaining = Math.max(0, this.known - records);
      return;
    }
    if (reach < this.end) {
      // Asked for a part of the window: what is known of the rest stands, where the guess is several times as much.
      const left = Math.max(0, this.remaining - records);
      const sure = Math.max(0, this.known - records, (total?.count ?? 0) - records);
      this.known = Math.max(sure, Math.min(this.known, left / GUESSED_PER_KNOWN));
      this.remaining = Math.max(this.known, left);
      return;
    }
    // Without a total, a full page is all that is known of what follows.
    this.known = total ? Math.max(0, total.count - records) : records * (PAGES_TO_SPLIT + 1);
    const density = last > first ? records / (last - first) : 0;
    this.remaining = total && !total.atLeast ? this.known : Math.max(this.known, density * (this.end - last));
  }

  /**
   * Which page of what is left begins the half to give away; undefined where there is not enough left. Counted in pages of
   * `pageSize` records, a few less than full ones: so the part that stays is read by full pages of which the last just shows its end.
   */
  half(pageSize: number, {lastPage, totalCap}: PageSource<unknown>['limits']): number | undefined {
    if (
      this.isSplitting ||
      this.cursor >= this.end ||
      this.known < PAGES_TO_SPLIT * pageSize ||
      pageSize < 1
    ) {
      return undefined;
    }
    // `total` is capped: split within the part that was counted.
    const offset = this.remaining > this.known ? this.known - pageSize : this.known / 2;
    const pages = Math.floor(Math.min(offset, totalCap - pageSize) / pageSize);
    return Math.min(pages, lastPage - 1) + 1;
  }

  /** Ends the window with this instant, up to which `left` records are left, and gives away what lies behind it. */
  cut(instant: number, left: number): Window {
    const later = new Window(instant + 1, this.end, this.settledTo, this.isRepeated);
    later.next = this.next;
    this.next = later;
    this.end = instant;
    this.known = this.remaining = left;
    return later;
  }
}

/** The windows of one stream: which to read next, and which to give a part of to an idle worker. Pure bookkeeping. */
export class Windows {
  private readonly waiting: Window[];
  private readonly open = new Set<Window>();

  /**
   * @param intervals what is to be read: disjoint, ascending
   * @param limits of the source
   * @param settledTo what has changed later may not be where it belongs in the index yet: epoch ms
   * @param isRepeated where nothing comes of one, the next read asks for it again
   */
  constructor(
    intervals: readonly Interval[],
    private readonly limits: PageSource<unknown>['limits'],
    settledTo = Infinity,
    isRepeated = false,
  ) {
    this.waiting = intervals.map(([from, to]) => new Window(from, to, settledTo, isRepeated));
  }

  /** The next window that nobody has begun. */
  take(): Window | undefined {
    return this.waiting.shift();
  }

  /** Whether one more worker would find something to do. */
  hasWork(pageSize: number): boolean {
    return this.waiting.length > 0 || this.largest(pageSize) !== undefined;
  }

  /** Of those that can be split, the one with most left. */
  largest(pageSize: number): Window | undefined {
    const splittable = [...this.open].filter((window) => window.half(pageSize, this.limits) !== undefined);
    return splittable.reduce<Window | undefined>(
      (largest, window) => (window.remaining > (largest?.remaining ?? 0) ? window : largest),
      undefined,
    );
  }

  /** Called when a worker begins with a window. */
  begin(window: Window): void {
    this.open.add(window);
  }

  /** Called when a window is done. */
  close(window: Window): void {
    this.open.delete(window);
  }

  /** Records that are left in all windows, as far as can be told. */
  get remaining(): number {
    return [...this.open].reduce((sum, window) => sum + window.remaining, 0);
  }
}
