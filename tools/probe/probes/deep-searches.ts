import type {Outcome, Probe, SandboxSettings, Subject} from '../finding';
import {describeReply, isServed, partOf, type Reply} from '../reply';
import {rowsOf} from '../rows';
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
