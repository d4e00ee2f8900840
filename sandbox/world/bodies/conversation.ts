import {merge, type JsonObject} from '../json';
import {doneMarks, messageMarks, responses, totals} from './conversation-times';
import {customAttributes} from './custom';
import {iso, type Maker} from './maker';
import {queueOf} from './queue';
import {satisfaction} from './satisfaction';
import {keeping, serviceLevelOf, type ServiceLevel} from './service-level';
import {phasesOf, timelineOf, type Phase, type Timeline} from './timeline';
import {sentence} from './words';

const DAY = 86_400_000;

/** A conversation, about 4.5 kB, whose counts, times and statuses follow from one story: see `timelineOf`. */
export function conversation(maker: Maker): JsonObject {
  const {random, row, world} = maker;
  const timeline = timelineOf(world, row);
  const phases = phasesOf(timeline.events, row.createdAt, row.updatedAt);
  const level = serviceLevelOf(world, row);
  const kept = level && keeping(level, timeline, row.updatedAt);
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
    sla: kept,
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
    merge(relations(maker, (phases.at(-1) as Phase).status === 'done', kept && level), {
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

function relations(maker: Maker, isDone: boolean, level: ServiceLevel | undefined): JsonObject {
  const queue = queueOf(maker.world, maker.row);
  return merge(maker.people(), {
    messages: maker.only('messages'),
    customer: maker.to('customers'),
    brand: maker.to('brands'),
    endedBy: isDone ? maker.to('users') : undefined,
    sla: level && maker.to('slas', level.id),
    slaVersion: level && {
      data: {type: 'sla_version', id: `${level.id}-${level.version}`},
      links: {self: `/v1/slas/${level.id}/versions/${level.version}`},
    },
    queue:
      queue === undefined
        ? undefined
        : {data: {type: 'queue', id: queue}, links: {self: `/v1/routing/queues/${queue}`}},
  });
}
