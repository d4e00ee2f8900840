import type {Outcome, Probe, SandboxSettings, Subject} from '../finding';
import type {Ask} from '../ask';
import {describeReply, isServed, nextOf, partOf, type Reply} from '../reply';
import {rowsOf, timesOf} from '../rows';
import {type SearchPage, searchRequest} from '../search-pages';
import {byOutcome} from '../words';

/** No search goes deeper (docs/kustomer-api.md, Search). */
const LAST_PAGE = 100;
/** Where a search index stops unless it is told otherwise. */
const WINDOW = 10_000;

/** How deep one search can be paged. */
export const deepSearches: Probe = {
  topic: 'depth of searches',
  assumed: `page ${LAST_PAGE + 1} is refused, and every page before it is served`,
  async run({ask, searches}: Subject): Promise<Outcome> {
    const page = deepest(await searches.all());
    if (!page) return {verdict: 'not shown', seen: 'no context has records', does: DOES};
    const {context, range, asked} = page;
    const withDeleted = !page.isDeletedRefused;
    const beyond = await ask(searchRequest({context, range, page: LAST_PAGE + 1, size: 1, withDeleted}));
    const outcomes = [[`page ${LAST_PAGE + 1}`, describeReply(beyond)] as [string, string]];
    const inner = Math.floor(WINDOW / asked) + 1;
    const isTold = Number(partOf(page.reply, 'meta')['total']) >= WINDOW;
    const deep =
      isTold && inner <= LAST_PAGE
        ? await ask(searchRequest({context, range, page: inner, size: asked, withDeleted}))
        : undefined;
    if (deep) outcomes.push(['the 10,001st record', depthOf(deep, page)]);
    const isShort = deep !== undefined && depthOf(deep, page) !== 'answered';
    return {
      verdict: isServed(beyond) || isShort ? 'differs' : 'as assumed',
      seen: byOutcome(outcomes),
      does: DOES,
      ...(deep && isShort && {sandbox: {settings: shallow(deep, page)}}),
    };
  },
};

const DOES = 'never goes deep: seeks on by time, and uses pages only for records that no time tells apart';

function depthOf(deep: Reply, first: SearchPage): string {
  const rows = rowsOf(deep) ?? [];
  if (!isServed(deep)) return describeReply(deep);
  if (rows.length === 0) return 'empty';
  return rows[0]?.id === first.rows?.[0]?.id ? 'the first page again' : 'answered';
}

function shallow(deep: Reply, first: SearchPage): SandboxSettings {
  const seen = depthOf(deep, first);
  const deepPages =
    seen === 'empty'
      ? 'empty'
      : seen === 'the first page again'
        ? 'first'
        : deep.status >= 500
          ? 'failed'
          : 'refused';
  return {deepPages, deepFromRecord: WINDOW + 1};
}

function deepest(pages: readonly SearchPage[]): SearchPage | undefined {
  const total = ({reply, rows = []}: SearchPage): number =>
    Math.max(rows.length, Number(partOf(reply, 'meta')['total']) || 0);
  return [...pages].filter(({rows = []}) => rows.length > 0).sort((a, b) => total(b) - total(a))[0];
}

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
