import type {Json, JsonObject} from '../json';
import {iso, type Maker} from './maker';
import type {Event, Phase, Timeline} from './timeline';
import {sentence} from './words';

/** Of the hours of a week, this share are business hours: 40 of 168. */
const BUSINESS_SHARE = 40 / 168;

/** The channels by which the published tables count messages out. */
const COUNTED_OUT: readonly string[] = ['email', 'sms', 'voice'];

/** The first and last messages of both sides, and whether the last is still to be answered. */
export function messageMarks(maker: Maker, {events, channel, random}: Timeline): JsonObject {
  const incoming = events.filter(({kind}) => kind === 'in');
  const outgoing = events.filter(({kind}) => kind === 'out');
  const last = events.findLast(isMessage);
  const waiting = last?.kind === 'in' ? mark(last) : undefined;
  const isFirst = (event: Event): string => (event === events[0] ? 'initial' : 'response');
  const meta: JsonObject = {
    from: 'jeantest@example.com',
    to: random.chance(0.5) ? 'help@example.com' : ['help@example.com'],
    subject: sentence(random, 4),
  };
  const [firstIn, firstOut] = [incoming[0], outgoing[0]];
  return {
    messageCount: incoming.length + outgoing.length,
    inboundMessageCount: incoming.length,
    outboundMessageCount: outgoing.length,
    firstMessageIn: firstIn && {...mark(firstIn), channel, directionType: `${isFirst(firstIn)}-in`, meta},
    firstMessageOut: firstOut
      ? {
          ...mark(firstOut),
          channel,
          directionType: `${isFirst(firstOut)}-out`,
          createdBy: firstOut.agent,
          createdByTeams: [firstOut.team],
        }
      : {createdByTeams: []},
    lastMessageIn: incoming.length > 0 ? {...mark(incoming.at(-1) as Event), channel, meta} : undefined,
    lastMessageOut:
      outgoing.length > 0
        ? {...mark(outgoing.at(-1) as Event), createdBy: (outgoing.at(-1) as Event).agent}
        : undefined,
    lastMessageUnrespondedTo: waiting,
    lastMessageUnrespondedToSinceLastDone: events.at(-1)?.kind === 'in' ? waiting : undefined,
    lastMessageAt: last && iso(last.at),
    lastReceivedAt: incoming.length > 0 ? iso((incoming.at(-1) as Event).at) : undefined,
    lastActivityAt: maker.updatedAt,
    lastMessageDirection: last?.kind,
  };
}

/** The first and last answers, and how long the customer waited for them: ms. */
export function responses({events}: Timeline): JsonObject {
  const all = events.flatMap((event, at) => {
    const asked = event.kind === 'out' ? firstUnanswered(events, at) : undefined;
    return asked ? [{event, time: event.at - asked.at}] : [];
  });
  const doneAt = events.findLast(({kind}, at) => kind === 'done' && at < events.length - 1)?.at;
  const since = doneAt === undefined ? undefined : all.find(({event}) => event.at > doneAt);
  const [first, last] = [all[0], all.at(-1)];
  return {
    firstResponse: first && {...timed(first.event, first.time), ...answered(first)},
    firstResponseSinceLastDone: since && {...timed(since.event, since.time), ...answered(since)},
    lastResponse: last && timed(last.event, last.time),
  };
}

/** When it was done first and last: after how long (ms), and what there was by then. */
export function doneMarks(
  {events, channel}: Timeline,
  phases: readonly Phase[],
  noteCount: number,
): JsonObject {
  const marks = phases
    .filter(({status}) => status === 'done')
    .map(({from}): JsonObject => {
      const before = events.filter(({at}) => at <= from);
      const messages = before.filter(isMessage);
      const outgoing = messages.filter(({kind}) => kind === 'out').length;
      const opened = phases.findLast(
        (phase) => phase.from < from && (phase.isReopening || phase === phases[0]),
      );
      const direction = messages.at(-1)?.kind;
      return {
        ...timed(before.at(-1) as Event, from - (opened?.from ?? from)),
        noteCount,
        messageCount: messages.length,
        messageCountByChannel: {[channel]: messages.length},
        outboundMessageCount: outgoing,
        outboundMessageCountByChannel: COUNTED_OUT.includes(channel) ? {[channel]: outgoing} : {},
        lastMessageDirection: direction,
        lastMessageDirectionType: `${messages.length === 1 ? 'initial' : 'followup'}-${direction}`,
      };
    });
  return {doneCount: marks.length, firstDone: marks[0], lastDone: marks.at(-1)};
}

/** How long it was open, put aside and done: ms, together its whole life. */
export function totals(phases: readonly Phase[]): JsonObject {
  const lastDone = phases.findLast(
    ({status, to}, at) => status === 'done' && at < phases.length - 1 && to > 0,
  );
  const sum = (status: Phase['status'], from = 0): number =>
    phases
      .filter((phase) => phase.status === status && phase.from >= from)
      .reduce((total, phase) => total + phase.to - phase.from, 0);
  const sinceDone = sum('open', lastDone?.from);
  return {
    totalOpen: {
      ...span(sum('open')),
      timeSinceLastDone: sinceDone,
      businessTimeSinceLastDone: business(sinceDone),
    },
    totalDone: span(sum('done')),
    totalSnooze: span(sum('snoozed')),
  };
}

function isMessage({kind}: Event): boolean {
  return kind === 'in' || kind === 'out';
}

function mark({message, at}: Event): JsonObject {
  return {id: message, sentAt: iso(at), createdAt: iso(at)};
}

// The customer's first message after the answer before.
function firstUnanswered(events: readonly Event[], at: number): Event | undefined {
  const before = events.findLastIndex(({kind}, index) => index < at && kind === 'out');
  return events.slice(before + 1, at).find(({kind}) => kind === 'in');
}

function answered({event, time}: {event: Event; time: number}): JsonObject {
  return {id: event.message, sentAt: iso(event.at), responseTime: time};
}

function timed({agent, team, at}: Event, time: number): JsonObject {
  const who: Json = {createdByTeams: [team], assignedTeams: [team], assignedUsers: [agent], createdBy: agent};
  return {...who, ...span(time), createdAt: iso(at)};
}

function span(time: number): JsonObject {
  return {time, businessTime: business(time)};
}

function business(time: number): number {
  return Math.floor(time * BUSINESS_SHARE);
}
