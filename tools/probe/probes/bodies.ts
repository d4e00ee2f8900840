import type {Interval} from '../../../src/time';
import type {Outcome, Probe, SandboxPart, Subject} from '../finding';
import {type Row, timesOf} from '../rows';
import {records} from '../words';
import {orderOf} from './order';

/** A record whose own time is not where it was found. */
interface OutOfPlace {
  /** By how much it is newer than its place at least: ms, negative is older. */
  readonly offMs: number;
}

/** The records of an ascending page that are not in order with most others, or lie outside of what was asked for. */
export function outOfPlace(rows: readonly Row[], [from, to]: Interval): readonly OutOfPlace[] {
  const times = timesOf(rows);
  const inPlace = longestAscent(times.map((time) => (time < from || time > to ? undefined : time)));
  let before = from;
  return times.flatMap((time, at) => {
    if (inPlace.has(at)) {
      before = time;
      return [];
    }
    const next = times.findIndex((_, other) => other > at && inPlace.has(other));
    const after = next === -1 ? to : (times[next] as number);
    return [{offMs: time > after ? time - after : time - before}];
  });
}

/** The places of the longest ascending part of a list of times, by patience sorting; undefined ones are not in it. */
function longestAscent(times: readonly (number | undefined)[]): ReadonlySet<number> {
  /** For each length, where the part of that length ends that ends lowest. */
  const ends: number[] = [];
  const previous = new Map<number, number | undefined>();
  times.forEach((time, at) => {
    if (time === undefined) return;
    const longer = ends.findIndex((end) => (times[end] as number) > time);
    const length = longer === -1 ? ends.length : longer;
    previous.set(at, ends[length - 1]);
    ends[length] = at;
  });
  const places = new Set<number>();
  for (let at = ends.at(-1); at !== undefined; at = previous.get(at)) places.add(at);
  return places;
}

/** Whether the records of an answer are those of the index, which sorted them (docs/kustomer-api.md, Search). */
export const bodies: Probe = {
  topic: 'bodies and index',
  assumed: 'the updatedAt of a record is that of its place; where it is not, the record is read all the same',
  async run({searches}: Subject): Promise<Outcome> {
    // Of a page in another order, nothing can be said of single records.
    const pages = (await searches.all()).filter(({rows = []}) => orderOf(timesOf(rows)) === 'ascending');
    const looked = pages.reduce((sum, {rows = []}) => sum + rows.length, 0);
    const odd = pages.flatMap(({rows = [], range}) => outOfPlace(rows, range));
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
