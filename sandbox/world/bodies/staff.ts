import {merge, type JsonObject} from '../json';
import type {Maker} from './maker';
import {COLORS, FIRST_NAMES, ICONS, LAST_NAMES, sentence} from './words';

/** A user; every twentieth was invited and has not come yet (`pending`). */
export function user(maker: Maker): JsonObject {
  const {random, row} = maker;
  const name = `${random.pick(FIRST_NAMES)} ${random.pick(LAST_NAMES)}`;
  const pending = row.slot % 20 === 7;
  const arrival = pending
    ? {}
    : {emailVerifiedAt: maker.createdAt, firstEmailVerifiedAt: maker.createdAt, firstLoginAt: maker.moment()};
  const attributes = {
    name,
    displayName: name,
    userType: row.slot % 25 === 3 ? 'machine' : 'user',
    email: `agent${row.slot}@example.com`,
    emailSignature: maker.maybe(0.5, () => `<p>${name}</p>`),
    mobile: maker.maybe(0.3, () => `+1${random.int(1e9, 9e9)}`),
    password: {allowNew: false, forceNew: false, updatedAt: maker.moment()},
    roleGroups: [],
    roles: ['org.user'],
    mostRecentLoginAt: maker.maybe(0.8, () => maker.updatedAt),
    isEmailValid: true,
    verifiedEmailStatus: 'valid',
    avatarUrl: null,
  };
  return maker.resource(merge(maker.stamps(), arrival, attributes), maker.people());
}

/** A team and its members. */
export function team(maker: Maker): JsonObject {
  const {random, row} = maker;
  const name = `Team ${row.slot}`;
  const attributes = {
    name,
    displayName: name,
    icon: random.pick(ICONS),
    members: maker.ids('users', 12),
    roleGroups: [],
    externalId: maker.maybe(0.3, () => `team-${row.slot}`),
  };
  return maker.resource(merge(maker.stamps(), attributes), {...maker.people(), ...deletedBy(maker)});
}

/** A tag. */
export function tag(maker: Maker): JsonObject {
  const {random, row} = maker;
  const attributes = {
    name: `tag-${row.slot}`,
    color: random.pick(COLORS),
    deleted: row.deletedAt !== null,
  };
  return maker.resource(merge(maker.stamps(), attributes), {...maker.people(), ...deletedBy(maker)});
}

/** A prepared answer. */
export function shortcut(maker: Maker): JsonObject {
  const {random, row} = maker;
  const text = sentence(maker.fresh, random.int(10, 50));
  const data = {key: 'customer.name', fallbackText: 'there'};
  const attributes = {
    name: `Answer ${row.slot}`,
    deleted: row.deletedAt !== null,
    draft: {text},
    isPrivate: random.chance(0.2),
    appDisabled: false,
    conversation: {
      tags: {operator: 'add', value: maker.ids('tags', 2)},
      name: {operator: 'set', value: 'Answered'},
    },
    payload: {
      text: {
        blocks: [
          {
            key: 'a1b2c',
            text,
            type: 'unstyled',
            depth: 0,
            inlineStyleRanges: [],
            entityRanges: [{offset: 0, length: 5, key: 0}],
            data: {},
          },
        ],
        entityMap: {'0': {type: 'DYNAMIC_TEXT', mutability: 'IMMUTABLE', data}},
      },
    },
  };
  return maker.resource(merge(maker.stamps(), attributes), {
    ...maker.people(),
    parent: maker.maybe(0.2, () => ({
      data: {type: 'shortcut_category', id: maker.id('shortcut_categories')},
    })),
    accessUsers: maker.only('access/users'),
    accessTeams: maker.only('access/teams'),
  });
}

function deletedBy(maker: Maker): JsonObject {
  return maker.row.deletedAt === null ? {} : {deletedBy: maker.to('users')};
}
