import {longest, partPath} from '../conversation-parts';
import type {Outcome, Probe, Subject} from '../finding';
import {askLargest, sizeSeen} from '../page-size';
import {describeReply, isServed} from '../reply';

/** The documented largest page (docs/kustomer-api.md, Lists). */
const TIMES_PAGE = 1000;

/** The sessions of work on one conversation. */
export const conversationTimes: Probe = {
  topic: 'conversation times',
  assumed: 'GET /v1/conversations/{id}/times; pages of up to 1,000',
  async run({ask, searches}: Subject): Promise<Outcome> {
    const {rows = []} = await searches.first('conversation');
    const [conversation] = longest(rows);
    if (!conversation) return {verdict: 'not shown', seen: 'no conversation', does: '-'};
    const path = partPath(conversation.id, 'times');
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
      does: 'asked for what is older than two years only, one request for each conversation that began before then; more where pages are shorter',
      ...(isServed(reply) && largest !== undefined && {sandbox: {pageSizes: {times: largest}}}),
    };
  },
};
