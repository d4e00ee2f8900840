import {isObject} from '../../../src/json';
import {longest, partPath} from '../conversation-parts';
import type {Outcome, Probe, Subject} from '../finding';
import {describeReply, isServed} from '../reply';
import {type Row, rowsOf} from '../rows';

/** Conversations that are asked at most. */
const MOST_CONVERSATIONS = 2;

/** What hangs on single conversations (docs/kustomer-api.md, Further objects). */
export const attachments: Probe = {
  topic: 'attachments',
  assumed: 'GET /v1/conversations/{id}/attachments; each has an id, or links.self that ends in it',
  async run({ask, lists: {size}, searches}: Subject): Promise<Outcome> {
    const {rows = []} = await searches.first('conversation');
    const {rows: messages = []} = await searches.first('message');
    const likely = [...withFiles(messages), ...longest(rows).map(({id}) => id)];
    for (const id of likely.slice(0, MOST_CONVERSATIONS)) {
      const path = partPath(id, 'attachments');
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

const IDS = 'takes the id, or else the end of links.self';

/** The conversations of messages that point to attachments. */
function withFiles(messages: readonly Row[]): readonly unknown[] {
  return messages.flatMap(({relationships: {attachments: files, conversation}}) => {
    const hasFiles = isObject(files) && Array.isArray(files['data']) && files['data'].length > 0;
    const target = isObject(conversation) ? conversation['data'] : undefined;
    return hasFiles && isObject(target) ? [target['id']] : [];
  });
}

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
