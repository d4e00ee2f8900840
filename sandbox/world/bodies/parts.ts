import type {JsonObject} from '../json';
import type {Row} from '../row';
import type {World} from '../world';
import {iso, Maker} from './maker';
import {timelineOf} from './timeline';

/** The files that came with a conversation's messages: none with most. */
export function attachmentsOf(world: World, row: Row): JsonObject[] {
  const maker = new Maker(world, 'conversations', row);
  return Array.from({length: Math.max(0, maker.random.int(-3, 2))}, (_, at) => attachment(maker, at));
}

/**
 * The stretches of work on a conversation, seconds each: one for each of an agent's messages, and one more for each of its
 * first versions after the first.
 */
export function timesOf(world: World, row: Row): JsonObject[] {
  const maker = new Maker(world, 'conversations', row);
  const {events, channel, random} = timelineOf(world, row);
  const messages = events.filter(({kind}) => kind === 'out');
  const answers = messages.map(({at, agent, team}, index) => {
    const handleTime = Math.min(
      1 + Math.floor(random.exponential(300)),
      Math.floor((at - row.createdAt) / 1000),
    );
    const message = {messageAt: iso(at), messageTime: Math.floor(handleTime * 0.6)};
    return work(maker, {at, agent, team, channel, handleTime, message, index});
  });
  const {agent, team} = events[0] ?? {
    agent: world.reference('users', row.slot),
    team: world.reference('teams', 0),
  };
  const looks = Array.from({length: Math.min(row.version - 1, 10)}, (_, look) => {
    const at = Math.min(row.createdAt + (look + 1) * 60_000, row.updatedAt);
    const handleTime = Math.min(30, Math.floor((at - row.createdAt) / 1000));
    return work(maker, {at, agent, team, channel, handleTime, message: {}, index: 40 + look});
  });
  return [...answers, ...looks];
}

interface Work {
  /** When it ended, epoch ms. */
  at: number;
  agent: string;
  team: string;
  channel: string;
  /** Seconds. */
  handleTime: number;
  message: JsonObject;
  index: number;
}

function work(maker: Maker, {at, agent, team, channel, handleTime, message, index}: Work): JsonObject {
  const {row} = maker;
  const id = `${row.id.slice(0, -2)}${(index + 160).toString(16)}`;
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
  const id = `${maker.row.id.slice(0, -2)}${(at + 16).toString(16)}`;
  const messageId = maker.id('messages');
  const attributes = {
    name: `photo-${at}.jpg`,
    contentType: 'image/jpeg',
    contentLength: random.int(1000, 5e6),
    redacted: false,
    createdAt: iso(maker.row.createdAt),
    updatedAt: maker.updatedAt,
  };
  const relationships = {message: {links: {self: `/v1/messages/${messageId}`}}, org: maker.org()};
  return {
    type: 'attachment',
    id,
    attributes,
    relationships,
    links: {self: `/v1/messages/${messageId}/attachments/${id}`},
  };
}
