import type {JsonObject} from '../json';
import {hash, hex16} from '../random';
import type {Row} from '../row';
import type {World} from '../world';
import {iso, Maker} from './maker';

/** A customer's versions by which another may have been merged into it. */
const MOST_MERGES = 4;

/** The customers that were merged into one: none into most. A later version adds to what an earlier one told. */
export function mergesOf(world: World, row: Row): JsonObject[] {
  const maker = new Maker(world, 'customers', row);
  return Array.from({length: Math.min(row.version, MOST_MERGES)}, (_, at) => at)
    .filter((at) => hash(world.seed, row.slot, 51, at) % 5 === 0)
    .map((at) => merge(maker, at));
}

/** The customer that was merged is gone: nothing else tells of it. */
function merge(maker: Maker, at: number): JsonObject {
  const {world, row} = maker;
  const id = `${row.id.slice(0, -2)}${(at + 16).toString(16)}`;
  const gone = hex16(hash(world.seed, row.slot), 52, at).padEnd(24, '0');
  // Rows do not tell when their earlier versions were: what stays true of all of them begins with the first.
  const time = iso(row.createdAt + at);
  return {
    type: 'customer_merge',
    id,
    attributes: {
      status: 'success',
      createdAt: time,
      updatedAt: time,
    },
    relationships: {
      org: maker.org(),
      source: maker.to('customers', gone),
      target: maker.to('customers', row.id),
      createdBy: maker.to('users', world.reference('users', row.slot + at)),
    },
    links: {self: `/v1/customers/merges/${id}`},
  };
}
