import {parseJson} from '../../json';
import {Byte, NO_END} from '../../json-bytes';

/** In the place of an end: something is not as usual, and has to be parsed. */
export const UNUSUAL = NO_END;

/** More digits may be more than a double holds. */
const MOST_DIGITS = 15;

/** @param at where a string begins @returns behind its last quote; UNUSUAL if JSON.stringify would write it in another way */
export function endOfString(input: Buffer, at: number): number {
  let end = at + 1;
  let byte = input[end];
  while (byte !== Byte.Quote) {
    if (byte === undefined || byte < Byte.Space) return UNUSUAL;
    if (byte === Byte.Backslash && !isUsualEscape(input[++end])) return UNUSUAL;
    byte = input[++end];
  }
  return end + 1;
}

/** What the string between two places says, both quotes included; one that {@link endOfString} takes. */
export function usualText(input: Buffer, from: number, to: number): string {
  const text = input.toString('utf8', from + 1, to - 1);
  return text.includes('\\') ? (JSON.parse(`"${text}"`) as string) : text;
}

/** Neither `\u`, of what is mostly written as it is, nor `\/`. */
function isUsualEscape(byte: number | undefined): boolean {
  switch (byte) {
    case Byte.Quote:
    case Byte.Backslash:
    case Byte.B:
    case Byte.F:
    case Byte.N:
    case Byte.R:
    case Byte.T:
      return true;
    default:
      return false;
  }
}

/**
 * @param at where a number begins
 * @returns behind its last digit; UNUSUAL if it is none, or JSON.stringify would write it in another way: with an exponent, more
 * digits than a double holds, zeros at its end, or much smaller than 1
 */
export function endOfNumber(input: Buffer, at: number): number {
  const first = input[at] === Byte.Minus ? at + 1 : at;
  const isZero = input[first] === Byte.Zero;
  let end = endOfDigits(input, first);
  if (end === first || (isZero && end > first + 1)) return UNUSUAL;
  let isPlain = !isZero || first === at;
  if (input[end] === Byte.Point) {
    const fraction = end + 1;
    end = endOfDigits(input, fraction);
    if (end === fraction) return UNUSUAL;
    isPlain = input[end - 1] !== Byte.Zero && !(isZero && input[fraction] === Byte.Zero);
  }
  if (input[end] === Byte.E || input[end] === Byte.BigE) return UNUSUAL;
  return (isPlain && end - first <= MOST_DIGITS) || isShortest(input.toString('latin1', at, end))
    ? end
    : UNUSUAL;
}

/** Whether JSON.stringify would write a number so. */
function isShortest(text: string): boolean {
  return String(Number(text)) === text;
}

export function isNumberStart(byte: number | undefined): boolean {
  return byte !== undefined && (byte === Byte.Minus || isDigit(byte));
}

/** Whether a number between two places is not whole. */
export function hasFraction(input: Buffer, from: number, to: number): boolean {
  for (let at = from; at < to; at++) if (input[at] === Byte.Point) return true;
  return false;
}

function endOfDigits(input: Buffer, at: number): number {
  let end = at;
  for (let byte = input[end]; byte !== undefined && isDigit(byte); byte = input[++end]);
  return end;
}

function isDigit(byte: number): boolean {
  return byte >= Byte.Zero && byte <= Byte.Nine;
}

/** The value between two places; undefined if it is no JSON. */
export function parseValue(input: Buffer, from: number, to: number): unknown {
  try {
    const [value] = parseJson(`[${input.toString('utf8', from, to)}]`) as readonly unknown[];
    return value;
  } catch {
    return undefined;
  }
}

export function startsWith(bytes: Buffer, input: Buffer, at: number): boolean {
  for (let index = 0; index < bytes.length; index++) if (input[at + index] !== bytes[index]) return false;
  return true;
}
