import type {JsonObject} from '../json';
import {hash} from '../random';
import type {Row} from '../row';
import type {World} from '../world';
import {iso} from './maker';
import type {Timeline} from './timeline';

const HOUR_MS = 3_600_000;

/** The service level that a conversation is under, in the version that applied. */
export interface ServiceLevel {
  readonly id: string;
  readonly name: string;
  readonly version: number;
}

/** Four in ten conversations are under one. */
export function serviceLevelOf(world: World, conversation: Row): ServiceLevel | undefined {
  const chance = hash(world.seed, conversation.slot, 43);
  if (chance % 10 >= 4) return undefined;
  const id = world.reference('slas', chance >>> 4);
  const slot = world.table('slas').find(id)?.slot ?? 0;
  return {id, name: serviceLevelName(slot), version: versionCount(slot)};
}

/** What a service level is called, by its slot. */
export function serviceLevelName(slot: number): string {
  return `Service level ${slot}`;
}

/** How many versions it has had, by its slot: the last one applies. */
export function versionCount(slot: number): number {
  return 1 + (slot % 3);
}

/** How soon a version wants the first answer, ms: each new one sooner. */
export function answerWithinMs(version: number): number {
  return (12 / (version + 1)) * HOUR_MS;
}

/** How a conversation keeps its service level; nothing is promised where the customer never asked. */
export function keeping(
  {name, version}: ServiceLevel,
  {events}: Timeline,
  updatedAt: number,
): JsonObject | undefined {
  const asked = events.find(({kind}) => kind === 'in')?.at;
  if (asked === undefined) return undefined;
  const breachAt = asked + answerWithinMs(version);
  const answeredAt = events.find(({kind, at}) => kind === 'out' && at >= asked)?.at;
  const breached = (answeredAt ?? updatedAt) > breachAt;
  const satisfiedAt = answeredAt === undefined || breached ? undefined : iso(answeredAt);
  return {
    name,
    version,
    matchedAt: iso(asked),
    metrics: {firstResponse: {breachAt: iso(breachAt), satisfiedAt}},
    breached,
    breach: breached ? {metric: 'firstResponse', at: iso(breachAt)} : undefined,
    status: breached ? 'breached' : satisfiedAt === undefined ? 'pending' : 'satisfied',
    summary: {satisfiedAt, firstBreachAt: iso(breachAt)},
  };
}
