import type {Json, JsonObject} from '../json';
import type {Row} from '../row';
import type {World} from '../world';
import {iso, Maker} from './maker';
import {phasesOf, timelineOf} from './timeline';

/** A conversation's later versions that have an event of their own. */
const MOST_EDITS = 10;

interface Change {
  /** Epoch ms. */
  at: number;
  /** The user who did it. */
  by: string;
  name: 'create' | 'update';
  /** What was changed: attribute -> before and after. */
  changes: Readonly<Record<string, [Json, Json]>>;
}

/**
 * What has happened to a conversation, newest first: that it was created, each change of its status, and an edit for each of its
 * first versions after the first. A later version adds to what an earlier one told.
 */
export function eventsOf(world: World, row: Row): JsonObject[] {
  const maker = new Maker(world, 'conversations', row);
  const {events} = timelineOf(world, row);
  const agent = events[0]?.agent ?? world.reference('users', row.slot);
  const phases = phasesOf(events, row.createdAt, row.updatedAt);
  const statuses = phases.slice(1).map(({status, from}, at): Change => {
    const before = phases[at]?.status ?? 'open';
    const by = events.find((event) => event.at === from)?.agent ?? agent;
    return {at: from, by, name: 'update', changes: {status: [before, status]}};
  });
  const edits = Array.from({length: Math.min(row.version - 1, MOST_EDITS)}, (_, edit): Change => {
    // Rows do not tell when their earlier versions were: what stays true of all of them follows the first.
    return {
      at: row.createdAt + edit + 1,
      by: agent,
      name: 'update',
      changes: {priority: [(edit % 5) + 1, ((edit + 1) % 5) + 1]},
    };
  });
  const created: Change = {at: row.createdAt, by: agent, name: 'create', changes: {}};
  return [
    event(maker, created, 0),
    ...statuses.map((change, at) => event(maker, change, 1 + at)),
    ...edits.map((change, at) => event(maker, change, 100 + at)),
  ].reverse();
}

function event(maker: Maker, {at, by, name, changes}: Change, index: number): JsonObject {
  const {row} = maker;
  const id = `${row.id.slice(0, -2)}${(index + 16).toString(16)}`;
  const customer = maker.world.reference('customers', row.slot);
  const attributes = Object.entries(changes).map(
    ([attribute, [before, after]]) => [attribute, {op: 'replace', before, after}] as const,
  );
  return {
    type: 'customer_event',
    id,
    attributes: {
      name: `kustomer.conversation.${name}`,
      type: 'conversation',
      publishedAt: iso(at + 50),
      createdAt: iso(at),
      updatedAt: iso(at),
      modifiedAt: iso(at),
      ...(name === 'update' && {
        changes: {attributes: Object.fromEntries(attributes), relationships: {}},
      }),
      location: null,
      meta: null,
    },
    relationships: {
      org: maker.org(),
      createdBy: maker.to('users', by),
      modifiedBy: maker.to('users', by),
      customer: maker.to('customers', customer),
      conversation: maker.to('conversations', row.id),
    },
    links: {self: `/v1/customers/${customer}/events/${id}`},
  };
}
