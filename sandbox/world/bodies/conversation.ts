import {merge, type JsonObject} from '../json';
import {doneMarks, messageMarks, responses, totals} from './conversation-times';
import {customAttributes} from './custom';
import {iso, type Maker} from './maker';
import {queueOf} from './queue';
import {satisfaction} from './satisfaction';
import {phasesOf, timelineOf, type Phase, type Timeline} from './timeline';
import {sentence} from './words';

const DAY = 86_400_000;

/** How soon a service level wants the first answer: ms. */
const ANSWER_WITHIN = 4 * 3_600_000;

/** A conversation, about 4.5 kB, whose counts, times and statuses follow from one story: see `timelineOf`. */
export function conversation(maker: Maker): JsonObject {
  const {random, row, world} = maker;
  const timeline = timelineOf(world, row);
  const phases = phasesOf(timeline.events, row.createdAt, row.updatedAt);
  const noteCount = world.homes.notesOf(row.slot).length;
  const pinnedAt = maker.maybe(0.05, () => maker.moment()) ?? null;
  const lockedAt = maker.maybe(0.05, () => maker.moment()) ?? null;
  const rest = {
    pinned: pinnedAt && true,
    pinnedAt,
    locked: lockedAt && true,
    lockedAt,
    firstCompany: maker.maybe(0.2, () => ({id: maker.id('companies'), name: 'Company'})),
    billingStatus: random.chance(0.1) ? 'no_messages' : 'billable',
    aiAgent: {automationId: random.chance(0.1) ? [world.reference('ai_automations', row.slot)] : []},
    sla: random.chance(0.4) ? sla(timeline, row.updatedAt) : undefined,
    custom: customAttributes(world.model, 'conversation', maker),
    assistant: maker.maybe(0.2, () => ({
      fac: {isFac: false, source: {type: 'conversation', channel: 'chat'}, reasons: [], exclusions: []},
      assistantId: maker.ids('users', 1),
      status: 'transferred',
    })),
  };
  const parts = [
    summary(maker, timeline),
    {noteCount},
    satisfaction(maker, timeline, phases),
    statuses(maker, timeline, phases),
    messageMarks(maker, timeline),
    responses(timeline),
    doneMarks(timeline, phases, noteCount),
    totals(phases),
    history(maker, phases),
    rest,
  ];
  return maker.resource(
    merge(maker.stamps(), ...parts),
    merge(relations(maker, (phases.at(-1) as Phase).status === 'done'), {
      // Where there is nobody, the relationship itself is null (docs/kustomer-api.md, Envelope).
      deletedBy: row.deletedAt === null ? null : maker.to('users'),
      lockedBy: lockedAt && maker.to('users'),
      pinnedBy: pinnedAt && maker.to('users'),
    }),
  );
}

function summary(maker: Maker, {events, channel}: Timeline): JsonObject {
  const {random, fresh} = maker;
  const agents = events.filter(({kind}) => kind === 'out' || kind === 'done');
  return {
    name: sentence(random, random.int(3, 9)),
    preview: sentence(fresh, random.int(10, 30)),
    channels: [channel],
    direction: events[0]?.kind ?? 'in',
    spam: random.chance(0.02),
    tags: maker.ids('tags', 3),
    suggestedTags: [],
    suggestedShortcuts: [],
    predictions: [],
    assignedUsers: agents.slice(-1).map(({agent}) => agent),
    assignedTeams: agents.slice(-1).map(({team}) => team),
    priority: random.int(1, 5),
    defaultLang: 'en_us',
    locale: 'US',
    roleGroupVersions: [],
    accessOverride: [],
    matchedTimeBasedRules: [],
    linkedConversations: [],
    phase: 'initial',
    replyChannel: channel,
    externalId: maker.maybe(0.3, () => `ext-${random.int(1, 1e9)}`),
    importedAt: maker.maybe(0.1, () => maker.createdAt),
    mergedTarget: maker.maybe(0.05, () => true),
    sentiment: maker.maybe(0.3, () => ({polarity: random.int(-1, 1), confidence: random.next()})),
  };
}

function statuses(maker: Maker, {events}: Timeline, phases: readonly Phase[]): JsonObject {
  const {status, from} = phases.at(-1) as Phase;
  const opened = phases.findLast((phase) => phase.status === 'open') as Phase;
  const snoozes = phases.filter((phase) => phase.status === 'snoozed');
  const snooze = snoozes.at(-1);
  const reopened = phases.filter(({isReopening}) => isReopening).length;
  const isDone = status === 'done';
  const ender = events.at(-1);
  return {
    status,
    open: {statusAt: iso(opened.from)},
    snoozeCount: snoozes.length,
    snooze: snooze && {
      status: status === 'snoozed' ? 'scheduled' : 'elapsed',
      statusAt: iso(status === 'snoozed' ? snooze.from : snooze.to),
      time: iso(status === 'snoozed' ? maker.row.updatedAt + DAY : snooze.to),
    },
    reopenCount: reopened,
    reopenFromDoneCount: reopened,
    ended: isDone,
    endedAt: isDone ? iso(from) : undefined,
    endedReason: isDone ? 'user' : undefined,
    endedByType: isDone && ender ? 'user' : undefined,
  };
}

function history(maker: Maker, phases: readonly Phase[]): JsonObject {
  return {
    modificationHistory: {
      nameAt: maker.maybe(0.5, () => maker.moment()) ?? null,
      priorityAt: null,
      channelAt: null,
      assignedTeamsAt: maker.moment(),
      assignedUsersAt: maker.moment(),
      brandAt: null,
      statusAt: iso((phases.at(-1) as Phase).from),
      tagsAt: maker.moment(),
      customAt: maker.moment(),
    },
  };
}

function sla({events}: Timeline, updatedAt: number): JsonObject | undefined {
  const asked = events.find(({kind}) => kind === 'in')?.at;
  if (asked === undefined) return undefined;
  const breachAt = asked + ANSWER_WITHIN;
  const answeredAt = events.find(({kind, at}) => kind === 'out' && at >= asked)?.at;
  const breached = (answeredAt ?? updatedAt) > breachAt;
  const satisfiedAt = answeredAt === undefined || breached ? undefined : iso(answeredAt);
  return {
    name: 'Standard',
    version: 1,
    matchedAt: iso(asked),
    metrics: {firstResponse: {breachAt: iso(breachAt), satisfiedAt}},
    breached,
    breach: breached ? {metric: 'firstResponse', at: iso(breachAt)} : undefined,
    status: breached ? 'breached' : satisfiedAt === undefined ? 'pending' : 'satisfied',
    summary: {satisfiedAt, firstBreachAt: iso(breachAt)},
  };
}

function relations(maker: Maker, isDone: boolean): JsonObject {
  const slaId = maker.id('slas');
  const queue = queueOf(maker.world, maker.row);
  return merge(maker.people(), {
    messages: maker.only('messages'),
    customer: maker.to('customers'),
    brand: maker.to('brands'),
    endedBy: isDone ? maker.to('users') : undefined,
    sla: maker.maybe(0.5, () => maker.to('slas', slaId)),
    slaVersion: maker.maybe(0.5, () => ({
      data: {type: 'sla_version', id: `${slaId}-1`},
      links: {self: `/v1/slas/${slaId}/versions/1`},
    })),
    queue:
      queue === undefined
        ? undefined
        : {data: {type: 'queue', id: queue}, links: {self: `/v1/routing/queues/${queue}`}},
  });
}
