import type {Outcome, Probe, SandboxPart, Subject} from '../finding';
import type {Row} from '../rows';
import {records} from '../words';
import {orderOf} from './order';

/** A record whose own time is not where it was found. */
interface OutOfPlace {
  /** By how much it is newer than its place at least: ms, negative is older. */
  readonly offMs: number;
}

/** The records of an ascending page that do not fit between their neighbours, or lie outside of what was asked for. */
export function outOfPlace(
  rows: readonly Row[],
  [from, to]: readonly [number, number],
): readonly OutOfPlace[] {
  const times = rows.flatMap(({updatedAtMs}) => updatedAtMs ?? []);
  return times.flatMap((time, at) => {
    const before = times[at - 1] ?? from;
    const after = times[at + 1] ?? to;
    // A record is the odd one only if its neighbours agree without it.
    if (before <= after && time > after) return [{offMs: time - after}];
    if (before <= after && time < before) return [{offMs: time - before}];
    return [];
  });
}

/** Whether the records of an answer are those of the index, which sorted them (docs/kustomer-api.md, Search). */
export const bodies: Probe = {
  topic: 'bodies and index',
  assumed: 'the updatedAt of a record is that of its place; where it is not, the record is read all the same',
  async run({searches}: Subject): Promise<Outcome> {
    const pages = (await searches.all()).filter(
      ({rows}) => rows && orderOf(rows.flatMap(({updatedAtMs}) => updatedAtMs ?? [])) !== 'not sorted',
    );
    const looked = pages.reduce((sum, {rows = []}) => sum + rows.length, 0);
    const odd = pages.flatMap(({rows = [], range}) =>
      orderOf(rows.flatMap(({updatedAtMs}) => updatedAtMs ?? [])) === 'ascending'
        ? outOfPlace(rows, range)
        : [],
    );
    const newer = odd.filter(({offMs}) => offMs > 0).length;
    return {
      verdict: looked === 0 ? 'not shown' : odd.length > 0 ? 'differs' : 'as assumed',
      seen:
        odd.length === 0
          ? `none of ${records(looked)} out of place`
          : `${odd.length} of ${records(looked)} out of place: ${newer} newer, ${odd.length - newer} older`,
      does: 'reads records out of place where they are found; they move no state',
      ...(odd.length > 0 && {sandbox: skewedAs(odd, looked)}),
    };
  },
};

function skewedAs(odd: readonly OutOfPlace[], looked: number): SandboxPart {
  const offs = odd.map(({offMs}) => offMs).sort((a, b) => a - b);
  return {settings: {skewed: odd.length / looked, skewMs: offs[offs.length >> 1] ?? 0}};
}
