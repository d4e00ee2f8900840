import type {Outcome, Probe, Subject} from '../finding';
import {type Row, rowsOf, timesOf} from '../rows';
import {searchRequest} from '../search-pages';
import type {Reply} from '../reply';
import {duration} from '../words';

/** How far search is behind the database, as a list of what was created last shows. */
export const delay: Probe = {
  topic: 'delay of the index',
  assumed: 'a change is found by search within the lookback, in practice within a minute',
  async run({ask, lists: {size}, lookbackMs, searches, startedAtMs}: Subject): Promise<Outcome> {
    const list = await ask({
      method: 'GET',
      path: '/v1/conversations',
      params: {sort: 'desc', page: 1, pageSize: size},
    });
    const search = await ask(
      searchRequest({
        context: 'conversation',
        // Clocks may differ, so nothing is too new.
        range: [searches.range[0], startedAtMs + 86_400_000],
        size,
        withDeleted: !(await searches.first('conversation')).isDeletedRefused,
        direction: 'desc',
      }),
    );
    const found = rowsOf(search) ?? [];
    const newest = Math.max(...timesOf(found));
    if (!Number.isFinite(newest)) {
      return {
        verdict: 'not shown',
        seen: 'no conversation found',
        does: 'reads the lookback again each time',
      };
    }
    const now = dateOf(search) ?? search.sentAtMs;
    const missing = missingFrom(found, rowsOf(list) ?? []);
    const behindMs = Math.max(0, ...missing.map((row) => now - (row.updatedAtMs ?? now)));
    return {
      verdict:
        behindMs > lookbackMs ? 'differs' : missing.length > 0 || rowsOf(list) ? 'as assumed' : 'not shown',
      seen: [
        `the newest conversation found is ${duration(now - newest)} old`,
        missing.length > 0
          ? `${missing.length} newer in the list are missing, for up to ${duration(behindMs)}`
          : rowsOf(list)
            ? 'the list has none that search lacks'
            : 'the list is refused',
      ].join('; '),
      does: `reads the last ${duration(lookbackMs)} ("lookback_minutes") again each time`,
      ...(behindMs > 0 && {sandbox: {settings: {lagMs: [0, behindMs]}}}),
    };
  },
};

/** Records of a list that should be among the newest found, and are not, or not in this version. */
export function missingFrom(found: readonly Row[], listed: readonly Row[]): readonly Row[] {
  const oldest = Math.min(...timesOf(found));
  const times = new Map(found.map(({id, updatedAtMs}) => [id, updatedAtMs]));
  return listed.filter(
    ({id, updatedAtMs}) =>
      updatedAtMs !== undefined && updatedAtMs > oldest && (times.get(id) ?? -Infinity) < updatedAtMs,
  );
}

function dateOf({headers}: Reply): number | undefined {
  const date = Date.parse(headers['date'] ?? '');
  return Number.isNaN(date) ? undefined : date;
}
