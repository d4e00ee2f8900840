import type {Log} from '../airbyte/outlet';
import {isObject} from '../json';
import type {Resource} from '../kustomer/envelope';
import {type Endpoint, RefusedError} from '../http/errors';
import {LIST_PAGE} from '../kustomer/list';
import type {RowMaker, ShapedRow} from './read/rows';
import type {StreamSource, WayOfReading} from './documentation';
import {type PlannedRead, SearchStream} from './search-stream';

/** Conversations of a page that are asked for side by side: more would stand in the way of other streams' requests. */
const CONCURRENT_CHILDREN = 10;
/** Conversations that are asked at most for a sample. */
const MAX_SAMPLED = 5;
/** When of so many conversations Kustomer knows none, it is the address that it does not know. */
const MIN_404S = 20;

const PER_CONVERSATION: WayOfReading = {
  name: 'One request per conversation',
  documented: 'the lists of what belongs to one conversation (API description)',
  assumed:
    "that they are paged as other lists are, and that what is added to a conversation changes its `updatedAt`: conversations are searched for by that, and each that has changed is asked for all that belongs to it. So the cursor is the conversation's, in a column of its own",
  columns: {
    conversation: '`conversation`, or added: the conversation that it was read from',
    conversation_updated_at: "added: the conversation's `updatedAt`",
  },
};

/** What is needed of a conversation. */
type Conversation = Pick<Resource, 'id' | 'attributes'>;

/**
 * A stream of what hangs on conversations, and can only be had one conversation at a time: conversations are searched for, and what
 * hangs on each that changed is read whole. So its cursor is the conversation's: a column that is added to each row.
 */
export abstract class ChildStream extends SearchStream {
  readonly context = 'conversation';
  override readonly cursorField = 'conversation_updated_at';
  /** The end of `/v1/conversations/{id}/…`. */
  abstract readonly part: string;
  /** The most of them that Kustomer documents for one request (docs/kustomer-api.md, Lists). */
  protected readonly partsPage: number = LIST_PAGE;

  /** Whether one of those that hang on a conversation is a row. */
  protected readonly isWanted: (part: Resource) => boolean = () => true;

  /** The conversation's own are not on what hangs on it. */
  override get customOf(): undefined {
    return undefined;
  }

  override get source(): StreamSource {
    return {
      short: 'one request per conversation that has changed',
      full: `\`GET ${this.endpoint.path}\`, one request for each conversation that has changed`,
      way: PER_CONVERSATION,
    };
  }

  override get endpoint(): Endpoint {
    return this.endpointOf('{id}');
  }

  /** Conversations are asked one after the other until one has something, but no more than a few. */
  override async sample(count: number): Promise<readonly Resource[]> {
    const conversations = await this.find(count);
    for (const conversation of conversations.slice(0, MAX_SAMPLED)) {
      const parts = await this.readParts(conversation.take());
      if (parts.length > 0) return parts;
    }
    return [];
  }

  protected override async readRows(read: PlannedRead, rows: RowMaker): Promise<void> {
    const partsOf = this.partsReader(read.run.log);
    await this.readWith<Conversation>(read, {
      rows,
      decode: ({id, attributes}) => ({id, attributes: {updatedAt: attributes?.['updatedAt']}}),
      async toRows(found) {
        const shaped: ShapedRow[] = [];
        for (let at = 0; at < found.length; at += CONCURRENT_CHILDREN) {
          const conversations = found.slice(at, at + CONCURRENT_CHILDREN).map((record) => record.take());
          const some = await Promise.all(conversations.map(partsOf));
          for (const part of some.flat()) shaped.push(rows.shape(part));
        }
        return shaped;
      },
    });
  }

  /** Reads what hangs on conversations; those that are gone meanwhile have nothing, but not all of them. */
  private partsReader(log: Log): (conversation: Conversation) => Promise<readonly Resource[]> {
    let known = 0;
    let unknown = 0;
    return async (conversation) => {
      try {
        const parts = await this.readParts(conversation);
        known += 1;
        return parts;
      } catch (error) {
        if (!(error instanceof RefusedError) || error.status !== 404) throw error;
        unknown += 1;
        if (known === 0 && unknown >= MIN_404S) throw error;
        log(
          'WARN',
          `${this.name}: conversation ${conversation.id} was found, but Kustomer knows it no more; what hung on it is left out`,
        );
        return [];
      }
    };
  }

  private async readParts({id, attributes}: Conversation): Promise<readonly Resource[]> {
    const {client, lists} = this.deps;
    const parts: Resource[] = [];
    const list = {path: this.endpointOf(id).path, kind: this.endpoint.path, page: this.partsPage};
    for await (const page of lists.read(client, list)) parts.push(...page);
    const wanted = parts.filter((part) => this.isWanted(part));
    return wanted.map((part) => {
      const own = part.relationships?.['conversation'];
      const link = isObject(own) && own['data'] ? own : {data: {type: 'conversation', id}};
      return {
        ...part,
        attributes: {...part.attributes, conversationUpdatedAt: attributes?.['updatedAt']},
        relationships: {...part.relationships, conversation: link},
      };
    });
  }

  private endpointOf(id: string): Endpoint {
    return {method: 'GET', path: `/v1/conversations/${id}/${this.part}`};
  }
}
