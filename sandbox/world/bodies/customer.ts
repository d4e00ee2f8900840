import {merge, type JsonObject} from '../json';
import {customAttributes} from './custom';
import type {Maker} from './maker';
import {CHANNELS, COLORS, FIRST_NAMES, ICONS, LAST_NAMES, sentence} from './words';

/** A customer, shaped as in recorded answers. */
export function customer(maker: Maker): JsonObject {
  const {random} = maker;
  const rest = {
    deleted: maker.row.deletedAt !== null,
    tags: maker.ids('tags', 2),
    progressiveStatus: null,
    verified: random.chance(0.8),
    roleGroupVersions: [],
    accessOverride: [],
    activeUsers: [],
    watchers: [],
    custom: customAttributes(maker.world.model, 'customer', maker),
    avatarUrl: null,
    birthdayAt: null,
    gender: null,
    username: null,
    signedUpAt: null,
    timeZone: null,
    locale: random.chance(0.2) ? 'en_US' : null,
    externalId: maker.maybe(0.4, () => `cust-${maker.row.slot}`),
    importedAt: maker.maybe(0.1, () => maker.createdAt),
    companyName: null,
    defaultLang: random.chance(0.2) ? 'en_us' : null,
    presence: random.pick(['online', 'offline']),
    sla: maker.maybe(0.1, () => ({name: 'Standard', version: 1, matchedAt: maker.moment()})),
  };
  const klasses = maker.world.model.klasses
    .slice(0, 4)
    .map(({name}) => [`${name}s`, {...maker.only(`klasses/${name}s`), meta: {kobject: true}}] as const);
  return maker.resource(merge(names(maker), contacts(maker), activity(maker), maker.stamps(), rest), {
    messages: maker.only('messages'),
    ...maker.people(),
    ...Object.fromEntries(klasses),
    ...belongings(maker),
  });
}

/** What a customer belongs to, and is under: some have a company, few a service level. */
function belongings(maker: Maker): JsonObject {
  const slaId = maker.id('slas');
  const company = maker.maybe(0.4, () => maker.to('companies'));
  if (!maker.random.chance(0.1)) return {company};
  return {
    company,
    sla: maker.to('slas', slaId),
    slaVersion: {
      data: {type: 'sla_version', id: `${slaId}-1`},
      links: {self: `/v1/slas/${slaId}/versions/1`},
    },
  };
}

function names({random}: Maker): JsonObject {
  const firstName = random.pick(FIRST_NAMES);
  const lastName = random.pick(LAST_NAMES);
  const name = `${firstName} ${lastName}`;
  return {
    name,
    displayName: name,
    firstName,
    lastName,
    displayColor: random.pick(COLORS),
    displayIcon: random.pick(ICONS),
  };
}

function contacts(maker: Maker): JsonObject {
  const {random} = maker;
  const email = {
    type: 'home',
    verified: random.chance(0.5),
    externalVerified: false,
    email: `customer${maker.row.slot}@example.com`,
  };
  return {
    emails: [email],
    sharedEmails: [],
    phones: random.chance(0.4)
      ? [{type: 'mobile', verified: false, phone: `+44${random.int(1e8, 1e9)}`}]
      : [],
    sharedPhones: [],
    whatsapps: [],
    sharedWhatsapps: [],
    facebookIds: [],
    instagramIds: [],
    socials: [],
    sharedSocials: [],
    urls: [],
    locations: random.chance(0.3) ? [{type: 'home'}] : [],
    externalIds: random.chance(0.4)
      ? [{externalId: `cust-${maker.row.slot}`, verified: true, externalVerified: false}]
      : [],
    sharedExternalIds: [],
    recentLocation: random.chance(0.2)
      ? {updatedAt: maker.moment(), location: {countryName: 'US', cityName: 'Austin'}}
      : null,
  };
}

function activity(maker: Maker): JsonObject {
  const {random, fresh} = maker;
  const open = random.int(0, 2);
  const done = random.int(0, 9);
  const last = {channel: random.pick(CHANNELS), sentAt: maker.moment()};
  return {
    lastActivityAt: maker.updatedAt,
    lastCustomerActivityAt: maker.updatedAt,
    lastSeenAt: maker.maybe(0.3, () => maker.moment()),
    lastMessageAt: maker.maybe(0.5, () => maker.moment()),
    lastMessageIn: maker.maybe(0.5, () => ({...last, sentiment: null})),
    lastMessageOut: maker.maybe(0.4, () => ({sentAt: maker.moment()})),
    lastMessageUnrespondedTo: maker.maybe(0.2, () => last),
    lastConversation: {id: maker.id('conversations'), channels: [last.channel], tags: maker.ids('tags', 1)},
    conversationCounts: {done, open, snoozed: 0, all: done + open},
    preview: {
      channel: last.channel,
      type: 'message',
      text: sentence(fresh, 8),
      subject: sentence(random, 3),
      previewAt: maker.updatedAt,
    },
    recentItems: [
      {
        type: 'kobject',
        updatedAt: maker.moment(),
        id: maker.id('kobjects'),
        meta: {klassName: 'shopify-order'},
      },
    ],
    satisfactionLevel: {
      firstSatisfaction: {sentByTeams: []},
      lastSatisfaction: {sentByTeams: maker.ids('teams', 1)},
    },
    sentiment: maker.maybe(0.2, () => ({polarity: random.int(-1, 1), confidence: random.next()})),
  };
}
