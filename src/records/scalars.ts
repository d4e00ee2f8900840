const JSON_NUMBER = /^-?(0|[1-9]\d*)(?:\.(\d+))?(?:[eE]([+-]?\d+))?$/;

/**
 * A value as the number it says, where that loses nothing.
 *
 * Text counts as a number if it is written as JSON writes numbers and if the number has the same decimal value: `12`,
 * `1.50` and `1e3` do, `007` (more likely an id), ` 12` and digits beyond a double's precision do not.
 *
 * @returns the number, undefined if there is none
 */
export function toNumber(value: unknown): number | undefined {
  if (typeof value === 'number') return Number.isFinite(value) ? value : undefined;
  if (typeof value !== 'string' || !JSON_NUMBER.test(value)) return undefined;
  const number = Number(value);
  return Number.isFinite(number) && decimal(value) === decimal(String(number)) ? number : undefined;
}

/** As {@link toNumber}, but whole numbers only: 3.0 is one, 3.5 is not. */
export function toInteger(value: unknown): number | undefined {
  const number = toNumber(value);
  return Number.isInteger(number) ? number : undefined;
}

/** A boolean, or the text `true` or `false` as one; undefined for all else. */
export function toBoolean(value: unknown): boolean | undefined {
  if (typeof value === 'boolean') return value;
  return value === 'true' ? true : value === 'false' ? false : undefined;
}

/** One spelling for each decimal value, whatever its zeros and exponent: `1.50` and `15e-1` are both `15e-1`. */
function decimal(text: string): string {
  const [, whole = '', fraction = '', exponent = '0'] = JSON_NUMBER.exec(text) ?? [];
  const digits = (whole + fraction).replace(/^0+/, '');
  const significant = digits.replace(/0+$/, '');
  if (significant === '') return '0';
  return `${significant}e${Number(exponent) - fraction.length + digits.length - significant.length}`;
}
