import type {JsonObject} from '../json';
import type {Row} from '../row';
import type {World} from '../world';
import {iso, Maker} from './maker';
import {CHANNELS} from './words';

/** The files that came with a conversation's messages: none with most. */
export function attachmentsOf(world: World, row: Row): JsonObject[] {
  const maker = new Maker(world, 'conversations', row);
  return Array.from({length: Math.max(0, maker.random.int(-3, 2))}, (_, at) => attachment(maker, at));
}

/** The stretches of work on a conversation, seconds each: one more for each of its first versions. */
export function timesOf(world: World, row: Row): JsonObject[] {
  const maker = new Maker(world, 'conversations', row);
  const count = Math.max(0, maker.random.int(-1, 2)) + Math.min(row.version - 1, 10);
  return Array.from({length: count}, (_, at) => conversationTime(maker, at));
}

function conversationTime(maker: Maker, at: number): JsonObject {
  const {random, row, createdAt} = maker;
  const id = `${row.id.slice(0, -2)}${(at + 160).toString(16)}`;
  const attributes = {
    createdAt,
    createdByTeams: maker.ids('teams', 1),
    assignedUsers: maker.ids('users', 1),
    assignedTeams: maker.ids('teams', 1),
    channels: [random.pick(CHANNELS)],
    handleAt: createdAt,
    handleTime: random.int(1, 3600),
    messageAt: createdAt,
    messageTime: random.int(0, 600),
  };
  const relationships = {
    org: maker.org(),
    conversation: maker.to('conversations', row.id),
    customer: maker.to('customers'),
    createdBy: maker.to('users'),
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
