import type {JsonObject} from '../json';
import {hex16} from '../random';
import type {Row} from '../row';
import type {World} from '../world';
import {bodyOf} from './index';
import {iso, Maker} from './maker';
import {timelineOf} from './timeline';

/** The files that came with a conversation's messages: none with most. */
export function attachmentsOf(world: World, row: Row): JsonObject[] {
  const maker = new Maker(world, 'conversations', row);
  return Array.from({length: Math.max(0, maker.random.int(-3, 2))}, (_, at) => attachment(maker, at));
}

/** The notes on a conversation, also those that search has forgotten; deleted ones too, marked (assumed). */
export function notesOf(world: World, row: Row): JsonObject[] {
  const notes = world.homes.notesOf(row.slot).map((slot) => world.table('notes').at(slot));
  return notes.flatMap((note) => (note ? [bodyOf(world, 'notes', note)] : []));
}

/** How often a change of a conversation shows as a look at it, and no more. */
const MOST_LOOKS = 10;

/**
 * The stretches of work on a conversation, seconds each: one for each of an agent's messages before the world began, and one for
 * each of the first changes since, recorded when it was made. None of them ever changes.
 */
export function timesOf(world: World, row: Row): JsonObject[] {
  const maker = new Maker(world, 'conversations', row);
  return stretchesOf(world, row).map((stretch) => work(maker, stretch));
}

/** The same, without their bodies. */
export function stretchesOf(world: World, row: Row): Stretch[] {
  const {began, changes} = world.lives.of(row);
  const {events, channel, random} = timelineOf(world, {...row, updatedAt: began});
  const messages = events.filter(({kind}) => kind === 'out');
  const answers = messages.map(({at, agent, team}, index): Stretch => {
    const handleTime = Math.min(
      1 + Math.floor(random.exponential(300)),
      Math.floor((at - row.createdAt) / 1000),
    );
    const message = {messageAt: iso(at), messageTime: Math.floor(handleTime * 0.6)};
    return {id: idOfPart(row, index + 160), at, agent, team, channel, handleTime, message};
  });
  const {agent, team} = events[0] ?? {
    agent: world.reference('users', row.slot),
    team: world.reference('teams', 0),
  };
  const seen = changes.slice(0, Math.min(row.version - 1, MOST_LOOKS));
  const looks = seen.map((at, look): Stretch => {
    const handleTime = Math.min(30, Math.floor((at - row.createdAt) / 1000));
    return {id: idOfPart(row, look + 200), at, agent, team, channel, handleTime, message: {}};
  });
  return [...answers, ...looks];
}

/** The id of what hangs on a conversation: its own with other last digits. @param digits 16 to 255 */
export function idOfPart(conversation: Row, digits: number): string {
  return `${conversation.id.slice(0, -2)}${digits.toString(16)}`;
}

/** A stretch of work. */
export interface Stretch {
  id: string;
  /** When it ended, epoch ms. */
  at: number;
  agent: string;
  team: string;
  channel: string;
  /** Seconds. */
  handleTime: number;
  message: JsonObject;
}

/** The session that a stretch of work is recorded as. */
export function work(maker: Maker, {id, at, agent, team, channel, handleTime, message}: Stretch): JsonObject {
  const {row} = maker;
  const attributes = {
    createdAt: iso(at),
    createdByTeams: [team],
    assignedUsers: [agent],
    assignedTeams: [team],
    channels: [channel],
    handleAt: iso(at - handleTime * 1000),
    handleTime,
    ...message,
    messagesSent: message['messageAt'] === undefined ? 0 : 1,
    notesSent: 0,
    touched: message['messageAt'] !== undefined,
    reopened: false,
    snoozed: false,
    resolved: false,
  };
  const relationships = {
    org: maker.org(),
    conversation: maker.to('conversations', row.id),
    customer: maker.to('customers'),
    createdBy: maker.to('users', agent),
  };
  return {
    type: 'conversation_time',
    id,
    attributes,
    relationships,
    links: {self: `/v1/conversations/times/${id}`},
  };
}

/** The file a conversation's message carried, the `at`-th; about one in three conversations has some. */
function attachment(maker: Maker, at: number): JsonObject {
  const {random} = maker;
  const id = idOfPart(maker.row, at + 16);
  const messageId = maker.id('messages');
  const attributes = {
    name: `photo-${at}.jpg`,
    contentType: 'image/jpeg',
    contentLength: random.int(1000, 5e6),
    redacted: false,
    createdAt: iso(maker.row.createdAt),
    updatedAt: maker.updatedAt,
  };
  const signature = `X-Amz-Expires=600&X-Amz-Security-Token=${hex16(random.int(0, 1e9))}`;
  return {
    type: 'attachment',
    id,
    attributes,
    relationships: {message: maker.to('messages', messageId), org: maker.org()},
    links: {
      self: `/v1/messages/${messageId}/attachments/${id}`,
      // Good for ten minutes, for whoever has it (docs/kustomer-api.md, Further objects).
      related: `https://attachments.example.com/${id}-photo-${at}.jpg?${signature}`,
    },
  };
}
