import {bodyOf} from '../../../sandbox/world/bodies/index';
import {changeSome} from '../../../sandbox/world/changes';
import {isObject} from '../../../sandbox/world/json';
import {OBJECT_NAMES, STREAMS, type ObjectName} from '../../../sandbox/world/objects';
import {sizesOf} from '../../../sandbox/server/options';
import {createWorld, type World} from '../../../sandbox/world/world';
import {day, now} from '../asking';

const sizes = sizesOf(2000);

function bodies(world: World, object: ObjectName, most = 40): string[] {
  return world
    .table(object)
    .visible.slice(0, most)
    .map((row) => JSON.stringify(bodyOf(world, object, row)));
}

test('the same seed gives the same world, another seed another', () => {
  const [one, same, other] = [1, 1, 2].map((seed) => createWorld({seed, now, sizes})) as [
    World,
    World,
    World,
  ];
  for (const object of OBJECT_NAMES) {
    expect(bodies(one, object)).toEqual(bodies(same, object));
    expect(bodies(one, object)).not.toEqual(bodies(other, object));
  }
});

test('history is uneven, reaches into the archive, and has blocks of one instant', () => {
  const world = createWorld({seed: 3, now, sizes: {conversations: 30_000}, historyDays: 1000});
  const rows = world.truth('conversations');
  expect(rows[0]?.updatedAt).toBeGreaterThanOrEqual(now - 1000 * day);
  expect(rows.at(-1)?.updatedAt).toBeLessThanOrEqual(now);
  expect(rows.filter(({updatedAt}) => updatedAt < now - 730 * day).length).toBeGreaterThan(1000);
  expect(rows.filter(({deleted}) => deleted).length).toBeGreaterThan(300);
  expect(rows.every(({createdAt, updatedAt}) => createdAt <= updatedAt)).toBe(true);
  const blocks = new Map<number, Set<number>>();
  const counts = new Map<number, number>();
  for (const {updatedAt, createdAt} of rows) {
    counts.set(updatedAt, (counts.get(updatedAt) ?? 0) + 1);
    blocks.set(updatedAt, (blocks.get(updatedAt) ?? new Set()).add(createdAt));
  }
  const large = [...counts].filter(([, count]) => count > 100);
  expect(large.some(([updatedAt]) => blocks.get(updatedAt)?.size === 1)).toBe(true);
  expect(large.some(([updatedAt, count]) => blocks.get(updatedAt)?.size === count)).toBe(true);
  expect(new Set(rows.map(({id}) => id)).size).toBe(30_000);
});

test('records are JSON:API resources with real references', () => {
  const world = createWorld({seed: 4, now, sizes});
  const customers = new Set(world.truth('customers').map(({id}) => id));
  for (const object of STREAMS) {
    const row = world.table(object).visible[0];
    const body = row ? bodyOf(world, object, row) : {};
    expect(body).toMatchObject({
      id: expect.stringMatching(/^[0-9a-f]{24}$/),
      attributes: {createdAt: expect.any(String), updatedAt: new Date(row?.updatedAt ?? 0).toISOString()},
      relationships: {org: {data: {type: 'org'}}},
      links: {self: `/v1/${object}/${row?.id}`},
    });
    const customer = isObject(body['relationships']) ? body['relationships']['customer'] : undefined;
    if (isObject(customer) && isObject(customer['data'])) {
      expect(customers.has(String(customer['data']['id']))).toBe(true);
    }
  }
  const lengths = bodies(world, 'conversations', 200).map((text) => text.length);
  const mean = lengths.reduce((sum, length) => sum + length, 0) / lengths.length;
  expect(mean).toBeGreaterThan(4000);
  expect(mean).toBeLessThan(6500);
});

test('message addresses come in all three forms, custom attributes in their types', () => {
  const world = createWorld({seed: 5, now, sizes});
  const messages = bodies(world, 'messages', 50).map(
    (text) => JSON.parse(text) as {attributes: {meta: {to: unknown}}},
  );
  const forms = new Set(
    messages.map(({attributes: {meta}}) => (Array.isArray(meta.to) ? 'list' : typeof meta.to)),
  );
  expect([...forms].sort()).toEqual(['list', 'object', 'string']);
  const conversations = bodies(world, 'conversations', 50).map(
    (text) => JSON.parse(text) as {attributes: {custom: object}},
  );
  const names = new Set(conversations.flatMap(({attributes: {custom}}) => Object.keys(custom)));
  expect(names).toContain('closeOutTree');
});

test('a change is seen in the body, and references stay', () => {
  const world = createWorld({seed: 6, now, sizes});
  const id = world.truth('conversations')[0]?.id ?? '';
  const read = (): {attributes: object; relationships: object} =>
    bodyOf(world, 'conversations', world.table('conversations').find(id) as never) as never;
  const before = read();
  world.update('conversations', id, {at: now});
  expect(read().attributes).toMatchObject({rev: 2, updatedAt: new Date(now).toISOString()});
  expect(read().relationships).toEqual(before.relationships);
  world.delete('conversations', id, {at: now + 1});
  expect(read().attributes).toMatchObject({
    rev: 3,
    deleted: true,
    deletedAt: new Date(now + 1).toISOString(),
  });
});

test('sizes add up over the nine streams', () => {
  for (const total of [0, 100, 100_000]) {
    const each = sizesOf(total);
    expect(STREAMS.reduce((sum, object) => sum + each[object], 0)).toBe(total);
  }
});

test('random changes touch every stream and are in the truth', () => {
  const world = createWorld({seed: 8, now, sizes});
  const changed = changeSome(world, {updates: 60, deletes: 20, inserts: 20}, 1, now + 5000, [0, 0]);
  expect(changed).toHaveLength(100);
  expect(new Set(changed.map(({object}) => object)).size).toBe(STREAMS.length);
  for (const {object, id, updatedAt, kind} of changed) {
    expect(updatedAt).toBeLessThanOrEqual(now + 5000);
    expect(
      world.truth(object, {from: now}).some((row) => row.id === id && (kind !== 'delete' || row.deleted)),
    ).toBe(true);
  }
  const again = changeSome(
    createWorld({seed: 8, now, sizes}),
    {updates: 60, deletes: 20, inserts: 20},
    1,
    now + 5000,
    [0, 0],
  );
  expect(again).toEqual(changed);
});
