import type {Outcome, Probe, Subject} from '../finding';
import {sizeSeen} from '../page-size';
import {describeReply, isServed} from '../reply';
import {type Row, rowsOf} from '../rows';
import {records} from '../words';

/** Conversations that are asked for attachments at most. */
const MOST_CONVERSATIONS = 2;
/** The documented largest page of conversation times (docs/kustomer-api.md, Lists). */
const TIMES_PAGE = 1000;

/** What hangs on single conversations (docs/kustomer-api.md, Further objects). */
export const attachments: Probe = {
  topic: 'attachments',
  assumed: 'GET /v1/conversations/{id}/attachments; records have no id of their own, links.self ends in it',
  async run({ask, searches}: Subject): Promise<Outcome> {
    const {rows = []} = await searches.first('conversation');
    for (const {id} of longest(rows).slice(0, MOST_CONVERSATIONS)) {
      const reply = await ask({
        method: 'GET',
        path: pathOf(id, 'attachments'),
        params: {page: 1, pageSize: 100},
      });
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
    const reply = await ask({
      method: 'GET',
      path: pathOf(conversation.id, 'times'),
      params: {page: 1, pageSize: TIMES_PAGE},
    });
    const {seen, largest} = sizeSeen({reply, asked: TIMES_PAGE, refusedWith: undefined, isNamed: false});
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
  const withId = found.filter(({id}) => id !== undefined && id !== null && id !== '').length;
  return {
    verdict: withId === 0 ? 'as assumed' : 'differs',
    seen: `${withId} of ${records(found.length)} with an id of their own`,
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
