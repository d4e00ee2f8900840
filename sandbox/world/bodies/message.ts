import {merge, type Json, type JsonObject} from '../json';
import {customAttributes} from './custom';
import type {Maker} from './maker';
import {CHANNELS, sentence} from './words';

const ERROR: JsonObject = {
  status: 400,
  code: 'bad_request',
  title: 'The address does not exist',
  meta: {appErrorCode: 'InvalidRecipient'},
};
const LOCATION: JsonObject = {
  name: 'Shop',
  cityName: 'Austin',
  countryCode: 'US',
  latitude: 30.267,
  longitude: -97.743,
};

/** A message; `meta.to` comes as list, object or string (docs/kustomer-api.md, Envelope). */
export function message(maker: Maker): JsonObject {
  const {random, fresh} = maker;
  const direction = random.pick(['in', 'out']);
  const attributes = {
    channel: random.pick(CHANNELS),
    app: 'postmark',
    size: random.int(10, 20000),
    direction,
    directionType: `${random.pick(['initial', 'response', 'followup'])}-${direction}`,
    subject: maker.maybe(0.7, () => sentence(random, 5)),
    preview: sentence(fresh, random.int(5, 40)),
    meta: meta(maker),
    status: 'sent',
    assignedTeams: maker.ids('teams', 1),
    assignedUsers: maker.ids('users', 1),
    auto: random.chance(0.1),
    sentAt: maker.createdAt,
    createdByTeams: maker.ids('teams', 1),
    reactions: [],
    intentDetections: [],
    lang: 'en',
    responseTime: maker.maybe(0.4, () => random.int(1000, 1e8)),
    responseBusinessTime: maker.maybe(0.4, () => random.int(1000, 1e7)),
    firstDelivered: maker.maybe(0.3, () => ({timestamp: maker.moment(), clientType: 'web'})),
    firstRead: maker.maybe(0.1, () => ({timestamp: maker.moment()})),
    externalId: maker.maybe(0.3, () => `msg-${maker.row.slot}`),
    importedAt: maker.maybe(0.1, () => maker.createdAt),
    custom: maker.world.model.attributes['message']
      ? customAttributes(maker.world.model, 'message', maker)
      : undefined,
    sentiment: maker.maybe(0.3, () => ({polarity: random.int(-1, 1), confidence: random.next()})),
    firstCompany: maker.maybe(0.2, () => ({id: maker.id('companies'), name: 'Company'})),
    spam: random.chance(0.01),
    kbArticles: [],
  };
  const redacted = random.chance(0.02);
  const redaction = {redacted, redactedAt: redacted ? maker.moment() : undefined};
  const conversationId = maker.id('conversations');
  return maker.resource(merge(maker.stamps(), attributes, redaction, rarities(maker)), {
    customer: maker.to('customers'),
    conversation: maker.to('conversations', conversationId),
    ...maker.people(),
    redactedBy: redacted ? maker.to('users') : undefined,
    shortcuts: maker.maybe(0.2, () => ({
      data: maker.ids('shortcuts', 2).map((id) => ({type: 'shortcut', id})),
    })),
    attachments: maker.maybe(0.15, () => files(conversationId)),
  });
}

/** What one in nine messages has: it could not be sent, is part of a bulk, answers an e-mail, or came from a place. */
function rarities(maker: Maker): JsonObject {
  const {random} = maker;
  switch (random.int(0, 35)) {
    case 0:
      return {status: 'error', error: ERROR, errorAt: maker.moment()};
    case 1:
      return {source: random.pick(['bulk', 'satisfaction']), related: maker.id('messages')};
    case 2:
      return {reference: {message: maker.id('messages'), type: random.pick(['reply', 'forward'])}};
    case 3:
      return {location: LOCATION, queue: {id: maker.id('queues'), external: 'amazon-connect'}};
    default:
      return {};
  }
}

/** The first of the files that came with a conversation's messages (`attachmentsOf`). */
function files(conversationId: string): JsonObject {
  return {data: [{type: 'attachment', id: `${conversationId.slice(0, -2)}10`}]};
}

function meta(maker: Maker): JsonObject {
  const {random} = maker;
  const address = {email: `help${random.int(1, 9)}@example.com`, contact: 'Help'};
  const to: Json = random.pick<Json>([[address], address, address.email]);
  return {
    from: `customer${random.int(1, 99999)}@example.com`,
    to,
    cc: maker.maybe(0.2, () => [address]),
    bcc: maker.maybe(0.1, () => address.email),
    subject: sentence(random, 4),
    recipient: maker.maybe(0.2, () => ({email: address.email, mailboxHash: ''})),
    inReplyTo: maker.maybe(0.3, () => `<${maker.id('messages')}@mail.example.com>`),
  };
}

/** A note of an agent on a conversation. */
export function note(maker: Maker): JsonObject {
  const attributes = {
    body: sentence(maker.fresh, maker.random.int(5, 60)),
    createdByTeams: maker.ids('teams', 1),
    userMentions: maker.ids('users', 2),
    externalId: maker.maybe(0.1, () => `note-${maker.row.slot}`),
    importedAt: maker.maybe(0.1, () => maker.createdAt),
    lang: 'en',
    teamMentions: maker.ids('teams', 1),
  };
  const home = maker.world.homes.of(maker.row.slot);
  const conversationId =
    home === undefined ? maker.id('conversations') : maker.world.reference('conversations', home);
  return maker.resource(merge(maker.stamps(), attributes), {
    customer: maker.to('customers'),
    conversation: maker.to('conversations', conversationId),
    attachments: maker.maybe(0.05, () => files(conversationId)),
    ...maker.people(),
    ...(maker.row.deletedAt === null ? {} : {deletedBy: maker.to('users')}),
  });
}
