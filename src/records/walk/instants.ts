import {Byte} from '../../json-bytes';

/** `2025-04-02T19:47:16.858Z`: how Kustomer writes instants (docs/kustomer-api.md, Envelope), quotes left aside. */
const LENGTH = 24;

/** Of the months in every year. */
const DAYS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31] as const;

/** Whether the bytes between `from` and `to` are an instant as Kustomer writes it; on a 29 February it may be one all the same. */
export function isUsualInstant(input: Buffer, from: number, to: number): boolean {
  return (
    to - from === LENGTH &&
    input[from + 4] === Byte.Minus &&
    input[from + 7] === Byte.Minus &&
    input[from + 10] === Byte.BigT &&
    input[from + 13] === Byte.Colon &&
    input[from + 16] === Byte.Colon &&
    input[from + 19] === Byte.Point &&
    input[from + 23] === Byte.BigZ &&
    twoDigits(input, from) >= 0 &&
    twoDigits(input, from + 2) >= 0 &&
    isWithin(twoDigits(input, from + 8), 1, DAYS[twoDigits(input, from + 5) - 1] ?? 0) &&
    isWithin(twoDigits(input, from + 11), 0, 23) &&
    isWithin(twoDigits(input, from + 14), 0, 59) &&
    isWithin(twoDigits(input, from + 17), 0, 59) &&
    twoDigits(input, from + 20) >= 0 &&
    twoDigits(input, from + 21) >= 0
  );
}

/** The instant between two places: epoch ms. Undefined if it is not usual, or before the year 100, of which `Date.UTC` makes another. */
export function usualInstant(input: Buffer, from: number, to: number): number | undefined {
  if (!isUsualInstant(input, from, to)) return undefined;
  const year = twoDigits(input, from) * 100 + twoDigits(input, from + 2);
  if (year < 100) return undefined;
  return Date.UTC(
    year,
    twoDigits(input, from + 5) - 1,
    twoDigits(input, from + 8),
    twoDigits(input, from + 11),
    twoDigits(input, from + 14),
    twoDigits(input, from + 17),
    twoDigits(input, from + 20) * 10 + (twoDigits(input, from + 21) % 10),
  );
}

function isWithin(number: number, least: number, most: number): boolean {
  return number >= least && number <= most;
}

/** The number that two digits make; less than 0 if they are not digits. */
function twoDigits(input: Buffer, at: number): number {
  const tens = (input[at] as number) - Byte.Zero;
  const ones = (input[at + 1] as number) - Byte.Zero;
  return tens >= 0 && tens <= 9 && ones >= 0 && ones <= 9 ? tens * 10 + ones : -1;
}
