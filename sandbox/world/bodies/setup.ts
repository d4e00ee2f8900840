import type {JsonObject} from '../json';
import type {Klass} from '../model';
import {iso, type Maker} from './maker';
import {answerWithinMs, serviceLevelName, versionCount} from './service-level';
import {COLORS, ICONS} from './words';

const DAY_MS = 86_400_000;

/** How the organization is set up: a custom object type. */
export function klass(maker: Maker): JsonObject {
  const {random, world, row} = maker;
  const {name, displayName, status} = world.model.klasses[row.slot] as Klass;
  const {createdAt, updatedAt} = maker;
  const attributes = {
    name,
    displayName,
    icon: random.pick(ICONS),
    color: random.pick(COLORS),
    appDisabled: false,
    status,
    mixins: [],
    jsonSchema: {type: 'object', properties: {title: {type: 'string'}}},
    createdAt,
    updatedAt,
  };
  return maker.resource(attributes, {});
}

/** A brand. */
export function brand(maker: Maker): JsonObject {
  const {slot} = maker.row;
  return maker.resource(
    {
      ...maker.stamps(),
      name: `Brand ${slot}`,
      iconUrl: `https://brand${slot}.example.com/icon.svg`,
      default: slot === 0,
    },
    maker.people(),
  );
}

/** Business hours: from 9 to 17 o'clock from Monday to Friday, in minutes after midnight. */
export function schedule(maker: Maker): JsonObject {
  const hours = Object.fromEntries(
    Array.from({length: 7}, (_, weekday) => [weekday, weekday % 6 === 0 ? null : [[540, 1020]]]),
  );
  const name = `Schedule ${maker.row.slot}`;
  return maker.resource(
    {...maker.stamps(), name, hours, timezone: 'US/Central', default: maker.row.slot === 0},
    maker.people(),
  );
}

/** The holidays of a schedule: one at least. */
export function holidays(maker: Maker): JsonObject[] {
  const {id, slot, createdAt: made} = maker.row;
  return Array.from({length: 1 + (slot % 4)}, (_, at) => {
    const start = made + (at + 1) * 30 * DAY_MS;
    const holidayId = `${id.slice(0, -2)}${(at + 16).toString(16)}`;
    const attributes = {
      name: `Holiday ${at + 1}`,
      startDate: iso(start),
      endDate: iso(start + DAY_MS - 1000),
      description: 'The office is closed',
      enabled: true,
      createdAt: maker.createdAt,
      modifiedAt: maker.updatedAt,
      updatedAt: maker.updatedAt,
    };
    return {
      type: 'holiday',
      id: holidayId,
      attributes,
      relationships: {
        org: maker.org(),
        createdBy: maker.to('users'),
        modifiedBy: maker.to('users'),
        schedule: maker.to('schedules', id),
      },
      links: {self: `/v1/holidays/${holidayId}`},
    };
  });
}

/** A permission set; the first ones are Kustomer's own. */
export function roleGroup(maker: Maker): JsonObject {
  const {row, createdAt, updatedAt} = maker;
  const attributes = {
    name: `Permission set ${row.slot}`,
    description: 'What its members may do',
    display: true,
    system: row.slot < 2,
    roles: ['org.permission.customer.read', 'org.permission.conversation.read'],
    createdAt,
    updatedAt,
  };
  return maker.resource(attributes, {});
}

/** A service level; its versions are resources of their own. */
export function sla(maker: Maker): JsonObject {
  const data = slaVersions(maker).map(({type, id}) => ({type, id}) as JsonObject);
  const attributes = {currentVersion: data.length, createdAt: maker.createdAt, updatedAt: maker.updatedAt};
  return maker.resource(attributes, {createdBy: maker.to('users'), versions: {data}});
}

/** The versions of a service level, the oldest first. */
export function slaVersions(maker: Maker): JsonObject[] {
  const {id, slot} = maker.row;
  return Array.from({length: versionCount(slot)}, (_, at) => ({
    type: 'sla_version',
    id: `${id}-${at + 1}`,
    attributes: {
      name: serviceLevelName(slot),
      description: 'Answer in time',
      version: at + 1,
      hours: 'calendar',
      metrics: {firstResponse: {all: answerWithinMs(at + 1)}},
      criteria: {and: []},
      createdAt: maker.createdAt,
    },
    relationships: {org: maker.org(), createdBy: maker.to('users'), sla: maker.to('slas', id)},
    links: {self: `/v1/slas/${id}/versions/${at + 1}`},
  }));
}
