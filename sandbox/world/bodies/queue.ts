import {hash} from '../random';
import type {Row} from '../row';
import type {World} from '../world';

/** The queue that a conversation was routed to: half of them were, and the others have no work item. */
export function queueOf(world: World, conversation: Row): string | undefined {
  const chance = hash(world.seed, conversation.slot, 41);
  return chance % 2 === 0 ? world.reference('queues', chance >>> 1) : undefined;
}
