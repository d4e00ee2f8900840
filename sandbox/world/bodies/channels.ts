import {merge, type JsonObject} from '../json';
import type {Maker} from './maker';

const CHANNELS = ['email', 'sms', 'chat', 'whatsapp'];

/** A satisfaction form of one channel: `modified` instead of `modifiedAt`, and no links. */
export function survey(maker: Maker): JsonObject {
  const {random, row, createdAt, updatedAt} = maker;
  const channel = CHANNELS[row.slot % CHANNELS.length] ?? 'email';
  const attributes = {
    name: `Satisfaction form for ${channel}`,
    formType: 'csat',
    enabled: random.chance(0.8),
    channel,
    description: 'Sent when a conversation is marked done',
    from: {channel, account: `help@example.com`, app: 'postmark'},
    metaTitle: 'Satisfaction',
    metaDescription: `${channel} survey`,
    delayTime: random.int(0, 3600),
    scale: {options: 5, type: 'number', labelLow: 'Terrible', labelHigh: 'Amazing'},
    introduction: 'Tell us about your experience.',
    ratingPrompt: 'How satisfied are you?',
    questions: [],
    positiveQuestions: [],
    negativeQuestions: [],
    allQuestions: [],
    followUpType: 'all',
    criteria: {and: [], or: []},
    createdAt,
    updatedAt,
    modified: updatedAt,
  };
  return withoutLinks(maker.resource(attributes, maker.people()));
}

/** Where messages go out from: a record without an id. */
export function outboundAccount(maker: Maker): JsonObject {
  const {random, row} = maker;
  const {slot} = row;
  const channel = CHANNELS[slot % CHANNELS.length] ?? 'email';
  const account =
    channel === 'email' ? `help${slot}@example.com` : `+1555555${String(slot).padStart(4, '0')}`;
  return {type: 'outbound_account', attributes: {channel, name: `Desk ${random.int(100, 999)}`, account}};
}

/** A sender who is always or never taken for spam. */
export function spamSender(maker: Maker): JsonObject {
  const {random, row, createdAt, updatedAt} = maker;
  const attributes = {
    sender: `sender${row.slot}@example.com`,
    channel: 'email',
    list: random.pick(['whitelist', 'blacklist']),
    createdAt,
    modifiedAt: updatedAt,
    updatedAt,
  };
  return withoutLinks(maker.resource(attributes, maker.people()));
}

/** A page that is shown beside a record. */
export function card(maker: Maker): JsonObject {
  const {slot} = maker.row;
  const attributes = {
    name: `card-${slot}`,
    description: 'Orders of the customer',
    url: `https://cards.example.com/${slot}`,
    contexts: ['customer', 'conversation'],
  };
  return maker.resource(merge(maker.stamps(), attributes), maker.people());
}

function withoutLinks(record: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(record).filter(([name]) => name !== 'links'));
}
