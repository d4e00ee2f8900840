/** The bytes that JSON is made of. */
export enum Byte {
  Tab = 0x09,
  LineFeed = 0x0a,
  CarriageReturn = 0x0d,
  Space = 0x20,
  Quote = 0x22,
  Comma = 0x2c,
  Minus = 0x2d,
  Point = 0x2e,
  Zero = 0x30,
  One = 0x31,
  Nine = 0x39,
  Colon = 0x3a,
  BigE = 0x45,
  BigT = 0x54,
  BigZ = 0x5a,
  OpenList = 0x5b,
  Backslash = 0x5c,
  CloseList = 0x5d,
  B = 0x62,
  E = 0x65,
  F = 0x66,
  N = 0x6e,
  R = 0x72,
  T = 0x74,
  OpenObject = 0x7b,
  CloseObject = 0x7d,
}

/** In the place of where something ends: it does not. */
export const NO_END = -1;

/** @param at where any value begins @returns where it ends, if it is valid JSON; NO_END if it certainly is not */
export function endOfValue(input: Buffer, at: number): number {
  let depth = 0;
  for (let end = at; end < input.length; end++) {
    switch (input[end]) {
      case Byte.Quote:
        end = endOfString(input, end);
        break;
      case Byte.OpenObject:
      case Byte.OpenList:
        depth++;
        break;
      case Byte.CloseObject:
      case Byte.CloseList:
        if (depth === 0) return end;
        depth--;
        break;
      case Byte.Comma:
        if (depth === 0) return end;
    }
  }
  return NO_END;
}

/** @param at where a string begins @returns where its last quote is, if it has one; behind all of the input if not */
export function endOfString(input: Buffer, at: number): number {
  let end = at + 1;
  for (; end < input.length && input[end] !== Byte.Quote; end++) if (input[end] === Byte.Backslash) end++;
  return end;
}

/** @returns where something else than white space is, from `at` on */
export function skipSpaces(input: Buffer, at: number): number {
  let next = at;
  while (isSpace(input[next])) next++;
  return next;
}

function isSpace(byte: number | undefined): boolean {
  return byte === Byte.Space || byte === Byte.LineFeed || byte === Byte.CarriageReturn || byte === Byte.Tab;
}
