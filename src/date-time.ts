const DAYS = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31] as const;

/**
 * Brings a timestamp into the form of RFC 3339 that JSON Schema's `date-time` asks for.
 *
 * What says the same in other words is rewritten: a space or `t` for the `T`, `z`, `+0100`, `+01`. What has no zone
 * is taken as UTC, and a plain date as its midnight, because Kustomer sends UTC (docs/kustomer-api.md, Envelope). Any number
 * of decimals is kept. Walks characters, since it runs for each timestamp of each record.
 *
 * @param text e.g. `2023-04-17T00:00:07.949Z`
 * @returns the same instant, the very same text where it was right already; undefined if it is no timestamp
 */
export function toDateTime(text: string): string | undefined {
  if (!isDate(text)) return undefined;
  if (text.length === 10) return `${text}T00:00:00Z`;
  if (!isSeparator(text.charCodeAt(10)) || !isTime(text)) return undefined;
  const end = endOfFraction(text);
  if (end === -1) return undefined;
  const zone = toZone(text, end);
  if (zone === undefined) return undefined;
  if (zone === '' && text.charCodeAt(10) === 84) return text;
  return `${text.slice(0, 10)}T${text.slice(11, end)}${zone === '' ? text.slice(end) : zone}`;
}

function isDate(text: string): boolean {
  const year = twoDigits(text, 0) * 100 + twoDigits(text, 2);
  const month = twoDigits(text, 5);
  const day = twoDigits(text, 8);
  if (!(year >= 0) || text.charCodeAt(4) !== 45 || text.charCodeAt(7) !== 45) return false;
  if (!(month >= 1 && month <= 12 && day >= 1)) return false;
  return day <= (month === 2 && !isLeap(year) ? 28 : (DAYS[month - 1] ?? 0));
}

function isTime(text: string): boolean {
  if (text.charCodeAt(13) !== 58 || text.charCodeAt(16) !== 58) return false;
  return twoDigits(text, 11) <= 23 && twoDigits(text, 14) <= 59 && twoDigits(text, 17) <= 59;
}

/** Where the seconds end, decimals and all; -1 if a point has no decimals. */
function endOfFraction(text: string): number {
  if (text.charCodeAt(19) !== 46) return 19;
  let end = 20;
  while (isDigit(text.charCodeAt(end))) end += 1;
  return end === 20 ? -1 : end;
}

/** The zone that starts at `from` in its right form, '' if it has that already, undefined if it is none. */
function toZone(text: string, from: number): string | undefined {
  const length = text.length - from;
  const sign = text.charCodeAt(from);
  if (length === 0) return 'Z';
  if (length === 1) return sign === 90 ? '' : sign === 122 ? 'Z' : undefined;
  if (sign !== 43 && sign !== 45) return undefined;
  const hasColon = text.charCodeAt(from + 3) === 58;
  if (length !== 3 && length !== (hasColon ? 6 : 5)) return undefined;
  const minutes = length === 3 ? 0 : twoDigits(text, from + (hasColon ? 4 : 3));
  if (!(twoDigits(text, from + 1) <= 23 && minutes <= 59)) return undefined;
  if (hasColon) return '';
  return `${text.slice(from, from + 3)}:${length === 3 ? '00' : text.slice(from + 3)}`;
}

function isLeap(year: number): boolean {
  return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
}

/** `T`, `t` or a space. */
function isSeparator(code: number): boolean {
  return code === 84 || code === 116 || code === 32;
}

function isDigit(code: number): boolean {
  return code >= 48 && code <= 57;
}

/** The number that two digits make; NaN, which no comparison accepts, if they are not digits. */
function twoDigits(text: string, at: number): number {
  const tens = text.charCodeAt(at);
  const ones = text.charCodeAt(at + 1);
  return isDigit(tens) && isDigit(ones) ? (tens - 48) * 10 + ones - 48 : NaN;
}
