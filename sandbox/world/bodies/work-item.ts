import type {JsonObject} from '../json';
import {hash} from '../random';
import type {Row} from '../row';
import type {World} from '../world';
import {iso, Maker} from './maker';
import {idOfPart} from './parts';
import {queueOf} from './queue';
import {phasesOf, timelineOf} from './timeline';

/** A work item's id ends in this; what else hangs on a conversation does not. */
const LAST_DIGITS = 0xf1;
/** How long a conversation is there before it is put into a queue: ms. */
const ROUTING_MS = 2_500;

/** A conversation as routing sees it. Times are epoch ms. */
export interface WorkItem {
  readonly id: string;
  readonly createdAt: number;
  /** When somebody finished it, or a change after that showed it. */
  readonly completedAt: number | undefined;
  readonly body: () => JsonObject;
}

/** The work item of a conversation; undefined where it was never in a queue. It changes whenever the conversation does. */
export function workItemOf(world: World, row: Row): WorkItem | undefined {
  const queue = queueOf(world, row);
  if (queue === undefined) return undefined;
  const {events} = timelineOf(world, row);
  const last = phasesOf(events, row.createdAt, row.updatedAt).at(-1);
  const {began, changes} = world.lives.of(row);
  const doneAt = last?.status === 'done' ? last.from : undefined;
  const shownAt = doneAt === undefined || doneAt <= began ? doneAt : changes.find((at) => at >= doneAt);
  const item = {
    id: idOfPart(row, LAST_DIGITS),
    createdAt: Math.min(row.createdAt + ROUTING_MS, row.updatedAt),
    completedAt: shownAt === undefined ? undefined : Math.min(shownAt, row.updatedAt),
  };
  return {...item, body: () => bodyOfItem(world, row, {...item, queue})};
}

function bodyOfItem(
  world: World,
  row: Row,
  {id, createdAt, completedAt, queue}: Omit<WorkItem, 'body'> & {readonly queue: string},
): JsonObject {
  const maker = new Maker(world, 'conversations', row);
  const {events, channel} = timelineOf(world, row);
  const answer = events.find(({kind}) => kind === 'out');
  const wait = answer && answer.at - row.createdAt;
  const isAnswered = answer !== undefined && wait !== undefined;
  const status = completedAt !== undefined ? 'completed' : isAnswered ? 'accepted' : 'queued';
  const entered = iso(createdAt);
  const attributes: JsonObject = {
    resourceType: 'conversation',
    status,
    paused: events.at(-1)?.kind === 'snoozed',
    channel,
    priority: 1 + (hash(world.seed, row.slot, 42) % 5),
    itemSize: 1,
    workItemNumber: 1,
    queuedCount: 1 + events.filter(({kind}) => kind === 'woken').length,
    firstEnterQueueAt: entered,
    handleCompletedAt: completedAt === undefined ? null : iso(completedAt),
    ivr: {businessTime: 0, time: 0},
    ...(isAnswered && {
      firstRoutedResponse: {id: answer.message, createdAt: iso(answer.at), businessTime: wait, time: wait},
    }),
    lastRevision: {
      enteredQueueAt: entered,
      ...(isAnswered && {
        queueTime: Math.floor(wait / 2),
        routedAt: iso(row.createdAt + Math.floor(wait / 2)),
      }),
    },
    resourceCreatedAt: iso(row.createdAt),
    resourceDirection: events[0]?.kind === 'out' ? 'out' : 'in',
    resourceRev: row.version,
    resourceFirstQueueTime: createdAt - row.createdAt,
    createdAt: entered,
    updatedAt: maker.updatedAt,
    modifiedAt: maker.updatedAt,
    rev: row.version,
  };
  return {
    type: 'work_item',
    id,
    attributes,
    relationships: {
      org: maker.org(),
      resource: {data: {type: 'conversation', id: row.id}},
      queue: {data: {type: 'queue', id: queue}, links: {self: `/v1/routing/queues/${queue}`}},
      ...(isAnswered && {routedTo: maker.to('users', answer.agent), team: maker.to('teams', answer.team)}),
    },
    links: {self: `/v1/routing/work-item/${id}`},
  };
}
