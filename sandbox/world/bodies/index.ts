import {isObject, type JsonObject} from '../json';
import type {ObjectName} from '../objects';
import type {Row} from '../row';
import type {World} from '../world';
import {conversation} from './conversation';
import {customer} from './customer';
import {company, klassNameOf, kobject} from './kobject';
import {auditLog} from './audit';
import {card, outboundAccount, spamSender, survey} from './channels';
import {article, category, shortcutCategory} from './library';
import {iso, Maker} from './maker';
import {message, note} from './message';
import {automation, queue, routingStatus, snooze} from './routing';
import {brand, klass, roleGroup, schedule, sla} from './setup';
import {shortcut, tag, team, user} from './staff';

const makers: Record<ObjectName, (maker: Maker) => JsonObject> = {
  conversations: conversation,
  customers: customer,
  kobjects: kobject,
  messages: message,
  notes: note,
  companies: company,
  shortcuts: shortcut,
  tags: tag,
  teams: team,
  users: user,
  klasses: klass,
  brands: brand,
  slas: sla,
  schedules: schedule,
  role_groups: roleGroup,
  queues: queue,
  routing_statuses: routingStatus,
  satisfaction_surveys: survey,
  snoozes: snooze,
  ai_automations: automation,
  shortcut_categories: shortcutCategory,
  outbound_accounts: outboundAccount,
  spam_senders: spamSender,
  cards: card,
  kb_articles: article,
  kb_categories: category,
  audit_logs: auditLog,
};

/** The JSON:API resource of a record as `row` has it: the same row always gives the same body. */
export function bodyOf(world: World, object: ObjectName, row: Row): JsonObject {
  const loaded = world.loadedBody(object, row.id);
  if (loaded) return row.version === 1 ? loaded : changed(loaded, row);
  const maker = new Maker(world, object, row);
  return world.bodyStyle === 'full' || ['klasses', 'audit_logs'].includes(object)
    ? makers[object](maker)
    : lean(maker);
}

function lean(maker: Maker): JsonObject {
  const {object, row, world} = maker;
  const type = object === 'kobjects' ? `kobject.${klassNameOf(world, row)}` : undefined;
  return maker.resource({...maker.stamps(), name: `${object} ${row.slot}`}, {}, type);
}

function changed(loaded: JsonObject, row: Row): JsonObject {
  const attributes = isObject(loaded['attributes']) ? loaded['attributes'] : {};
  const deleted = row.deletedAt === null ? {} : {deleted: true, deletedAt: iso(row.deletedAt)};
  const rev = typeof attributes['rev'] === 'number' ? attributes['rev'] + row.version - 1 : row.version;
  return {
    ...loaded,
    attributes: {
      ...attributes,
      updatedAt: iso(row.updatedAt),
      modifiedAt: iso(row.updatedAt),
      rev,
      ...deleted,
    },
  };
}
