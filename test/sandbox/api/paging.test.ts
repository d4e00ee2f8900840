import {apiOf, ask, conversations, now, request, search} from '../asking';
import {createWorld} from '../../../sandbox/world/world';
import type {Settings} from '../../../sandbox/api/settings';

const sizes = {users: 620, tags: 230, conversations: 600};
const world = createWorld({seed: 7, now, sizes});

function served(path: string, settings: Partial<Settings> = {}): number {
  const api = apiOf(world, settings);
  return ask(api, request('GET', path)).ids.length;
}

test.each([
  ['/v1/tags?pageSize=500', 100],
  ['/v1/users?pageSize=500', 500],
  ['/v1/users?pageSize=600', 500],
  ['/v1/users', 100],
])('%s gives %i', (path, count) => {
  expect(served(path)).toBe(count);
});

test('search gives 500, and nothing gives more than maxPageSize', () => {
  const api = apiOf(conversations(600));
  expect(search(api, {}, '?pageSize=1000').ids).toHaveLength(500);
  expect(served('/v1/users?pageSize=500', {maxPageSize: 70})).toBe(70);
});

test.each<[Partial<Settings>, number, string]>([
  [{}, 400, 'pageSize must not be greater than 100'],
  [{largerPagesText: 'plain'}, 400, 'Invalid pageSize'],
  [{largerPagesStatus: 422}, 422, 'pageSize must not be greater than 100'],
  [{largerPagesStatus: 500, refusePageSizeAbove: 50}, 500, 'pageSize must not be greater than 50'],
])('a larger page size can be refused: %j', (settings, status, message) => {
  const api = apiOf(world, {...settings, largerPages: 'refused'});
  const refused = ask(api, request('GET', '/v1/tags?pageSize=101'));
  expect([refused.status, refused.body.errors[0]?.['message']]).toEqual([status, message]);
  expect(ask(api, request('GET', '/v1/tags?pageSize=50')).status).toBe(200);
});

test.each<[Partial<Settings>, string | null | undefined]>([
  [{}, '/v1/tags?page=2&pageSize=100'],
  [{nextForm: 'absolute'}, 'https://api.kustomerapp.com/v1/tags?page=2&pageSize=100'],
  [{nextForm: 'otherHost'}, 'https://elsewhere.example.com/v1/tags?page=2&pageSize=100'],
  [{nextForm: 'cursor'}, '/v1/tags?cursor=Mg&pageSize=100'],
  [{listNext: 'never'}, null],
  [{listNext: 'never', nextLinks: 'absent'}, undefined],
  [{listFirstPage: 0}, '/v1/tags?page=1&pageSize=100'],
])('links.next with %j is %j', (settings, next) => {
  const answer = ask(apiOf(world, settings), request('GET', '/v1/tags'));
  expect(answer.body.links['next']).toBe(next);
});

test('a link with the host goes back to who was asked', () => {
  const asked = request('GET', '/v1/tags');
  const api = apiOf(world, {nextForm: 'absolute'});
  const answer = ask(api, {...asked, headers: {...asked.headers, host: '127.0.0.1:8080'}});
  expect(answer.body.links['next']).toBe('http://127.0.0.1:8080/v1/tags?page=2&pageSize=100');
});

test.each<Partial<Settings>>([{}, {nextForm: 'cursor'}, {listFirstPage: 0}])(
  'following next gives everything once: %j',
  (settings) => {
    const api = apiOf(world, settings);
    const ids: string[] = [];
    for (let next: unknown = '/v1/tags'; typeof next === 'string';) {
      const answer = ask(api, request('GET', next));
      ids.push(...answer.ids);
      next = answer.body.links['next'];
    }
    expect(ids.sort()).toEqual(
      world
        .truth('tags')
        .map(({id}) => id)
        .sort(),
    );
  },
);

test('pages counted from 0 begin there', () => {
  const api = apiOf(world, {listFirstPage: 0});
  const first = ask(api, request('GET', '/v1/tags'));
  expect(first.body.meta).toMatchObject({page: 0});
  expect(ask(api, request('GET', '/v1/tags?page=0')).ids).toEqual(first.ids);
  expect(ask(api, request('GET', '/v1/tags?page=1')).ids).not.toEqual(first.ids);
});

test('an ignored page is the first', () => {
  const api = apiOf(world, {listPages: 'ignored'});
  const ids = [1, 2, 9].map((page) => ask(api, request('GET', `/v1/tags?page=${page}`)).ids);
  expect(ids[1]).toEqual(ids[0]);
  expect(ids[2]).toEqual(ids[0]);
});

test.each<[Partial<Settings>, object]>([
  [{emptyLists: 'array'}, {data: []}],
  [{emptyLists: 'null'}, {data: null}],
])('a list without records, with %j, answers %j', (settings, body) => {
  expect(ask(apiOf([], settings), request('GET', '/v1/tags')).body).toMatchObject(body);
});

test('a list without records may have no data at all, or no content', () => {
  expect(apiOf([], {emptyLists: 'object'}).handle(request('GET', '/v1/tags'), now).body).toBe('{}');
  const none = apiOf([], {emptyLists: 'noContent'}).handle(request('GET', '/v1/tags'), now);
  expect([none.status, none.body]).toEqual([204, '']);
});

test('meta and links can be left out', () => {
  const bare = {searchMeta: false, searchLinks: false, listMeta: false, listLinks: false};
  const list = ask(apiOf(world, bare), request('GET', '/v1/tags')).body;
  expect(Object.keys(list)).toEqual(['meta', 'data']);
  expect(list.meta).toEqual({});
  const found = search(apiOf(conversations(3), bare)).body;
  expect([found.meta, Object.keys(found)]).toEqual([{}, ['meta', 'data']]);
});

test('lists tell totals where told to', () => {
  const meta = (settings: Partial<Settings>, path: string): unknown =>
    ask(apiOf(world, settings), request('GET', path)).body.meta['total'];
  expect(meta({}, '/v1/tags')).toBeUndefined();
  expect(meta({listTotals: 'all'}, '/v1/tags')).toBe(230);
  expect(meta({listTotals: 'none'}, '/v1/customers')).toBeUndefined();
});

test('a busy list changes after each of its answers', () => {
  const busy = createWorld({seed: 9, now, sizes: {tags: 50}});
  const api = apiOf(busy, {busyLists: 6});
  const before = JSON.stringify(busy.truth('tags'));
  ask(api, request('GET', '/v1/tags'));
  const changed = busy.truth('tags').filter(({updatedAt}) => updatedAt === now);
  expect(JSON.stringify(busy.truth('tags'))).not.toBe(before);
  expect(changed.length).toBeGreaterThan(2);
});

test('conversations, messages and notes are lists too, sorted by id', () => {
  const api = apiOf(conversations(5));
  expect(ask(api, request('GET', '/v1/conversations?sort=desc&pageSize=2')).ids).toEqual(['c004', 'c003']);
  expect(ask(api, request('GET', '/v1/conversations?pageSize=2')).ids).toEqual(['c000', 'c001']);
});
