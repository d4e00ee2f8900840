import type {Outcome, Probe, Subject} from '../finding';
import {askLargest, sizeSeen} from '../page-size';
import {describeReply, isServed} from '../reply';
import {type Row, rowsOf} from '../rows';

/** Conversations that are asked for attachments at most. */
const MOST_CONVERSATIONS = 2;
/** The documented largest page of conversation times (docs/kustomer-api.md, Lists). */
const TIMES_PAGE = 1000;

/** What hangs on single conversations (docs/kustomer-api.md, Further objects). */
export const attachments: Probe = {
  topic: 'attachments',
  assumed: 'GET /v1/conversations/{id}/attachments; each has an id, or links.self that ends in it',
  async run({ask, lists: {size}, searches}: Subject): Promise<Outcome> {
    const {rows = []} = await searches.first('conversation');
    for (const {id} of longest(rows).slice(0, MOST_CONVERSATIONS)) {
      const path = pathOf(id, 'attachments');
      const reply = await ask({method: 'GET', path, params: {page: 1, pageSize: size}});
      const found = rowsOf(reply);
      if (!isServed(reply) || !found) {
        return {verdict: 'differs', seen: describeReply(reply), does: 'the stream attachments fails by name'};
      }
      if (found.length > 0) return idsSeen(found);
    }
    return {verdict: 'not shown', seen: 'none of the conversations asked has any', does: IDS};
  },
};

/** The sessions of work on one conversation. */
export const times: Probe = {
  topic: 'conversation times',
  assumed: 'GET /v1/conversations/{id}/times; pages of up to 1,000',
  async run({ask, searches}: Subject): Promise<Outcome> {
    const {rows = []} = await searches.first('conversation');
    const [conversation] = longest(rows);
    if (!conversation) return {verdict: 'not shown', seen: 'no conversation', does: '-'};
    const path = pathOf(conversation.id, 'times');
    const sized = await askLargest(ask, TIMES_PAGE, (pageSize) => ({
      method: 'GET',
      path,
      params: {page: 1, pageSize},
    }));
    const {seen, largest} = sizeSeen(sized);
    const {reply} = sized;
    return {
      verdict: !isServed(reply) || (largest !== undefined && largest < TIMES_PAGE) ? 'differs' : 'as assumed',
      seen: isServed(reply) ? seen : describeReply(reply),
      does: 'one request for each conversation that has changed, more where pages are shorter',
      ...(isServed(reply) && largest !== undefined && {sandbox: {pageSizes: {times: largest}}}),
    };
  },
};

const IDS = 'takes the id, or else the end of links.self';

function idsSeen(found: readonly Row[]): Outcome {
  const hasId = ({id}: Row): boolean => id !== undefined && id !== null && id !== '';
  const withId = found.filter(hasId).length;
  const isKnown = found.every((row) => hasId(row) || row.hasSelfLink);
  return {
    verdict: isKnown ? 'as assumed' : 'differs',
    seen:
      withId === found.length ? 'with an id' : isKnown ? 'without an id, with links.self' : 'with neither',
    does: IDS,
    sandbox: {settings: {attachmentIds: withId > 0}},
  };
}

/** Conversations of many messages first: they are the likeliest to have something. */
function longest(rows: readonly Row[]): readonly Row[] {
  const messages = ({attributes}: Row): number => Number(attributes['messageCount']) || 0;
  return [...rows].sort((a, b) => messages(b) - messages(a));
}

function pathOf(id: unknown, part: string): string {
  return `/v1/conversations/${encodeURIComponent(String(id))}/${part}`;
}
