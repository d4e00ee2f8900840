import type {JsonObject} from '../json';
import {hash, hashText} from '../random';
import {idOf, type World} from '../world';
import {iso, Maker} from './maker';
import type {Stretch} from './parts';

const MINUTE = 60_000;
/** Who does nothing for so long has gone: ms. */
const AWAY_MS = 60 * MINUTE;

/** A stretch of work, and the conversation that was worked on. */
export type OwnedStretch = Stretch & {readonly conversation: string};

/** An agent's time from signing in to signing out, made of the work done in it. Times are epoch ms. */
export interface WorkSession {
  readonly id: string;
  readonly signedInAt: number;
  /** With the end of the last stretch of work. */
  readonly signedOutAt: number;
  readonly work: readonly OwnedStretch[];
}

/** The sessions of one agent: work without a long break is of one. @param work in the order of time */
export function sessionsOf(world: World, work: readonly OwnedStretch[]): WorkSession[] {
  const runs: OwnedStretch[][] = [];
  for (const stretch of work) {
    const run = runs.at(-1);
    if (run && startOf(stretch) - (run.at(-1)?.at ?? 0) < AWAY_MS) run.push(stretch);
    else runs.push([stretch]);
  }
  return runs.map((run) => {
    const first = run[0] as OwnedStretch;
    const chance = hash(world.seed, hashText(first.id));
    const signedOutAt = (run.at(-1) as OwnedStretch).at;
    const handled = 1000 * run.reduce((sum, {handleTime}) => sum + handleTime, 0);
    // Also long enough for all of the work, some of which was done at once.
    const signedInAt = Math.min(startOf(first), signedOutAt - handled) - (1 + (chance % 10)) * MINUTE;
    return {id: idOf(startOf(first), chance, 0), signedInAt, signedOutAt, work: run};
  });
}

/** The resource of a session. */
export function workSession(world: World, {id, signedInAt, signedOutAt, work}: WorkSession): JsonObject {
  const {agent, team} = work[0] as OwnedStretch;
  const row = {id, slot: 0, createdAt: signedInAt, updatedAt: signedOutAt, deletedAt: null, version: 1};
  const maker = new Maker(world, 'users', row);
  const total = signedOutAt - signedInAt;
  const busy = busyTime(work, signedInAt);
  const unavailable = Math.min(Math.floor(total / 8), total - busy);
  const available = total - unavailable;
  const [online = '', away = '', offline = ''] = [0, 1, 2].map((at) =>
    world.reference('routing_statuses', at),
  );
  const attributes: JsonObject = {
    routable: false,
    statusType: 'offline',
    workItemCount: 0,
    pausedWorkItemCount: 0,
    signedInAt: iso(signedInAt),
    signedOutAt: iso(signedOutAt),
    capacity: [],
    capacityRemaining: 4,
    totalCapacity: 4,
    capacityStatus: 'idle',
    handledItemCount: work.length,
    handledConversationCount: new Set(work.map(({conversation}) => conversation)).size,
    totalAvailable: {...span(available), statusAt: iso(signedInAt)},
    totalAvailableIdleCapacity: span(available - busy),
    totalAvailableNotAtCapacity: span(busy),
    totalUnavailable: {...span(unavailable), statusAt: iso(signedInAt + available)},
    totalUnavailableIdleCapacity: span(unavailable),
    totalUnavailableNotAtCapacity: span(0),
    totalTimeByStatus: {
      [online]: {...span(available), statusAt: iso(signedInAt), statusSelectedCount: 1},
      [away]: {...span(unavailable), statusAt: iso(signedInAt + available), statusSelectedCount: 1},
      [offline]: {statusAt: iso(signedOutAt), statusSelectedCount: 1},
    },
    lastAssignedItemAt: iso(startOf(work.at(-1) as OwnedStretch)),
    lastRevision: {handledItemCount: 0},
    createdAt: iso(signedInAt),
    updatedAt: iso(signedOutAt),
    modifiedAt: iso(signedOutAt),
    rev: 2 + work.length,
  };
  return {
    type: 'work_session',
    id,
    attributes,
    relationships: {
      org: maker.org(),
      user: maker.to('users', agent),
      team: maker.to('teams', team),
      status: {links: {self: `/v1/routing/statuses/${offline}`}, data: {type: 'status', id: offline}},
      modifiedBy: maker.to('users', agent),
      queues: {data: []},
    },
    links: {self: `/v1/routing/work-sessions/${id}`},
  };
}

/**
 * How long at least one stretch of work was going on since `from` (epoch ms), in ms: two at once count once.
 * @param work in the order of its ends
 */
function busyTime(work: readonly OwnedStretch[], from: number): number {
  let busy = 0;
  // All from here to the end that was worked on has been counted.
  let counted = Infinity;
  for (const stretch of work.toReversed()) {
    const start = Math.max(from, startOf(stretch));
    busy += Math.max(0, Math.min(stretch.at, counted) - start);
    counted = Math.min(counted, start);
  }
  return busy;
}

function startOf({at, handleTime}: Stretch): number {
  return at - handleTime * 1000;
}

function span(time: number): JsonObject {
  return {time, businessTime: time};
}
