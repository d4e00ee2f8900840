import {merge, type Json, type JsonObject} from '../json';
import {customAttributes} from './custom';
import type {Maker} from './maker';
import {CHANNELS, sentence} from './words';

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
    redacted: false,
    createdByTeams: maker.ids('teams', 1),
    reactions: [],
    intentDetections: [],
    lang: 'en',
    responseTime: maker.maybe(0.4, () => random.int(1000, 1e8)),
    responseBusinessTime: maker.maybe(0.4, () => random.int(1000, 1e7)),
    firstDelivered: maker.maybe(0.3, () => ({timestamp: maker.moment(), clientType: 'web'})),
    externalId: maker.maybe(0.3, () => `msg-${maker.row.slot}`),
    importedAt: maker.maybe(0.1, () => maker.createdAt),
    custom: maker.world.model.attributes['message']
      ? customAttributes(maker.world.model, 'message', maker)
      : undefined,
  };
  return maker.resource(merge(maker.stamps(), attributes), {
    customer: maker.to('customers'),
    conversation: maker.to('conversations'),
    ...maker.people(),
    shortcuts: maker.maybe(0.2, () => ({
      data: maker.ids('shortcuts', 2).map((id) => ({type: 'shortcut', id})),
    })),
  });
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
  };
  const home = maker.world.homes.of(maker.row.slot);
  return maker.resource(merge(maker.stamps(), attributes), {
    customer: maker.to('customers'),
    conversation: maker.to(
      'conversations',
      home === undefined ? maker.id('conversations') : maker.world.reference('conversations', home),
    ),
    ...maker.people(),
    ...(maker.row.deletedAt === null ? {} : {deletedBy: maker.to('users')}),
  });
}
