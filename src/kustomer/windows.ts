import type {Interval} from '../instant';
import type {Page} from './search';
import type {Span} from './seek';

/**
 * Pages that a stream must have for each split: a split costs about half a page, where the earlier part ends in the middle
 * of one, and planning may cost 2 % (issue 4).
 */
const PAGES_PER_SPLIT = 64;
/** A window with less than this left is not worth splitting: pages. */
const WORTH_SPLITTING = 2;
/** An extrapolation is believed up to so many times what is known to be there. */
const CREDIBLE = 10;

/** A closed stretch of `updatedAt` that one worker reads from its lower end up. */
export class Window implements Span {
  cursor: number;
  private end: number;
  /** The window that begins right behind this one, where it was split off it. */
  private next: Window | undefined;
  /** Instant of the first record found here. */
  private first: number | undefined;
  /** Records left; a guess for planning only. Undefined before the first answer. */
  remaining: number | undefined;
  /** Records left at the least. */
  atLeast = 0;

  constructor(
    readonly from: number,
    to: number,
  ) {
    this.cursor = from;
    this.end = to;
  }

  get to(): number {
    return this.end;
  }

  /** The first record known behind the window, as far as nothing unread lies between. */
  get reach(): number {
    let reach = this.end;
    for (let window = this.next; window; window = window.next) {
      if (window.first !== undefined) return window.first;
      if (window.cursor <= window.end) return reach;
      reach = window.end;
    }
    return reach;
  }

  /** Learns from a page that did not end the window. */
  onPage(page: Page): void {
    const {records, total} = page;
    this.first ??= records[0]?.updatedAt;
    this.atLeast = Math.max(0, (total?.count ?? 0) - records.length);
    this.remaining =
      total && !total.atLeast
        ? this.atLeast
        : Math.max(this.atLeast, extrapolate(page, this.cursor, this.end));
  }

  /** Gives away the later half of the time that is left; undefined where there is no half to give. */
  split(): Window | undefined {
    const middle = this.cursor + Math.floor((this.end - this.cursor) / 2);
    if (middle <= this.cursor || middle >= this.end) return undefined;
    const later = new Window(middle + 1, this.end);
    later.next = this.next;
    this.next = later;
    this.end = middle;
    // Halved on paper until the next answer counts what is left here; the later half is unknown until its first.
    if (this.remaining !== undefined) this.remaining /= 2;
    this.atLeast = 0;
    return later;
  }
}

/** Records that would be left if they went on as densely as on this page. */
function extrapolate({records}: Page, from: number, to: number): number {
  const last = records.at(-1)?.updatedAt ?? to;
  const span = last - from;
  return span > 0 ? (records.length * (to - last)) / span : 0;
}

/** The windows of one stream: which to read next, and when half of one may be given to an idle worker. Pure bookkeeping. */
export class Windows {
  private readonly waiting: Window[];
  private readonly open = new Set<Window>();
  private read = 0;
  private splits = 0;

  /** @param intervals what is to be read: disjoint, ascending */
  constructor(intervals: readonly Interval[]) {
    this.waiting = intervals.map(([from, to]) => new Window(from, to));
  }

  /** The next window to read: one that nobody has begun, or half of the largest if that is worth its cost. */
  take(pageSize: number): Window | undefined {
    const window = this.waiting.shift() ?? this.steal(pageSize);
    if (window) this.open.add(window);
    return window;
  }

  /** Told of records that were handed out. */
  count(records: number): void {
    this.read += records;
  }

  /** Told that a window is done. */
  close(window: Window): void {
    this.open.delete(window);
  }

  /** Records that are left in all windows, as far as can be told. */
  get remaining(): number {
    let guess = 0;
    let known = this.read;
    for (const window of this.open) {
      guess += window.remaining ?? 0;
      known += window.atLeast;
    }
    return Math.min(guess, CREDIBLE * known);
  }

  private steal(pageSize: number): Window | undefined {
    const pages = (this.read + this.remaining) / pageSize;
    if (this.splits + 1 > pages / PAGES_PER_SPLIT) return undefined;
    let largest: Window | undefined;
    for (const window of this.open) {
      if ((window.remaining ?? 0) > (largest?.remaining ?? 0)) largest = window;
    }
    if (largest?.remaining === undefined || largest.remaining < WORTH_SPLITTING * pageSize) return undefined;
    const later = largest.split();
    if (later) this.splits += 1;
    return later;
  }
}
