import {StoppedError} from '../http/errors';
import {type Page, type PageSource, isFull, once} from './page';
import {lastOfSecond, placeRecords} from './places';
import type {Window} from './windows';

/** A window that was split off another, and its first page. */
export interface SplitWindow<T> {
  readonly window: Window;
  /** Undefined where the page that was asked for held nothing of the window. */
  readonly page: Page<T> | undefined;
}

/** Shorter than a full page by this many records: those that questions repeat, and one that shows the end. */
const MARGIN = 2;

/** How many records a page holds by which windows are split. */
export function splitSize(pageSize: number): number {
  return pageSize - MARGIN;
}

/**
 * Splits a window by asking for a page in its middle. Page numbers are no way to read what changes, but one page alone is an
 * unbroken stretch: what lies behind its second record is read there and from there on, and all up to and with that instant
 * stays with the window. So no request is spent on planning, and both parts are full pages.
 *
 * The page only saves time, so that it costs no more than time when it fails in any way.
 * @param number which page of `size` records begins the part
 * @returns undefined when there is nothing to give away: the window was read past it meanwhile, or the page is empty, out of
 *   order or refused; then the window is not asked for a part again
 * @throws StoppedError
 */
export async function split<T>({
  source,
  window,
  number,
  size,
}: {
  readonly source: PageSource<T>;
  readonly window: Window;
  readonly number: number;
  readonly size: number;
}): Promise<SplitWindow<T> | undefined> {
  const {cursor, to, read} = window;
  window.isSplitting = true;
  try {
    const page = await source.page({
      updated: [cursor, to],
      sort: 'updated',
      page: number,
      size,
      optional: true,
    });
    const {placed, displaced, isCoarse} = placeRecords(page, ({updatedAt}) => updatedAt, [cursor, to]);
    // Its first record may be older than its place, and the second may share a second with records before it.
    const second = placed[1]?.place;
    const first = second === undefined || source.quirks.fine ? second : lastOfSecond(second);
    const isDoubtful =
      displaced > 0 || isCoarse || placed.some(({record, place}) => record.updatedAt !== place);
    if (isDoubtful || first === undefined) return undefined;
    // Nobody else cuts a window that is being split, so its end is where it was.
    if (first < window.cursor || first < window.shownTo || first >= window.to) return undefined;
    const before = (number - 1) * size;
    const later = window.cut(first, Math.max(0, before - (window.read - read)));
    window.isSplitting = false;
    return {window: later, page: isShort(page, before) ? undefined : behind(first, page, before)};
  } catch (error) {
    if (error instanceof StoppedError) throw error;
    return undefined;
  }
}

/** It shows fewer records than it counts: not to be taken for the beginning of a window. */
function isShort({records, capacity, total}: Page<unknown>, before: number): boolean {
  const due = total ? Math.min(capacity, total.count - before) : capacity;
  return once(records).length < due;
}

/** What of a page lies behind an instant; its total less what came before. */
function behind<T>(instant: number, page: Page<T>, before: number): Page<T> | undefined {
  const records = page.records.filter(({updatedAt}) => updatedAt !== undefined && updatedAt > instant);
  if (records.length === 0) return undefined;
  const skipped = before + page.records.length - records.length;
  const total = page.total && {...page.total, count: Math.max(records.length, page.total.count - skipped)};
  return {...page, records, total, capacity: records.length + (isFull(page) ? 0 : 1), provenLast: false};
}
