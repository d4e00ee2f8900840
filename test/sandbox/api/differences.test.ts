import type {JsonObject} from '../../../sandbox/world/json';
import type {Settings} from '../../../sandbox/api/settings';
import {apiOf, conversation, conversations, now, search} from '../asking';

type Differing = Partial<Settings>;

const iso = (ms: number): string => new Date(ms).toISOString();

describe('sort and bounds', () => {
  const rows = [5300, 5200, 5100, 4000].map((ago, at) => conversation(`c${at}`, ago));
  const at = (ago: number): string => iso(now - ago);

  function found(settings: Differing, condition: JsonObject): string[] {
    return search(apiOf(rows, settings), {and: [{conversation_updated_at: condition}]}).ids.sort();
  }

  test.each<[Differing, JsonObject, string[]]>([
    [{}, {gte: at(5200), lte: at(5100)}, ['c1', 'c2']],
    [{gteExcludes: true}, {gte: at(5200), lte: at(5100)}, ['c2']],
    [{lteExcludes: true}, {gte: at(5200), lte: at(5100)}, ['c1']],
    [{gteCutMs: 1000}, {gte: at(5100)}, ['c0', 'c1', 'c2', 'c3']],
    [{lteCutMs: 1000}, {gte: at(5200), lte: at(5100)}, []],
    [{compareCutMs: 1000}, {gte: at(5200), lte: at(5200)}, ['c0', 'c1', 'c2']],
    [{compareCutMs: 60_000}, {gt: at(5200)}, []],
  ])('%j: %j finds %j', (settings, condition, ids) => {
    expect(found(settings, condition)).toEqual(ids);
  });

  const many = Array.from({length: 40}, (_, each) => conversation(`t${each}`, 9000 - each * 10));
  const order = (settings: Differing): string[] => search(apiOf(many, settings)).ids;

  test('search can sort by seconds or not at all', () => {
    const sorted = order({});
    expect(order({sortBy: 'second'})).not.toEqual(sorted);
    expect(order({sortBy: 'second'}).sort()).toEqual([...sorted].sort());
    const seconds = search(apiOf([...many, ...conversations(3)], {sortBy: 'second'})).ids;
    expect(seconds.slice(-3)).toEqual(['c000', 'c001', 'c002']);
    expect(order({sortBy: 'nothing'})).not.toEqual(sorted);
  });

  test('ties can come in another order at each answer, or by id from the last to the first', () => {
    const ties = Array.from({length: 30}, (_, each) => conversation(`t${each}`, 5000));
    const random = apiOf(ties, {tieOrder: 'random'});
    expect(search(random).ids).not.toEqual(search(random).ids);
    const ids = ties.map(({id}) => id).sort();
    expect(search(apiOf(ties, {tieOrder: 'descending'})).ids).toEqual(ids.reverse());
  });
});

describe('deep pages and totals', () => {
  test.each<[Settings['deepPages'], number, number]>([
    ['refused', 400, 0],
    ['failed', 500, 0],
    ['empty', 200, 0],
    ['first', 200, 10],
  ])('from a page or a record on: %s', (deepPages, status, count) => {
    for (const from of [{deepFromPage: 3}, {deepFromRecord: 21}]) {
      const api = apiOf(conversations(35), {deepPages, ...from});
      expect(search(api, {}, '?page=2&pageSize=10').ids).toHaveLength(10);
      const deep = search(api, {}, '?page=3&pageSize=10');
      expect([deep.status, deep.ids.length]).toEqual([status, count]);
      if (deepPages === 'first') expect(deep.ids[0]).toBe('c000');
    }
  });

  test.each<[Differing, unknown]>([
    [{totals: 'off'}, 26],
    [{totals: 'off', totalOff: -3}, 22],
    [{totals: 'pages'}, 3],
    [{totals: 'zero'}, 0],
    [{totals: 'text'}, '25'],
    [{totals: 'object'}, {value: 25, relation: 'eq'}],
    [{totals: 'huge'}, 1e308],
    [{totals: 'missing'}, undefined],
  ])('%j tells %j', (settings, total) => {
    expect(search(apiOf(conversations(25), settings), {}, '?pageSize=10').body.meta['total']).toEqual(total);
  });
});

describe('holes', () => {
  const one = (settings: Differing): ReturnType<typeof search> =>
    search(apiOf(conversations(50), settings), {}, '?pageSize=20');

  test.each<[Differing, number]>([
    [{emptyPages: 1}, 0],
    [{shortPages: 1}, 10],
    [{timedOutPages: 1}, 10],
    [{hidden: ['c000', 'c003']}, 18],
  ])('%j leaves %i of 20, and total and next as they were', (settings, left) => {
    const {ids, body} = one(settings);
    expect(ids).toHaveLength(left);
    expect(body.meta).toMatchObject({total: 50, timed_out: 'timedOutPages' in settings});
    expect(body.links['next']).toContain('page=2');
  });

  test('they can be told as if nothing were missing', () => {
    const {body} = one({shortPages: 1, holesTold: true});
    expect([body.meta['total'], body.links['next']]).toEqual([10, null]);
  });

  test('hits are lost by chance, another time others', () => {
    const api = apiOf(conversations(50), {lostHits: 0.3});
    const [first, second] = [search(api).ids, search(api).ids];
    expect(first.length).toBeLessThan(50);
    expect(first).not.toEqual(second);
  });

  test('one record can come twice while the page keeps its size', () => {
    const {ids} = one({repeatedHits: 1});
    expect([ids.length, new Set(ids).size]).toEqual([20, 19]);
  });

  test('the same seed gives the same holes', () => {
    const all = (seed: number): string[][] => {
      const api = apiOf(conversations(50), {lostHits: 0.5, seed});
      return [search(api).ids, search(api).ids];
    };
    expect(all(4)).toEqual(all(4));
    expect(all(4)).not.toEqual(all(5));
  });

  test('a share is always of the same records', () => {
    const api = apiOf(conversations(100), {hidden: 0.2});
    const {ids} = search(api);
    expect(ids.length).toBeGreaterThan(60);
    expect(ids.length).toBeLessThan(95);
    expect(search(api).ids).toEqual(ids);
  });
});
