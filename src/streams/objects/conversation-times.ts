import schema from '../../../resources/schemas/conversation_times.json';
import type {StreamRun} from '../../airbyte/stream';
import {type StreamState, formatStreamState, parseStreamState} from '../../cursor/stream-state';
import type {RefusedError} from '../../http/errors';
import {archiveEnd, ARCHIVE_OVERLAP_MS, searchHorizon} from '../../kustomer/archive';
import type {Resource} from '../../kustomer/envelope';
import {SEARCH_ROLES, readRoles} from '../../kustomer/roles';
import {type SearchTimes, searchTimes} from '../../kustomer/search-times';
import type {StreamSchema} from '../../records/shape';
import {parseInstant} from '../../time';
import type {StreamDocumentation, StreamSource} from '../documentation';
import {completeState, runningState} from '../read/checkpoints';
import {partOf} from '../read/part-run';
import {type ReadPlan, planRead} from '../read/read-plan';
import {isRefusal, SearchStream} from '../search-stream';
import {TimesOfConversations} from './times-of-conversations';

/** There is no `updatedAt`: a session is recorded once (docs/kustomer-api.md, Further objects). */
const TIMES = searchTimes('conversation_time', 'created_at');
const SORTED_BY = TIMES.moved.attribute;

/** What a read has to do: by search, and of conversations one by one where there is something older. */
interface Work {
  readonly search: ReadPlan;
  readonly older: StreamState | undefined;
}

/**
 * Sessions of agents on conversations. Search has those of two years. What is older, and all of them where search refuses the
 * context, is asked of each conversation. States of that way have no `sorted_by`, as those of versions that knew no other had none.
 */
export class ConversationTimes extends SearchStream {
  readonly name = 'conversation_times';
  readonly context = 'conversation_time';
  override readonly archived = false;
  override readonly cursorField = 'created_at';
  override readonly roles = [SEARCH_ROLES, readRoles('conversation', 'permission', 'user')];
  readonly schema: StreamSchema = schema;
  readonly documentation: StreamDocumentation = {
    about:
      "A stretch of an agent's work on a conversation: the source of handle times. What is older than two years costs a request per conversation.",
    documented:
      'the context with its `conversation_time_created_at`, the address for one conversation, its roles and attributes, and that times are in seconds here (API description)',
    assumed:
      'that `conversation_time_created_at` sorts, as another client relies on, and that a session does not change once it is recorded. Where search refuses the context, each conversation that has changed is asked for its sessions',
    joins: {conversation_id: 'conversations', customer_id: 'customers'},
    columns: {
      conversation_updated_at:
        "added: the conversation's `updatedAt` where the session was read from its conversation; null where search gave it",
    },
  };

  protected override get times(): readonly [SearchTimes, ...SearchTimes[]] {
    return [TIMES];
  }

  override get source(): StreamSource {
    return {
      ...super.source,
      short: 'search; older than two years: one request per conversation',
      full: `\`POST /v1/customers/search\` with the context \`${this.context}\`; what is older than two years by \`GET /v1/conversations/{id}/times\`, one request for each conversation that began before then`,
    };
  }

  override async read(run: StreamRun): Promise<void> {
    const refusal = await this.refusalOf();
    if (refusal) return this.readFromConversations(run, refusal);
    const now = this.deps.clock.now();
    const own = parseStreamState(run.state);
    const plan = planRead(run, {...this.deps, name: this.name, now, sortedBy: own?.sortedBy});
    if (!plan) return run.checkpoint(run.state);
    const {search, older} = this.workOf(plan, now);
    if (plan.state && plan.state.sortedBy === undefined) {
      run.log(
        'INFO',
        `${this.name}: the state counts conversations; sessions of two years are searched for anew, and what is older is read on from there`,
      );
    }
    const overlap = new Set<string>();
    const searched = await this.readSearched(run, {search, older}, now, overlap);
    if (older && this.deps.includeArchived) await this.readOlder(run, {searched, older}, now, overlap);
  }

  override async sample(count: number): Promise<readonly Resource[]> {
    try {
      return await super.sample(count);
    } catch (error) {
      if (!isRefusal(error)) throw error;
      return new TimesOfConversations(this.deps).sample(count);
    }
  }

  private workOf({range: [from, to], state}: ReadPlan, now: number): Work {
    const horizon = searchHorizon(now);
    const start = Math.min(to, Math.max(from, horizon));
    if (state && state.sortedBy === undefined) {
      return {
        search: {range: [Math.min(to, Math.max(this.deps.startMs, horizon)), to], state: undefined},
        older: {...state, fullRefresh: undefined},
      };
    }
    const search = {range: [start, to], state} as const;
    const owed = state?.byConversation;
    // What is owed was begun when the horizon was earlier: what search has lost since then is within the overlap.
    const isCovered = from >= (owed ? horizon - ARCHIVE_OVERLAP_MS : horizon);
    if (isCovered) return {search, older: owed};
    return {search, older: {cursor: Math.min(from, owed?.cursor ?? Infinity), done: []}};
  }

  /** @param overlap takes the ids of what conversations may give again @returns the state of what was searched */
  private async readSearched(
    run: StreamRun,
    {search, older}: Work,
    now: number,
    overlap: Set<string>,
  ): Promise<StreamState> {
    let searched: StreamState = {cursor: search.range[0], done: []};
    const rest = older && {byConversation: older};
    const part = partOf(run, {
      mode: 'full_refresh',
      checkpoint: async (json) => {
        const {fullRefresh = false, ...state} = parseStreamState(json) ?? searched;
        searched = state;
        const isLast = fullRefresh && !(older && this.deps.includeArchived);
        await run.checkpoint((isLast ? completeState : runningState)(run.mode, {...state, ...rest}));
      },
    });
    const rows = this.rowsFor(run);
    await this.readWith(
      {run: part, plan: search, now, times: TIMES},
      {
        rows,
        decode: (resource) => rows.shape(resource),
        async toRows(found) {
          for (const {id, createdAt = 0} of found) if (createdAt <= archiveEnd(now)) overlap.add(id);
          return found.map((record) => record.take());
        },
      },
    );
    return searched;
  }

  private async readOlder(
    run: StreamRun,
    {searched, older}: {readonly searched: StreamState; readonly older: StreamState},
    now: number,
    overlap: ReadonlySet<string>,
  ): Promise<void> {
    const {startMs, endMs = Infinity, lookbackMs} = this.deps;
    const createdTo = archiveEnd(now);
    const part = partOf(run, {
      mode: 'full_refresh',
      checkpoint: async (json) => {
        const {fullRefresh = false, ...state} = parseStreamState(json) ?? older;
        const isOwing = !fullRefresh || state.pendingArchive || state.pendingDeleted;
        const all = {...searched, sortedBy: SORTED_BY, ...(isOwing && {byConversation: state})};
        await run.checkpoint((fullRefresh ? completeState : runningState)(run.mode, all));
      },
    });
    const isWanted = ({id, attributes}: Resource): boolean => {
      const createdAt = parseInstant(attributes?.['createdAt']);
      if (createdAt === undefined) return true;
      return createdAt >= startMs && createdAt <= Math.min(createdTo, endMs) && !overlap.has(id);
    };
    await new TimesOfConversations(this.deps, {createdTo, isWanted}).readRange(part, now, {
      range: [Math.max(startMs, older.cursor - lookbackMs), now],
      state: older,
    });
  }

  /** All of them, as far as the state does not say that they have been read: a session is taken to move its conversation's `updatedAt`. */
  private async readFromConversations(run: StreamRun, refusal: RefusedError): Promise<void> {
    run.log(
      'WARN',
      `${this.name}: Kustomer refuses to search for them (${refusal.message}), so each conversation that has changed is asked for its own, one request each`,
    );
    const state = parseStreamState(run.state);
    const part = partOf(run, {
      state: state?.sortedBy === undefined ? run.state : formatStreamState(conversationState(state)),
      checkpoint: (json) => run.checkpoint(json),
    });
    await new TimesOfConversations(this.deps).read(part);
  }
}

/** The state of a read of conversations that goes on where a state of searches ends. */
function conversationState({cursor, byConversation, fullRefresh}: StreamState): StreamState {
  return {
    cursor: Math.min(cursor, byConversation?.cursor ?? Infinity),
    done: [],
    pendingArchive: byConversation?.pendingArchive ?? [],
    pendingDeleted: byConversation?.pendingDeleted ?? [],
    fullRefresh,
  };
}
