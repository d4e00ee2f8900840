import type {JsonObject} from '../json';
import {hex16} from '../random';
import type {World} from '../world';
import {iso, type Maker} from './maker';
import type {Event, Phase, Timeline} from './timeline';
import {sentence} from './words';

const HOUR = 3_600_000;

/** After this time without an answer a survey counts as unresponded: ms. */
const PATIENCE = 7 * 24 * HOUR;

/** As customers rate: mostly well. */
const RATINGS = [5, 5, 5, 5, 5, 5, 4, 4, 4, 3, 2, 1, 1];

/**
 * `satisfaction` and `satisfactionLevel`: the survey that follows every second conversation that was done. Its statuses are
 * canceled, scheduled, offered, unresponded, rated and commented; ratings go from 1 to 5, and the score is 1 from 4 on
 * (help.kustomer.com, View satisfaction survey responses).
 */
export function satisfaction(
  maker: Maker,
  {events, channel, random}: Timeline,
  phases: readonly Phase[],
): JsonObject {
  const isAsked = random.chance(0.5);
  const scheduledFor = Math.floor(random.exponential(HOUR / 2));
  const answersAfter = random.chance(0.4) ? Math.floor(random.exponential(5 * HOUR)) : Infinity;
  const rating = random.pick(RATINGS);
  const comment = random.chance(0.4) ? sentence(random, 8) : undefined;
  const done = events.findLast(({kind}) => kind === 'done');
  if (!isAsked || !done) return {satisfaction: 0, satisfactionLevel: {sentByTeams: [], answers: []}};
  const {updatedAt, slot} = maker.row;
  const dueAt = done.at + scheduledFor;
  const reopenedAt = phases.find(({from, isReopening}) => isReopening && from > done.at)?.from ?? Infinity;
  const survey: JsonObject = {
    form: hex16(maker.world.seed, 31).padEnd(24, '0'),
    channel,
    answers: [],
    createdAt: iso(done.at),
    scheduledFor: iso(dueAt),
  };
  const level = (status: string, at: number, more: JsonObject = {}): JsonObject => ({
    ...survey,
    sentByTeams: [],
    status,
    updatedAt: iso(at),
    ...more,
  });
  if (reopenedAt < dueAt) return {satisfaction: 0, satisfactionLevel: level('canceled', reopenedAt)};
  if (dueAt > updatedAt) return {satisfaction: 0, satisfactionLevel: level('scheduled', done.at)};
  const sent = {...sentBy(done, dueAt), formResponse: responseIdOf(maker.world, slot)};
  const ratedAt = dueAt + answersAfter;
  if (ratedAt > updatedAt) {
    const isOver = updatedAt - dueAt > PATIENCE;
    const status = isOver ? level('unresponded', dueAt + PATIENCE, sent) : level('offered', dueAt, sent);
    return {satisfaction: 0, satisfactionLevel: status};
  }
  const score = rating >= 4 ? 1 : 0;
  const answer = {rating, score, firstAnswer: comment};
  const status = comment === undefined ? 'rated' : 'commented';
  return {satisfaction: score, satisfactionLevel: level(status, ratedAt, {...sent, ...answer})};
}

/** The id of the response of a conversation, by its slot. */
export function responseIdOf({seed}: World, slot: number): string {
  return hex16(seed, slot, 32).padEnd(24, '0');
}

function sentBy({agent, team}: Event, at: number): JsonObject {
  return {sentAt: iso(at), sentBy: agent, sentByTeams: [team]};
}
