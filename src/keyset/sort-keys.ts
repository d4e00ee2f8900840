import {BadResponseError} from '../http/errors';
import type {PageSource} from './page';
import {type SortKey, type Range, seek} from './seek';
import {readTie} from './ties';
import type {Window} from './windows';

/** Before any `createdAt`: a question from here on has no lower bound. */
const BEGINNING = -8.64e15;

/** The axis that windows are read along: `updatedAt`. Only the ids of the last instant seen are remembered. */
export function byUpdatedAt<T>(source: PageSource<T>, window: Window): SortKey<T> {
  let seen = new Set<string>();
  return {
    endpoint: source.endpoint,
    instantOf: ({updatedAt}) => updatedAt,
    ask: (from, to) => source.page({updated: [from, to], sort: 'updated', page: 1}),
    isKnown: ({id, updatedAt}, cursor) => updatedAt === cursor && seen.has(id),
    remember(records, moved) {
      if (moved) seen = new Set();
      for (const {id} of records) seen.add(id);
    },
    onPage: (page, reach) => window.onPage(page, reach),
    async *tie(instant) {
      const span: Range = {cursor: BEGINNING, to: Infinity, reach: Infinity};
      for await (const {records} of seek(byCreatedAt(source, instant, seen), span)) yield records;
      seen = new Set();
    },
  };
}

/**
 * The axis within one instant of `updatedAt`: `createdAt`, which never changes. A filter, since a second sort key is not
 * reliable (docs/kustomer-api.md, Search).
 * @param seen ids of this instant that were handed out; added to
 */
function byCreatedAt<T>(source: PageSource<T>, updatedAt: number, seen: Set<string>): SortKey<T> {
  const updated = [updatedAt, updatedAt] as const;
  return {
    endpoint: source.endpoint,
    instantOf({id, createdAt}) {
      if (createdAt !== undefined) return createdAt;
      throw new BadResponseError(
        source.endpoint,
        `record ${id} has no usable createdAt to split its instant by`,
      );
    },
    ask: (from) =>
      source.page({updated, ...(from > BEGINNING && {createdFrom: from}), sort: 'created', page: 1}),
    isKnown: ({id}) => seen.has(id),
    remember(records) {
      for (const {id} of records) seen.add(id);
    },
    onPage: () => undefined,
    tie: (createdAt) => readTie(source, updatedAt, createdAt, seen),
  };
}
