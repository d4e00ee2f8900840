import {isObject, type JsonObject} from '../json';
import type {Row} from '../row';
import type {World} from '../world';
import {bodyOf} from './index';
import {Maker} from './maker';
import {responseIdOf} from './satisfaction';

/** By the world: id of a response -> slot of its conversation. */
const slots = new WeakMap<World, Map<string, number>>();

/** The satisfaction response of a conversation, once its survey was sent: what the conversation tells of it, and each answer. */
export function responseOf(world: World, row: Row): JsonObject | undefined {
  const {attributes} = bodyOf(world, 'conversations', row);
  const level = isObject(attributes) ? attributes['satisfactionLevel'] : undefined;
  if (!isObject(level) || typeof level['formResponse'] !== 'string') return undefined;
  const {formResponse: id, form = null, firstAnswer, ...rest} = level as JsonObject & {formResponse: string};
  const maker = new Maker(world, 'conversations', row);
  const answers =
    firstAnswer === undefined ? [] : [{prompt: 'What could we do better?', answer: firstAnswer}];
  return {
    type: 'satisfaction_response',
    id,
    attributes: {...rest, answers},
    relationships: {
      org: maker.org(),
      conversation: maker.to('conversations', row.id),
      satisfaction: {
        links: {self: `/v1/satisfaction/${String(form)}`},
        data: {type: 'satisfaction', id: form},
      },
    },
    links: {self: `/v1/satisfaction-responses/${id}`},
  };
}

/** The conversation that a response belongs to, by the response's id. */
export function conversationOf(world: World, id: string): Row | undefined {
  const table = world.table('conversations');
  let known = slots.get(world);
  if (known?.size !== table.slotCount) {
    known = new Map(Array.from({length: table.slotCount}, (_, slot) => [responseIdOf(world, slot), slot]));
    slots.set(world, known);
  }
  const slot = known.get(id);
  return slot === undefined ? undefined : table.at(slot);
}
