/** An object as JSON has it. */
export type JsonObject = Readonly<Record<string, unknown>>;

/** A number with more digits than a double holds, or out of its range, as it was written. */
export class LongNumber {
  constructor(readonly text: string) {}

  /** The digits as text, wherever nobody thought of such a number. */
  toString(): string {
    return this.text;
  }

  toJSON(): string {
    return this.text;
  }
}

const JSON_NUMBER = /^-?(0|[1-9]\d*)(?:\.(\d+))?(?:[eE]([+-]?\d+))?$/;
/** Numbers that could lose digits: up to 15, and exponents of two, survive a double. What is in strings may look so too. */
const MAY_BE_LONG = /[:,[]\s*(-?(?:[\d.]{16}|[\d.]+[eE][-+]?\d{3})[-+.\deE]*)/g;
/** A string, which is skipped, or a number. */
const STRING_OR_NUMBER = /"[^"\\]*(?:\\[^][^"\\]*)*"|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/g;

/** Whether a value is an object with keys: neither null nor a list, nor a number that is too long. */
export function isObject(value: unknown): value is JsonObject {
  return (
    typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof LongNumber)
  );
}

/**
 * Parses JSON text as JSON.parse does, but that numbers which would lose digits become {@link LongNumber}.
 *
 * @param text an object or a list; a number that stands alone may be rounded
 * @throws SyntaxError as JSON.parse does
 */
export function parseJson(text: string): unknown {
  const value: unknown = JSON.parse(text);
  return hasLong(text) ? parseLong(text) : value;
}

function hasLong(text: string): boolean {
  if (text.search(MAY_BE_LONG) < 0) return false;
  for (const [, number = ''] of text.matchAll(MAY_BE_LONG)) if (!isExact(number)) return true;
  return false;
}

/** Lets JSON.parse see such numbers as strings with a mark that no other string has. */
function parseLong(text: string): unknown {
  let mark = '#';
  while (text.includes(`"${mark}`)) mark += '#';
  const marked = text.replace(STRING_OR_NUMBER, (token) =>
    token.startsWith('"') || isExact(token) ? token : `"${mark}${token}"`,
  );
  return JSON.parse(marked, (_key, value: unknown) =>
    typeof value === 'string' && value.startsWith(mark) ? new LongNumber(value.slice(mark.length)) : value,
  );
}

/** Whether text is written as JSON writes numbers: `12`, `1.50` and `1e3` are, `007` and ` 12` are not. */
export function isJsonNumber(text: string): boolean {
  return JSON_NUMBER.test(text);
}

/** Whether a double has the very decimal value of a JSON number: `1.50` and `1e3`, but not `9007199254740993`. */
export function isExact(text: string): boolean {
  const number = Number(text);
  const shortest = String(number);
  return shortest === text || (Number.isFinite(number) && decimal(text) === decimal(shortest));
}

/** One spelling for each decimal value, whatever its zeros and exponent: `1.50` and `15e-1` are both `15e-1`. */
function decimal(text: string): string {
  const [, whole = '', fraction = '', exponent = '0'] = JSON_NUMBER.exec(text) ?? [];
  const digits = (whole + fraction).replace(/^0+/, '');
  const significant = digits.replace(/0+$/, '');
  if (significant === '') return '0';
  return `${significant}e${Number(exponent) - fraction.length + digits.length - significant.length}`;
}
