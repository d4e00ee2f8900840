import {merge, type JsonObject} from '../json';
import {customAttributes} from './custom';
import {iso, type Maker} from './maker';
import {channels, sentence} from './words';

/** A conversation, about 4.5 kB; attributes as in resources/attributes/objects.json. */
export function conversation(maker: Maker): JsonObject {
  const {random} = maker;
  const done = random.chance(0.6);
  const rest = {
    sla: random.chance(0.4) ? sla(maker) : undefined,
    custom: customAttributes(maker.world.model, 'conversation', maker),
    assistant: maker.maybe(0.2, () => ({
      fac: {isFac: false, source: {type: 'conversation', channel: 'chat'}, reasons: [], exclusions: []},
      assistantId: maker.ids('users', 1),
      status: 'transferred',
    })),
  };
  const marks = done ? {firstDone: doneMark(maker), lastDone: doneMark(maker)} : {};
  const parts = [summary(maker, done), messageMarks(maker), responses(maker), marks, times(maker), rest];
  return maker.resource(merge(maker.stamps(), ...parts), relations(maker));
}

function summary(maker: Maker, done: boolean): JsonObject {
  const {random, fresh} = maker;
  return {
    name: sentence(random, random.int(3, 9)),
    preview: sentence(fresh, random.int(10, 30)),
    channels: [random.pick(channels)],
    status: done ? 'done' : random.pick(['open', 'snoozed']),
    open: {statusAt: maker.createdAt},
    direction: random.pick(['in', 'out']),
    messageCount: random.int(1, 40),
    noteCount: random.int(0, 5),
    inboundMessageCount: random.int(1, 20),
    outboundMessageCount: random.int(0, 20),
    doneCount: done ? random.int(1, 4) : 0,
    reopenCount: random.int(0, 2),
    reopenFromDoneCount: random.int(0, 1),
    snoozeCount: random.int(0, 2),
    satisfaction: random.int(0, 5),
    satisfactionLevel: {
      sentByTeams: maker.ids('teams', 1),
      answers: [],
      status: 'sent',
      rating: random.int(1, 5),
    },
    spam: random.chance(0.02),
    ended: done,
    endedAt: done ? maker.moment() : undefined,
    endedReason: done ? 'user' : undefined,
    endedByType: done ? 'user' : undefined,
    tags: maker.ids('tags', 3),
    suggestedTags: [],
    suggestedShortcuts: [],
    predictions: [],
    assignedUsers: maker.ids('users', 1),
    assignedTeams: maker.ids('teams', 2),
    priority: random.int(1, 5),
    defaultLang: 'en_us',
    locale: 'US',
    roleGroupVersions: [],
    accessOverride: [],
    matchedTimeBasedRules: [],
    linkedConversations: [],
    phase: 'initial',
    replyChannel: 'email',
    externalId: maker.maybe(0.3, () => `ext-${random.int(1, 1e9)}`),
    importedAt: maker.maybe(0.1, () => maker.createdAt),
    mergedTarget: maker.maybe(0.05, () => true),
    sentiment: maker.maybe(0.3, () => ({polarity: random.int(-1, 1), confidence: random.next()})),
  };
}

function messageMarks(maker: Maker): JsonObject {
  const {random} = maker;
  const mark = (): JsonObject => ({
    id: maker.id('messages'),
    sentAt: maker.moment(),
    createdAt: maker.moment(),
  });
  const meta = {
    from: 'jeantest@example.com',
    to: random.chance(0.5) ? 'help@example.com' : ['help@example.com'],
    subject: sentence(random, 4),
  };
  const people = {createdBy: maker.id('users'), createdByTeams: maker.ids('teams', 1)};
  return {
    firstMessageIn: {...mark(), channel: 'email', directionType: 'initial-in', meta},
    firstMessageOut: {...mark(), channel: 'email', directionType: 'response-out', ...people},
    lastMessageIn: {...mark(), channel: 'email', meta},
    lastMessageOut: {...mark(), createdBy: maker.id('users')},
    lastMessageUnrespondedTo: maker.maybe(0.4, () => mark()),
    lastMessageUnrespondedToSinceLastDone: maker.maybe(0.3, () => mark()),
    lastMessageAt: maker.moment(),
    lastReceivedAt: maker.moment(),
    lastActivityAt: maker.updatedAt,
    lastMessageDirection: random.pick(['in', 'out']),
  };
}

function responses(maker: Maker): JsonObject {
  const response = (): JsonObject => {
    const answer = {id: maker.id('messages'), sentAt: maker.moment(), responseTime: maker.random.int(1, 1e8)};
    return merge(who(maker), answer);
  };
  const answered = maker.random.chance(0.6);
  const reopened = maker.random.chance(0.3);
  return {
    firstResponse: answered ? response() : undefined,
    firstResponseSinceLastDone: reopened ? response() : undefined,
    lastResponse: answered ? who(maker) : undefined,
  };
}

function who(maker: Maker): JsonObject {
  const {random} = maker;
  return {
    createdByTeams: maker.ids('teams', 1),
    assignedTeams: maker.ids('teams', 1),
    assignedUsers: maker.ids('users', 1),
    time: random.int(1, 1e8),
    businessTime: random.int(0, 1e7),
    createdAt: maker.moment(),
    createdBy: maker.id('users'),
  };
}

function doneMark(maker: Maker): JsonObject {
  const {random} = maker;
  return merge(who(maker), {
    noteCount: random.int(0, 3),
    messageCount: random.int(1, 20),
    messageCountByChannel: {email: random.int(0, 9), sms: random.int(0, 3)},
    outboundMessageCount: random.int(0, 9),
    outboundMessageCountByChannel: {email: random.int(0, 9)},
    lastMessageDirection: 'out',
    lastMessageDirectionType: 'followup-out',
  });
}

function times(maker: Maker): JsonObject {
  const {random} = maker;
  const total = (): JsonObject => ({businessTime: random.int(0, 1e7), time: random.int(0, 1e8)});
  return {
    totalOpen: {
      ...total(),
      businessTimeSinceLastDone: random.int(0, 1e7),
      timeSinceLastDone: random.int(0, 1e8),
    },
    totalDone: total(),
    totalSnooze: total(),
    snooze: maker.maybe(0.2, () => ({
      status: 'scheduled',
      statusAt: maker.moment(),
      time: iso(maker.row.updatedAt + 86_400_000),
    })),
    modificationHistory: {
      nameAt: maker.maybe(0.5, () => maker.moment()) ?? null,
      priorityAt: null,
      channelAt: null,
      assignedTeamsAt: maker.moment(),
      assignedUsersAt: maker.moment(),
      brandAt: null,
      statusAt: maker.moment(),
      tagsAt: maker.moment(),
      customAt: maker.moment(),
    },
  };
}

function sla(maker: Maker): JsonObject {
  const breached = maker.random.chance(0.2);
  return {
    name: 'Standard',
    version: maker.random.int(1, 3),
    matchedAt: maker.moment(),
    metrics: {
      firstResponse: {breachAt: maker.moment(), satisfiedAt: maker.moment()},
      longestUnrespondedMessage: {breachAt: maker.moment()},
    },
    breached,
    breach: breached ? {metric: 'firstResponse', at: maker.moment()} : undefined,
    status: breached ? 'breached' : 'satisfied',
    summary: {satisfiedAt: maker.moment(), firstBreachAt: maker.moment()},
  };
}

function relations(maker: Maker): JsonObject {
  const slaId = maker.id('slas');
  const queue = maker.id('teams');
  return merge(maker.people(), {
    messages: maker.only('messages'),
    customer: maker.to('customers'),
    brand: maker.to('brands'),
    endedBy: maker.maybe(0.5, () => maker.to('users')),
    sla: maker.maybe(0.5, () => maker.to('slas', slaId)),
    slaVersion: maker.maybe(0.5, () => ({
      data: {type: 'sla_version', id: `${slaId}-1`},
      links: {self: `/v1/slas/${slaId}/versions/1`},
    })),
    queue: maker.maybe(0.5, () => ({
      data: {type: 'queue', id: queue},
      links: {self: `/v1/routing/queues/${queue}`},
    })),
  });
}
