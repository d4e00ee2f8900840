import {worldOf} from '../../../sandbox/world/world';
import {apiOf, conversation, conversations, day, now, search, searchArchive} from '../asking';

const iso = (ms: number): string => new Date(ms).toISOString();

describe('filters', () => {
  const api = apiOf(conversations(10));
  const third = now - 8000;

  test.each([
    [{gte: iso(third)}, 8],
    [{gt: iso(third)}, 7],
    [{lte: iso(third)}, 3],
    [{lt: iso(third)}, 2],
    [{equals: iso(third)}, 1],
    [{gte: iso(third), lte: iso(third + 1000)}, 2],
    [{gte: iso(third).replace('.000Z', '.000000Z')}, 8],
    [{gte: iso(third).replace('.000Z', '.000001Z')}, 7],
    [{lte: iso(third).replace('.000Z', '.000999Z')}, 3],
    [{gte: iso(third).replace('T', ' ').replace('.000Z', '+00:00')}, 8],
    [{gte: '2025-05-31'}, 10],
    [{lte: '2025-05-30'}, 0],
    [{lte: '2025-05-31'}, 10],
    [{gt: '2025-05-31'}, 0],
    [{equals: '2025-05-31'}, 10],
  ])('%j finds %i', (condition, count) => {
    expect(search(api, {and: [{conversation_updated_at: condition}]}).ids).toHaveLength(count);
  });

  test('and, or, not and sort may each be one object or a list', () => {
    const at = (ago: number): {conversation_updated_at: {equals: string}} => ({
      conversation_updated_at: {equals: iso(now - ago)},
    });
    expect(search(api, {or: [at(1000), at(2000)]}).ids).toEqual(['c008', 'c009']);
    expect(search(api, {and: {conversation_updated_at: {gte: iso(now - 3000)}}, not: at(2000)}).ids).toEqual([
      'c007',
      'c009',
    ]);
    expect(search(api, {sort: {conversation_updated_at: 'desc'}}).ids[0]).toBe('c009');
    expect(search(api, {and: {conversation_created_at: {lt: iso(now - 9000)}}}).ids).toEqual([
      'c000',
      'c001',
    ]);
  });

  test.each([
    [{and: [{kobject_klass: {equals: 'x'}}]}],
    [{and: [{customer_updated_at: {gte: '2024-01-01'}}]}],
    [{and: [{conversation_updated_at: {near: '2024-01-01'}}]}],
    [{and: [{conversation_updated_at: {gte: 'yesterday'}}]}],
    [{and: ['x']}],
    [{sort: [{conversation_name: 'asc'}]}],
    [{sort: [{conversation_updated_at: 'up'}]}],
    [{queryContext: 'conversation_time'}],
    [{filter: []}],
  ])('%j is refused', (query) => {
    const {status, body} = search(api, query as never);
    expect(status).toBe(400);
    expect(body.errors[0]).toMatchObject({code: 'bad_request', message: expect.any(String)});
  });

  test('deleted records come only when asked for, marked', () => {
    const withDeleted = apiOf([conversation('a', 2), conversation('b', 1, {deleted: true})]);
    expect(search(withDeleted, {includeDeleted: false}).ids).toEqual(['a']);
    const {body} = search(withDeleted);
    expect(body.data[1]).toMatchObject({id: 'b', attributes: {deleted: true, deletedAt: iso(now - 1)}});
    const strict = apiOf([], {rejectIncludeDeleted: true});
    expect(search(strict).body.errors[0]?.['message']).toContain('includeDeleted');
  });
});

describe('pages', () => {
  test('a page is 100 unless asked otherwise, and never more than the server gives', () => {
    const api = apiOf(conversations(300), {maxPageSize: 200});
    expect(search(api).ids).toHaveLength(100);
    const large = search(api, {}, '?pageSize=500');
    expect(large.ids).toHaveLength(200);
    expect(large.body.meta).toEqual({
      page: 1,
      pageSize: 200,
      total: 300,
      totalPages: 2,
      aggregations: {},
      timed_out: false,
    });
    expect(large.body.links).toMatchObject({prev: null, next: '/v1/customers/search?pageSize=200&page=2'});
    const last = search(api, {}, '?pageSize=200&page=2');
    expect(last.ids).toHaveLength(100);
    expect(last.body.links).toMatchObject({next: null, last: '/v1/customers/search?pageSize=200&page=2'});
    expect(search(apiOf([], {nextLinks: 'absent'})).body.links).not.toHaveProperty('next');
  });

  test('a page size can be refused', () => {
    const api = apiOf(conversations(3), {refusePageSizeAbove: 100});
    expect(search(api, {}, '?pageSize=101').status).toBe(400);
    expect(search(api, {}, '?pageSize=100').status).toBe(200);
    expect(search(api, {}, '?page=0').status).toBe(400);
    expect(search(api, {}, '?pageSize=x').status).toBe(400);
  });

  test('there is no page 101', () => {
    const api = apiOf(conversations(250), {maxPageSize: 2});
    const hundredth = search(api, {}, '?page=100&pageSize=2');
    expect(hundredth.ids).toEqual(['c198', 'c199']);
    expect(hundredth.body.links['next']).toBeNull();
    expect(search(api, {}, '?page=101&pageSize=2').status).toBe(400);
  });

  test('totals stop counting at the cap, and next with them, while records go on', () => {
    const rows = conversations(50);
    const capped = search(apiOf(rows, {totalCap: 20}), {}, '?page=2&pageSize=10').body;
    expect(capped.meta['total']).toBe(20);
    expect(capped.links['next']).toBeNull();
    expect(search(apiOf(rows, {totalCap: 20}), {}, '?page=3&pageSize=10').ids).toHaveLength(10);
    expect(search(apiOf(rows, {totalCap: 20, totals: 'exact'})).body.meta['total']).toBe(50);
    const missing = search(apiOf(rows, {totals: 'missing'}), {}, '?pageSize=10').body;
    expect(missing.meta).not.toHaveProperty('total');
    expect(missing.links['next']).toContain('page=2');
    expect(search(apiOf(rows, {totals: 'wrong'})).body.meta['total']).not.toBe(50);
  });
});

describe('order', () => {
  const instant = Array.from({length: 60}, (_, at) =>
    conversation(`t${at}`, 5000, {createdAt: now - 90_000 - at * 10}),
  );
  const byCreation = {sort: [{conversation_created_at: 'asc'}]};

  test('only the first key counts', () => {
    const sort = [{conversation_updated_at: 'asc'}, {conversation_created_at: 'asc'}];
    const sorted = search(apiOf(instant), byCreation).ids;
    expect(sorted[0]).toBe('t59');
    const {ids} = search(apiOf(instant), {sort});
    expect(ids).not.toEqual(sorted);
    expect([...ids].sort()).toEqual([...sorted].sort());
    expect(search(apiOf(instant), {sort: [{conversation_created_at: 'desc'}]}).ids[0]).toBe('t0');
  });

  test('equal records keep their places while nothing changes, and lose them when anything does', () => {
    const world = worldOf([...instant, conversation('other', 9000)]);
    const api = apiOf(world);
    const pages = (): string[] =>
      [1, 2, 3].flatMap((page) => search(api, {}, `?pageSize=25&page=${page}`).ids);
    const before = pages();
    expect(new Set(before).size).toBe(61);
    expect(pages()).toEqual(before);
    world.update('conversations', 'other', {at: now - 8000});
    const after = pages();
    expect(new Set(after).size).toBe(61);
    expect(after).not.toEqual(before);
  });

  test('ties can be told to stay', () => {
    const world = worldOf([...instant, conversation('other', 9000)]);
    const api = apiOf(world, {tieOrder: 'stable'});
    const before = search(api).ids;
    world.update('conversations', 'other', {at: now - 8000});
    expect(search(api).ids).toEqual(before);
  });
});

describe('horizon and archive', () => {
  const rows = [
    conversation('old', 800 * day),
    conversation('seam', 729.5 * day),
    conversation('new', 700 * day),
  ];

  test('search ends two years ago, the archive begins there, and both have the seam', () => {
    expect(search(apiOf(rows)).ids).toEqual(['seam', 'new']);
    expect(searchArchive(apiOf(rows)).ids).toEqual(['old', 'seam']);
    expect(searchArchive(apiOf(rows, {archiveDays: 690})).ids).toEqual(['old', 'seam', 'new']);
    expect(search(apiOf(rows), {}, '', now + 2 * day).ids).toEqual(['new']);
  });

  test('notes are not in the archive', () => {
    const sort = [{note_updated_at: 'asc'}];
    expect(searchArchive(apiOf(rows), {queryContext: 'note', sort}).status).toBe(400);
    expect(search(apiOf(rows), {queryContext: 'note', sort}).status).toBe(200);
  });

  test('an organization may have no archive', () => {
    expect(searchArchive(apiOf(rows, {archive: false})).status).toBe(404);
  });
});
