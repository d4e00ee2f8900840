import type {ObjectName} from '../../sandbox/world/objects';
import type {World} from '../../sandbox/world/world';
import type {AirbyteMessage} from './capture';
import {rowsOf} from './messages';

/** A range of `updatedAt`, epoch ms, both ends included. */
export interface Range {
  readonly from?: number;
  readonly to?: number;
  readonly includeDeleted?: boolean;
}

/** `id version` of what a read of a range should give, in order.  */
export function truthOf(world: World, stream: string, range: Range = {}): string[] {
  const rows = world.truth(stream as ObjectName, range);
  return rows.map(({id, updatedAt}) => `${id} ${new Date(updatedAt).toISOString()}`).sort();
}

/** `id version` of what a read gave, in order, with all that came twice. */
export function foundOf(messages: readonly AirbyteMessage[], stream: string): string[] {
  return rowsOf(messages, stream)
    .map((row) => `${String(row['id'])} ${new Date(String(row['updated_at'])).toISOString()}`)
    .sort();
}

/** What is missing and what is too much: an assertion that does not print thousands of ids. */
export function expectSame(found: readonly string[], truth: readonly string[], what: string): void {
  const [has, should] = [new Set(found), new Set(truth)];
  expect({
    what,
    missing: truth.filter((row) => !has.has(row)).slice(0, 5),
    extra: found.filter((row) => !should.has(row)).slice(0, 5),
    twice: found.filter((row, at) => row === found[at - 1]).slice(0, 5),
    count: found.length,
  }).toEqual({what, missing: [], extra: [], twice: [], count: truth.length});
}
