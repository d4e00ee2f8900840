import {worldOf} from '../../../sandbox/world/world';
import {apiOf, conversation, now, search} from '../asking';

function state(api: ReturnType<typeof apiOf>, at: number): string[] {
  return search(api, {}, '', at).body.data.map(({id, attributes}) => {
    const {rev, deleted} = attributes as {rev: number; deleted?: boolean};
    return `${id}:${rev}${deleted ? '!' : ''}`;
  });
}

test('search shows the old version until the lag has passed', () => {
  const world = worldOf([conversation('a', 5000), conversation('b', 4000)]);
  const api = apiOf(world);
  world.update('conversations', 'a', {at: now, lagMs: 3000});
  world.insert(conversation('c', 0, {lagMs: 2000}));
  expect(state(api, now)).toEqual(['a:1', 'b:1']);
  expect(state(api, now + 2000)).toEqual(['a:1', 'b:1', 'c:1']);
  expect(state(api, now + 3000).sort()).toEqual(['a:2', 'b:1', 'c:1']);
  expect(world.truth('conversations', {from: now}).map(({id, version}) => [id, version])).toEqual([
    ['a', 2],
    ['c', 1],
  ]);
});

test('an older version that surfaces late does not undo a newer one', () => {
  const world = worldOf([conversation('a', 5000)]);
  const api = apiOf(world);
  world.update('conversations', 'a', {at: now, lagMs: 9000});
  world.delete('conversations', 'a', {at: now + 1000, lagMs: 1000});
  expect(state(api, now + 1000)).toEqual(['a:1']);
  expect(state(api, now + 2000)).toEqual(['a:3!']);
  expect(state(api, now + 9000)).toEqual(['a:3!']);
});

test('many changes at once arrive like few', () => {
  const rows = Array.from({length: 200}, (_, at) => conversation(`c${at}`, 1000 + at));
  const world = worldOf(rows);
  const api = apiOf(world);
  rows.forEach(({id}, at) => world.update('conversations', id, {at: now + at}));
  world.insert(conversation('z', -500));
  const {ids} = search(api, {}, '?pageSize=500', now + 1000);
  expect(ids).toEqual([...rows.map(({id}) => id), 'z']);
});

test('what is removed leaves no trace, and its id can be used again', () => {
  const world = worldOf([conversation('a', 5000), conversation('b', 4000)]);
  const api = apiOf(world);
  world.update('conversations', 'a', {at: now, lagMs: 1000});
  world.remove('conversations', 'a');
  expect(state(api, now + 5000)).toEqual(['b:1']);
  expect(world.truth('conversations').map(({id}) => id)).toEqual(['b']);
  world.insert(conversation('a', 100));
  expect(search(api, {}, '', now).ids).toEqual(['b', 'a']);
  expect(() => world.update('conversations', 'x', {at: now})).toThrow('there is no conversations/x');
});
