import {toDateTime} from './date-time';

/** A closed interval of instants, epoch ms: both ends belong to it, and `from <= to`. */
export type Interval = readonly [from: number, to: number];

/**
 * `2023-04-17T00:00:26.971Z` -> epoch ms. Takes whatever is a timestamp for `toDateTime`: with an offset, without a zone (UTC),
 * to the second or finer than a millisecond; finer digits are cut.
 * @returns undefined for anything else
 */
export function parseInstant(value: unknown): number | undefined {
  if (typeof value !== 'string') return undefined;
  const text = toDateTime(value);
  if (text === undefined) return undefined;
  const instant = Date.parse(text);
  return Number.isNaN(instant) ? undefined : instant;
}

/** Epoch ms -> `2023-04-17T00:00:26.971Z`. */
export function formatInstant(instant: number): string {
  return new Date(instant).toISOString();
}
