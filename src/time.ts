/** A closed interval of instants, epoch ms: both ends belong to it, and `from <= to`. */
export type Interval = readonly [from: number, to: number];

const SHAPE = /^(\d{4}-\d{2}-\d{2})[T ](\d{2}:\d{2}:\d{2})(?:\.(\d{1,9}))?(Z|\+00:?00)$/;

/**
 * `2023-04-17T00:00:26.971Z` -> epoch ms. Takes UTC only, to the millisecond: finer digits would be cut, and what lies
 * between two milliseconds would fall between two windows, so an instant that has them is no usable one.
 * @returns undefined for anything else
 */
export function parseInstant(value: unknown): number | undefined {
  if (typeof value !== 'string') return undefined;
  const match = SHAPE.exec(value);
  if (!match) return undefined;
  const [, day, time, digits = ''] = match;
  if (/[1-9]/.test(digits.slice(3))) return undefined;
  const instant = Date.parse(`${day}T${time}.${digits.slice(0, 3).padEnd(3, '0')}Z`);
  return Number.isNaN(instant) || !exists(day, instant) ? undefined : instant;
}

/** `2023-02-30` is parsed as a day in March: it must come back as it was. */
function exists(day: string | undefined, instant: number): boolean {
  const date = Number(day?.slice(8));
  return date <= 28 || new Date(instant).getUTCDate() === date;
}

/** Epoch ms -> `2023-04-17T00:00:26.971Z`. */
export function formatInstant(instant: number): string {
  return new Date(instant).toISOString();
}
