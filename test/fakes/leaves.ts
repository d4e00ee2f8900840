import {snakeCase} from '../../src/records/snake-case';

/** A value that is no list, no object and not null, with the column names that lead to it. */
export interface Leaf {
  readonly path: string;
  readonly value: unknown;
}

/** Every leaf of a JSON value, in order. The members of a list have the path of the list. */
export function leavesOf(value: unknown, path = ''): Leaf[] {
  if (value === null) return [];
  if (Array.isArray(value)) return value.flatMap((item) => leavesOf(item, path));
  if (typeof value !== 'object') return [{path, value}];
  const prefix = path === '' ? '' : `${path}.`;
  return Object.entries(value).flatMap(([key, member]) => leavesOf(member, prefix + snakeCase(key)));
}

/** The leaves that are not in a row, neither as a value nor as its text, counting how often each is there. */
export function missingFrom(row: unknown, leaves: readonly Leaf[]): Leaf[] {
  const counts = new Map<string, number>();
  for (const {value} of leavesOf(row)) {
    for (const each of [value, ...insideText(value)]) {
      counts.set(spelling(each), (counts.get(spelling(each)) ?? 0) + 1);
    }
  }
  return leaves.filter(({value}) => {
    const left = counts.get(spelling(value)) ?? 0;
    counts.set(spelling(value), left - 1);
    return left <= 0;
  });
}

/** The leaves of a list or object that became its JSON text. */
function insideText(value: unknown): unknown[] {
  if (typeof value !== 'string' || !/^[[{]/.test(value)) return [];
  try {
    return leavesOf(JSON.parse(value)).map((leaf) => leaf.value);
  } catch {
    return [];
  }
}

/** One spelling for a value and what casting may make of it: a number or its text, a date with or without its time. */
function spelling(value: unknown): string {
  if (typeof value !== 'string') return String(value);
  if (/^\d{4}-\d\d-\d\d$/.test(value)) return `${value}T00:00:00Z`;
  return value.trim() === '' || Number.isNaN(Number(value)) ? value : String(Number(value));
}
