import type {Outcome, Probe, Subject} from '../finding';
import {timesOf} from '../rows';
import type {SearchPage} from '../search-pages';
import {byOutcome} from '../words';

/** From this share of neighbours in the wrong order on, a page is not sorted; below, single records are out of place. */
const UNSORTED_SHARE = 0.1;

type Order = 'ascending' | 'ascending to the second' | 'not sorted' | 'too few records to tell';

/** How an instant and its successor compare, over a page: pairs in the wrong order, in ms and in whole seconds. */
export function descentsIn(times: readonly number[], unitMs: number): number {
  const units = times.map((time) => Math.floor(time / unitMs));
  return units.filter((unit, at) => at > 0 && unit < (units[at - 1] as number)).length;
}

/** In which order the records of a page are. */
export function orderOf(times: readonly number[]): Order {
  if (new Set(times).size < 2) return 'too few records to tell';
  const descents = descentsIn(times, 1);
  if (descents === 0) return 'ascending';
  if (descentsIn(times, 1000) === 0) return 'ascending to the second';
  return descents / times.length >= UNSORTED_SHARE ? 'not sorted' : 'ascending';
}

/** Whether search sorts by the updated_at of each context (docs/kustomer-api.md, Search). */
export const order: Probe = {
  topic: 'order',
  assumed: 'search sorts by updated_at, ascending, to the millisecond; promised for customers only',
  async run({searches}: Subject): Promise<Outcome> {
    const orders = (await searches.all()).flatMap(({context, rows}: SearchPage) =>
      rows ? [[context, orderOf(timesOf(rows))] as const] : [],
    );
    const found = orders.map(([, one]) => one);
    const isUnsorted = found.includes('not sorted');
    const isCoarse = found.includes('ascending to the second');
    return {
      verdict: isUnsorted || isCoarse ? 'differs' : found.includes('ascending') ? 'as assumed' : 'not shown',
      seen: byOutcome(orders) || 'no context answers',
      does: isUnsorted
        ? 'a stream that is not sorted fails by name: nothing else would be complete'
        : isCoarse
          ? 'asks for the last second again each time'
          : 'checks that each page is in order',
      ...(isUnsorted && {sandbox: {settings: {sortBy: 'nothing'}}}),
      ...(!isUnsorted && isCoarse && {sandbox: {settings: {sortBy: 'second'}}}),
    };
  },
};
