import {snakeCase} from '../../src/records/snake-case';

/** A value that has nothing in it, with what leads to it: names in snake_case, without positions and without what sets names apart. */
interface Leaf {
  readonly path: string;
  /** One spelling for a value and what a cast may make of it. */
  readonly value: string;
}

/** A string, or a number as it is written. */
const STRING_OR_NUMBER = /"(?:\\[^]|[^"\\])*"|-?\d+(?:\.\d+)?(?:[eE][-+]?\d+)?/g;
const NUMBER = /^(-?)(\d+)(?:\.(\d+))?(?:[eE]([-+]?\d+))?$/;
const TIMESTAMP = /^(\d{4}-\d\d-\d\d)(?:[Tt ](\d\d:\d\d:\d\d)(\.\d+)?(?:([Zz])|([-+]\d\d)(?::?(\d\d))?)?)?$/;

/** The leaves of a record that are not in its row, or not as often; both are JSON text, and numbers are compared by their digits. */
export function lostFrom(record: string, row: string): readonly string[] {
  const counts = new Map<string, number>();
  for (const leaf of leavesOf(row)) {
    const key = `${leaf.path}: ${leaf.value}`;
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  return leavesOf(record)
    .map(({path, value}) => `${path}: ${value}`)
    .filter((key) => {
      const left = counts.get(key) ?? 0;
      counts.set(key, left - 1);
      return left <= 0;
    });
}

/** How many leaves a record has. */
export function countLeaves(record: string): number {
  return leavesOf(record).length;
}

function leavesOf(json: string): readonly Leaf[] {
  return [...walk(readJson(json), [])].filter(({path, value}) => path !== '' || value !== '{}');
}

/** Parses without losing digits: every string, and every key, begins with `$` then, every number with `#`. */
function readJson(json: string): unknown {
  const tagged = json.replace(STRING_OR_NUMBER, (token) =>
    token.startsWith('"') ? `"$${token.slice(1)}` : `"#${token}"`,
  );
  return JSON.parse(tagged);
}

function* walk(value: unknown, steps: readonly string[]): Generator<Leaf> {
  if (typeof value === 'string') {
    yield {path: pathOf(steps), value: spelling(value.slice(1).toWellFormed())};
    yield* insideText(value.slice(1), steps);
  } else if (Array.isArray(value) && value.length > 0) {
    for (const item of value) yield* walk(item, steps);
  } else if (typeof value === 'object' && value !== null && Object.keys(value).length > 0) {
    for (const [key, member] of Object.entries(value)) yield* walk(member, [...steps, key.slice(1)]);
  } else {
    yield {path: pathOf(steps), value: JSON.stringify(value)};
  }
}

/** Where lists and objects became JSON text. What is no more than text has the text's own leaf besides. */
function* insideText(text: string, steps: readonly string[]): Generator<Leaf> {
  if (!/^[[{]/.test(text)) return;
  try {
    yield* walk(readJson(text), steps);
  } catch {
    // It is text that begins so.
  }
}

/** `attributes.fooBar`, `foo_bar`, `foo_bar__2` and `_ab_additional_properties.fooBar` are all `foo bar`. */
function pathOf(steps: readonly string[]): string {
  const [first = ''] = steps;
  const isAround = ['attributes', 'relationships', '_ab_additional_properties'].includes(first);
  const names = (isAround ? steps.slice(1) : steps).join('_').toWellFormed();
  return snakeCase(names)
    .split('_')
    .filter((word) => !/^\d*$|^(data|attribute)$/.test(word))
    .join(' ');
}

function spelling(value: string): string {
  const [, sign, whole = '', fraction = '', exponent = '0'] = NUMBER.exec(value) ?? [];
  if (sign !== undefined) {
    const digits = (whole + fraction).replace(/^0+/, '');
    const significant = digits.replace(/0+$/, '');
    const power = Number(exponent) - fraction.length + digits.length - significant.length;
    return significant === '' ? '0' : `${sign}${significant}e${power}`;
  }
  const [, date, time = '00:00:00', decimals = '', utc, hours, minutes = '00'] = TIMESTAMP.exec(value) ?? [];
  if (date === undefined) return value;
  return `${date}T${time}${decimals}${utc !== undefined || hours === undefined ? 'Z' : `${hours}:${minutes}`}`;
}
