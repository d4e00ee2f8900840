import type {Ask} from '../ask';
import type {Outcome, Probe, Subject} from '../finding';
import {describeReply, isServed, nextOf, partOf, type Reply} from '../reply';
import {rowsOf, timesOf} from '../rows';
import {byOutcome} from '../words';

/** No search goes deeper (docs/kustomer-api.md, Search); perhaps no list either. */
const LAST_PAGE = 100;

/** How deep the lists of searched objects go, and whether they have what search has forgotten (docs/kustomer-api.md, Lists). */
export const deepLists: Probe = {
  topic: 'depth of lists',
  assumed: 'nothing: lists of conversations and notes are not read',
  async run({ask, lists: {size}, searches: {range}}: Subject): Promise<Outcome> {
    const first = await listPage(ask, 'conversations', 1, size);
    const outcomes = [['conversations', firstSeen(first, range[0])] as [string, string]];
    const isMore = nextOf(first) !== undefined;
    const beyond = isMore ? await listPage(ask, 'conversations', LAST_PAGE + 1, 1) : undefined;
    if (beyond) outcomes.push([`page ${LAST_PAGE + 1} of one each`, pageSeen(beyond)]);
    const deep =
      beyond && (rowsOf(beyond)?.length ?? 0) > 0
        ? await listPage(ask, 'conversations', LAST_PAGE + 1, size)
        : undefined;
    if (deep) outcomes.push([`page ${LAST_PAGE + 1} of ${size} each`, pageSeen(deep)]);
    outcomes.push(['notes', firstSeen(await listPage(ask, 'notes', 1, size), range[0])]);
    return {
      verdict: isServed(first) ? 'as assumed' : 'differs',
      seen: byOutcome(outcomes),
      does: 'does not use them: they have no filter on time',
      ...(beyond &&
        !isServed(beyond) && {
          sandbox: {
            refusals: [
              {of: 'lists', names: ['conversations'], fromPage: LAST_PAGE + 1, status: beyond.status},
            ],
          },
        }),
    };
  },
};

function listPage(ask: Ask, name: string, page: number, pageSize: number): Promise<Reply> {
  return ask({method: 'GET', path: `/v1/${name}`, params: {sort: 'asc', page, pageSize}});
}

function firstSeen(reply: Reply, horizonMs: number): string {
  const rows = rowsOf(reply);
  if (!rows) return describeReply(reply);
  const isOld = timesOf(rows).some((time) => time < horizonMs);
  return [
    'answered',
    ...(partOf(reply, 'meta')['total'] === undefined ? [] : ['with a total']),
    ...(rows.length === 0
      ? ['without records']
      : isOld
        ? ['older than two years too']
        : ['none older than two years']),
  ].join(', ');
}

function pageSeen(reply: Reply): string {
  const rows = rowsOf(reply);
  return rows?.length === 0 ? 'answered, without records' : describeReply(reply);
}
