import type {Json, JsonObject} from '../json';
import type {ObjectName} from '../objects';
import {iso, type Maker} from './maker';

const DAY_MS = 86_400_000;
/** How long after an event its entry is there to be read: ms. */
const PUBLISHED_AFTER_MS = 7000;

interface Kind {
  event: string;
  verb: string;
  object: ObjectName;
  objectType: string;
  /** Days until the entry expires (docs/kustomer-api.md, Audit logs). */
  keptDays: number;
  before: Json;
  after: Json;
}

const KINDS: readonly [Kind, ...Kind[]] = [
  kindOf('conversation', 'conversations', 'update', {keptDays: 90, before: 'open', after: 'done'}),
  kindOf('customer', 'customers', 'update', {keptDays: 90, before: 'Jo', after: 'Joan'}),
  kindOf('conversation', 'conversations', 'create', {keptDays: 365, before: null, after: 'open'}),
  kindOf('message', 'messages', 'create', {keptDays: 365, before: null, after: 'sent'}),
  kindOf('customer', 'customers', 'merge', {keptDays: 365, before: 'one', after: 'other'}),
  kindOf('shortcut', 'shortcuts', 'update', {keptDays: 365, before: 'Hi', after: 'Hello'}),
];

function kindOf(
  objectType: string,
  object: ObjectName,
  verb: string,
  rest: Pick<Kind, 'keptDays' | 'before' | 'after'>,
): Kind {
  return {event: `kustomer.${objectType}.${verb}`, verb, object, objectType, ...rest};
}

/** When the entry of a row is gone for good: epoch ms. */
export function expiryOf({row}: Maker): number {
  return row.createdAt + kindAt(row.slot).keptDays * DAY_MS;
}

/** What somebody, or the system, did: its times never change, nor does anything else. */
export function auditLog(maker: Maker): JsonObject {
  const {random, row} = maker;
  const {event, verb, object, objectType, before, after} = kindAt(row.slot);
  const userId = random.chance(0.7) ? maker.id('users') : null;
  const objectId = maker.id(object);
  return {
    type: 'audit_log',
    id: row.id,
    attributes: {
      eventName: event,
      eventVerb: verb,
      org: '5f0c1d2e3a4b5c6d7e8f9a0b',
      userId,
      userType: userId === null ? 'system' : 'user',
      objectId,
      objectType,
      client: userId === null ? 'routing-api' : 'web',
      ip: userId === null ? null : '203.0.113.7',
      changes: {attributes: {value: {op: 'replace', before, after}}, relationships: {}},
      createdAt: iso(row.createdAt),
      publishedAt: iso(row.createdAt + PUBLISHED_AFTER_MS),
      expiresAt: iso(expiryOf(maker)),
    },
    relationships: {user: {links: {self: `/v1/users/${userId}`}, data: {type: 'user', id: userId}}},
  };
}

function kindAt(slot: number): Kind {
  return KINDS[slot % KINDS.length] ?? KINDS[0];
}
