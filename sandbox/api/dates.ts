import {badRequest} from './errors';

const DAY = 24 * 60 * 60_000;
const PATTERN = /^(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d:\d\d)(?:\.(\d{1,9}))?(Z|[+-]\d\d:?\d\d))?$/;

/** What a date in a filter stands for, epoch ms with fractions: one instant, or from the start to the end of a day. */
export interface Span {
  from: number;
  to: number;
}

/**
 * Reads a date of a filter (docs/kustomer-api.md, Search): `YYYY-MM-DD`, full UTC, fractions of up to nine digits, and
 * `YYYY-MM-DD HH:MM:SS+00:00`. Refuses anything else.
 */
export function parseDate(value: unknown, attribute: string): Span {
  const [, date, time, fraction, zone] = PATTERN.exec(typeof value === 'string' ? value : '') ?? [];
  const start = Date.parse(`${date}T${time ?? '00:00:00'}${zone ?? 'Z'}`);
  if (Number.isNaN(start)) throw badRequest(`Invalid date for ${attribute}`, `/${attribute}`);
  if (time === undefined) return {from: start, to: start + DAY - 1};
  const instant = start + Number(`0.${fraction ?? '0'}`) * 1000;
  return {from: instant, to: instant};
}
