import {formatInstant, type Interval} from '../time';
import type {FoundRecord, Page, PageSource, Query} from './page';
import {lastOfSecond, toSecond} from './places';
import type {Quirks} from './quirks';
import {Seen} from './seen';
import {seek} from './seek';
import type {Range, SortKey} from './sort-key';
import {readByPageNumber} from './ties';
import {readWidening} from './widening';
import type {Window} from './windows';

/** Before any `createdAt`: a question from here on has no lower bound. */
const BEGINNING = -8.64e15;

/** The key that windows are read along: `updatedAt`. Only what stood at the last instant seen is remembered. */
export function byUpdatedAt<T>(source: PageSource<T>, window: Window): SortKey<T> {
  const {endpoint, quirks} = source;
  const seen = new Seen();
  return {
    endpoint,
    quirks,
    seen,
    instantOf: ({updatedAt}) => updatedAt,
    ask: (from, to, attempt) => source.page({updated: [from, to], sort: 'updated', page: 1, attempt}),
    askPage: (from, to, page, size) =>
      source.page({updated: [from, to], sort: 'updated', page, size, optional: true}),
    onPage: (view, reach) => window.onPage(view, reach),
    async *tie(instant, shown) {
      const {exact, wider, coarse} = rangesAround(instant);
      const wasFine = quirks.fine;
      const range = yield* readWidening({
        endpoint,
        what: `records of ${formatInstant(instant)}`,
        ranges: rangesFor(quirks, {exact, wider, coarse}),
        shown,
        read: (updated, met) => readByCreatedAt(source, updated, seen, met),
        async isStillThere() {
          const {records} = await source.page({
            updated: [instant - 1, window.reach],
            sort: 'updated',
            page: 1,
          });
          return records.some((record) => shown.has(record.id) && record.updatedAt === instant);
        },
      });
      if (range === exact) quirks.inclusive = true;
      if (range === wider) quirks.foundExclusive();
      if (range === coarse && wasFine) quirks.foundCoarse();
      return range === coarse ? lastOfSecond(instant) : instant;
    },
  };
}

/** Reads what was updated in a narrow range (mostly one instant) along `createdAt`, which never changes. */
async function* readByCreatedAt<T>(
  source: PageSource<T>,
  updated: Interval,
  seen: Seen,
  met: (id: string) => void,
): AsyncGenerator<readonly FoundRecord<T>[]> {
  const range: Range = {
    from: BEGINNING,
    cursor: BEGINNING,
    to: Infinity,
    reach: Infinity,
    settledTo: Infinity,
    isRepeated: false,
  };
  for await (const {records} of seek(byCreatedAt(source, updated, seen, met), range)) {
    if (records.length > 0) yield records;
  }
}

/**
 * The key within one instant of `updatedAt`: `createdAt`. A filter, since a second sort key is not reliable
 * (docs/kustomer-api.md, Search).
 * @param before what was handed out before, along `updatedAt`
 */
function byCreatedAt<T>(
  source: PageSource<T>,
  updated: Interval,
  before: Seen,
  met: (id: string) => void,
): SortKey<T> {
  const {endpoint, quirks} = source;
  const seen = new Seen(before);
  const within = (from: number, to: number): Omit<Query, 'page'> => ({
    updated,
    ...(from > BEGINNING && {createdFrom: from}),
    ...(to < Infinity && {createdTo: to}),
    sort: 'created',
  });
  const ask = async (query: Query): Promise<Page<T>> => {
    const page = await source.page(query);
    for (const {id} of page.records) met(id);
    return page;
  };
  return {
    endpoint,
    quirks,
    seen,
    instantOf: ({createdAt}) => createdAt,
    ask: (from, to, attempt) => ask({...within(from, to), page: 1, attempt}),
    askPage: (from, to, page, size) => ask({...within(from, to), page, size, optional: true}),
    onPage: () => undefined,
    async *tie(createdAt, shown) {
      const {exact, wider, coarse} = rangesAround(createdAt);
      const wasFine = quirks.fine;
      const range = yield* readWidening({
        endpoint,
        what: `records updated at ${formatInstant(updated[0])} and created at ${formatInstant(createdAt)}`,
        ranges: rangesFor(quirks, {exact, wider, coarse}),
        shown,
        read(created, found) {
          const both = (id: string): void => {
            found(id);
            met(id);
          };
          return readByPageNumber({source, updated, created, seen, met: both});
        },
        async isStillThere() {
          const {records} = await source.page({
            updated,
            createdFrom: createdAt - 1,
            sort: 'created',
            page: 1,
          });
          return records.some(({id}) => shown.has(id));
        },
      });
      if (range === wider) quirks.foundExclusive();
      if (range === coarse && wasFine) quirks.foundCoarse();
      return range === coarse ? lastOfSecond(createdAt) : createdAt;
    },
  };
}

/** What to ask for one instant, from narrow to wide. */
interface Ranges {
  readonly exact: Interval;
  /** For a filter that leaves out its bounds. */
  readonly wider: Interval;
  /** For one that cuts them to the second, or records that are sorted by no more. */
  readonly coarse: Interval;
}

function rangesAround(instant: number): Ranges {
  return {
    exact: [instant, instant],
    wider: [instant - 1, instant + 1],
    coarse: [toSecond(instant) - 1, lastOfSecond(instant) + 1],
  };
}

/** Those that are worth asking for, by what is known of the source. */
function rangesFor(quirks: Quirks, {exact, wider, coarse}: Ranges): Interval[] {
  if (!quirks.fine) return [coarse];
  return quirks.exclusive ? [wider, coarse] : [exact, wider, coarse];
}
