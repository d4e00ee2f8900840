import {RefusedError} from '../http/errors';
import type {Page, PageSource} from './page';
import {checkOrder} from './seek';
import type {Window} from './windows';

/** A window that was split off another, and its first page. */
export interface SplitWindow<T> {
  readonly window: Window;
  /** Undefined where the page that was asked for held nothing of the window. */
  readonly page: Page<T> | undefined;
}

/** Shorter than a full page by so many records: those that questions repeat, and one that shows the end. */
const MARGIN = 4;

/** How many records a page holds by which windows are split. */
export function splitSize(pageSize: number): number {
  return pageSize - MARGIN;
}

/**
 * Splits a window by asking for a page in its middle. Page numbers are no way to read what changes, but one page alone is an
 * unbroken stretch: what lies behind its first instant is read there and from there on, and all up to and with that instant
 * stays with the window. So no request is spent on planning, and both parts are full pages.
 * @param number which page of `splitSize` records begins the part
 * @returns undefined when there is nothing to give away: the window was read past it meanwhile, or the page is empty or refused;
 *   then the window is not asked for a part again
 * @throws what `source.page` throws, but a refusal of the page itself
 */
export async function split<T>(
  source: PageSource<T>,
  window: Window,
  number: number,
  size: number,
): Promise<SplitWindow<T> | undefined> {
  const {cursor, to, read} = window;
  window.isSplitting = true;
  try {
    const page = await source.page({updated: [cursor, to], sort: 'updated', page: number, size});
    checkOrder(source.endpoint, page.records, ({updatedAt}) => updatedAt);
    const first = page.records[0]?.updatedAt;
    // Nobody else cuts a window that is being split, so its end is where it was.
    if (first === undefined || first < window.cursor || first >= window.to) return undefined;
    const before = (number - 1) * size;
    const later = window.cut(first, Math.max(0, before - (window.read - read)));
    window.isSplitting = false;
    return {window: later, page: behind(first, page, before)};
  } catch (error) {
    if (error instanceof RefusedError && error.status === 400) return undefined;
    throw error;
  }
}

/** What of a page lies behind an instant; its total less what came before. */
function behind<T>(instant: number, page: Page<T>, before: number): Page<T> | undefined {
  const records = page.records.filter(({updatedAt}) => updatedAt > instant);
  if (records.length === 0) return undefined;
  const skipped = before + page.records.length - records.length;
  const total = page.total && {...page.total, count: Math.max(records.length, page.total.count - skipped)};
  return {...page, records, total, provenLast: false};
}
