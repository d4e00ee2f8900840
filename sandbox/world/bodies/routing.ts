import {merge, type JsonObject} from '../json';
import type {Maker} from './maker';

const QUEUES = ['DEFAULT_QUEUE', 'billing', 'vip', 'returns', 'chat'];
const STATUSES = ['Available', 'Unavailable', 'Offline', 'Lunch', 'Training', 'Wrap-up'];
const STATUS_TYPES = ['available', 'unavailable', 'offline', 'unavailable', 'unavailable', 'busy'];
const HOUR_MS = 3_600_000;
const AUTOMATION_TYPES = ['customer', 'rep', 'workflow'];

/** A line of waiting work; the first is Kustomer's own. */
export function queue(maker: Maker): JsonObject {
  const {random, row} = maker;
  const name = QUEUES[row.slot] ?? `queue-${row.slot}`;
  const attributes = {
    name,
    displayName: name,
    description: `Work for ${name}`,
    itemSize: random.int(1, 4),
    priority: random.int(1, 5),
    system: row.slot === 0,
    restrictTransfersByUsers: false,
  };
  return maker.resource(merge(maker.stamps(), attributes), maker.people());
}

/** A state that an agent may be in; the first three are Kustomer's own. */
export function routingStatus(maker: Maker): JsonObject {
  const {slot} = maker.row;
  const attributes = {
    name: STATUSES[slot] ?? `Status ${slot}`,
    statusType: STATUS_TYPES[slot] ?? 'unavailable',
    system: slot < 3,
  };
  return maker.resource(merge(maker.stamps(), attributes), maker.people());
}

/** A choice in the menu for snoozing: relative ones have ms, the others a rule or an instant (epoch ms). */
export function snooze(maker: Maker): JsonObject {
  const {random, row} = maker;
  const hours = random.int(1, 48);
  const kinds = [
    {name: `${hours} Hours`, type: 'relative', value: hours * HOUR_MS},
    {name: 'Tomorrow', type: 'dynamic', value: {day: {type: 'tomorrow', value: ''}, time: '09:00 am'}},
    {name: 'End of the sale', type: 'absolute', value: row.createdAt + 1000 * HOUR_MS},
  ] as const;
  const attributes = {...kinds[row.slot % kinds.length], enabled: random.chance(0.8)};
  return maker.resource(merge(maker.stamps(), attributes), maker.people());
}

/** An AI agent, in its draft. */
export function automation(maker: Maker): JsonObject {
  const {slot} = maker.row;
  const attributes = {
    name: `Agent ${slot}`,
    description: 'Answers what it can',
    type: AUTOMATION_TYPES[slot % AUTOMATION_TYPES.length],
    machineUserId: maker.id('users'),
    version: 0,
  };
  return maker.resource(merge(maker.stamps(), attributes), maker.people());
}
