import {LongNumber, isExact, isJsonNumber} from '../json';

const DIGITS = /^-?\d+$/;

/**
 * A value as the number it says, in JSON text, where that loses nothing.
 *
 * Text counts as a number if it is written as JSON writes numbers: `12`, `1.50` and `1e3` are, `007` (more likely an id) and
 * ` 12` are not. What a double does not hold keeps its digits, unless it is out of a double's range: readers refuse that.
 *
 * @returns undefined if there is none
 */
export function toNumber(value: unknown): string | undefined {
  if (typeof value === 'number') return Number.isFinite(value) ? String(value) : undefined;
  const text = value instanceof LongNumber ? value.text : value;
  if (typeof text !== 'string' || !isJsonNumber(text)) return undefined;
  if (isExact(text)) return String(Number(text));
  return isInRange(text) ? text : undefined;
}

/** As {@link toNumber}, but whole numbers only: 3.0 is one, 3.5 is not. */
export function toInteger(value: unknown): string | undefined {
  const text = toNumber(value);
  if (text === undefined) return undefined;
  return (typeof value === 'number' || isExact(text) ? Number.isInteger(Number(text)) : DIGITS.test(text))
    ? text
    : undefined;
}

/** The digits of a number that a double does not hold: as a number where readers take it, else as text. */
export function longNumber({text}: LongNumber): string {
  return isInRange(text) ? text : `"${text}"`;
}

/** Whether a double comes near: neither too large, nor so small that it is taken for 0. Not for 0 itself. */
function isInRange(text: string): boolean {
  const number = Number(text);
  return Number.isFinite(number) && number !== 0;
}

/** A boolean, or the text `true` or `false` as one; undefined for all else. */
export function toBoolean(value: unknown): boolean | undefined {
  if (typeof value === 'boolean') return value;
  return value === 'true' ? true : value === 'false' ? false : undefined;
}
