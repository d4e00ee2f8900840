import {hash, Random} from '../random';
import type {Row} from '../row';
import type {World} from '../world';
import {CHANNELS} from './words';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** What happens in a conversation: a customer's or an agent's message, or that it is put aside, taken up again, or done. */
export interface Event {
  kind: 'in' | 'out' | 'snoozed' | 'woken' | 'done';
  /** Epoch ms. */
  at: number;
  /** The user who did it, if it was one. */
  agent: string;
  team: string;
  /** The message, if it was one. */
  message: string;
}

/** What has happened in a conversation so far. */
export interface Timeline {
  events: readonly Event[];
  channel: string;
  /** For what else is left to chance; the same for every version of the conversation. */
  random: Random;
}

/**
 * The story of a conversation up to its updatedAt, oldest first. A later version of the same conversation continues the same
 * story, so that what an earlier one told stays true.
 */
export function timelineOf(world: World, row: Row): Timeline {
  const random = new Random(hash(world.seed, row.slot, 21));
  const channel = random.pick(CHANNELS);
  const pick = (object: 'users' | 'teams' | 'messages'): string =>
    world.reference(object, random.int(0, 0x7fffffff));
  const agent = pick('users');
  const team = pick('teams');
  const events = story(random, row.createdAt).map(([kind, at]): Event => {
    const who = random.chance(0.8) ? agent : pick('users');
    return {kind, at, agent: who, team, message: pick('messages')};
  });
  return {events: events.filter(({at}) => at <= row.updatedAt), channel, random};
}

type Step = [Event['kind'], number];

// One in twenty stays open, some stay put aside, and about one in ten is taken up again after it was done.
function story(random: Random, createdAt: number): Step[] {
  const steps: Step[] = [];
  let time = createdAt;
  const after = (least: number, mean: number, kind: Event['kind']): void => {
    time += Math.floor(least + random.exponential(mean));
    steps.push([kind, time]);
  };
  const answer = (): void => after(20 * SECOND, 2 * HOUR, 'out');
  const isInbound = random.chance(0.85);
  steps.push([isInbound ? 'in' : 'out', createdAt]);
  const isAnswered = random.chance(0.93);
  if (isInbound && isAnswered) answer();
  for (let left = isAnswered ? random.int(0, 3) : 0; left > 0; left--) {
    after(MINUTE, 4 * HOUR, 'in');
    answer();
  }
  const ending = random.next();
  if (ending < 0.05) return steps;
  if (ending < 0.17) after(MINUTE, 10 * MINUTE, 'snoozed');
  if (ending < 0.08) return steps;
  if (ending < 0.17) after(HOUR, DAY, 'woken');
  after(10 * SECOND, HOUR, 'done');
  if (random.chance(0.12)) {
    after(MINUTE, 2 * DAY, 'in');
    answer();
    after(10 * SECOND, HOUR, 'done');
  }
  return steps;
}

/** A stretch of time in one status: epoch ms; the last one goes on. */
export interface Phase {
  status: 'open' | 'snoozed' | 'done';
  from: number;
  to: number;
  /** Whether it was done before. */
  isReopening: boolean;
}

/** The statuses a conversation has had, from its creation to `until` (epoch ms), without gaps. */
export function phasesOf(events: readonly Event[], createdAt: number, until: number): Phase[] {
  const phases: Phase[] = [{status: 'open', from: createdAt, to: until, isReopening: false}];
  for (const {kind, at} of events) {
    const last = phases.at(-1) as Phase;
    const status = kind === 'out' ? last.status : STATUS_AFTER[kind];
    if (status !== last.status) {
      last.to = at;
      phases.push({status, from: at, to: until, isReopening: last.status === 'done'});
    }
  }
  return phases;
}

const STATUS_AFTER = {in: 'open', woken: 'open', snoozed: 'snoozed', done: 'done'} as const;
