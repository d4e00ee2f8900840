import {type ListRequest, Lists} from '../../src/kustomer/list';
import {PageSizes} from '../../src/kustomer/page-size';
import {clientOf} from '../fakes/client';
import {type Answer, type Web, closeServers, json, problem, serve} from '../fakes/web';

type Query = Readonly<Record<string, string | undefined>>;

function idsOf(count: number): string[] {
  return Array.from({length: count}, (_, at) => `tag-${String(at).padStart(4, '0')}`);
}

function queryOf(url: string): Query {
  return Object.fromEntries(new URL(url, 'http://localhost').searchParams);
}

/** A server of its own ways: what it says to a query. */
function server(answer: (query: Query, requests: number) => object | Answer): Promise<Web> {
  let requests = 0;
  return serve((response, seen) => {
    const said = answer(queryOf(seen.url), ++requests);
    (typeof said === 'function' ? (said as Answer) : json(said))(response, seen);
  });
}

/** The part of a list that a page has, in the form that JSON:API gives to records. */
function part(ids: readonly string[], from: number, size: number): {id: string}[] {
  return ids.slice(from, from + size).map((id) => ({id}));
}

interface Outcome {
  readonly ids: string[];
  readonly error?: Error;
  readonly warned: string[];
  readonly requests: number;
}

async function read(web: Web, request: Partial<ListRequest> = {}, lists?: Lists): Promise<Outcome> {
  const {client} = clientOf(web.url);
  const ids: string[] = [];
  const warned: string[] = [];
  const before = web.seen.length;
  const warn = (message: string): void => void warned.push(message);
  try {
    const all = lists ?? new Lists(new PageSizes(500), web.url);
    for await (const page of all.read(client, {path: '/v1/tags', warn, ...request})) {
      ids.push(...page.map(({id}) => id));
    }
    return {ids, warned, requests: web.seen.length - before};
  } catch (error) {
    return {ids, error: error as Error, warned, requests: web.seen.length - before};
  }
}

const FIRST = {first: '/v1/tags?page=1'};

afterEach(closeServers);

describe('where links.next leads', () => {
  test('a cursor is followed, relative or absolute, with the page size that belongs to it', async () => {
    const ids = idsOf(25);
    const web: Web = await server(({cursor}) => {
      const from = Number(cursor ?? 0);
      const next = `${from === 10 ? web.url : ''}/v1/tags?cursor=${from + 10}&pageSize=10`;
      return {data: part(ids, from, 10), links: {...FIRST, next: from + 10 < ids.length ? next : null}};
    });
    expect((await read(web, {filter: {deleted: 'true'}})).ids).toEqual(ids);
    expect(web.seen.map(({url}) => url).slice(0, 3)).toEqual([
      '/v1/tags?deleted=true&page=1&pageSize=100',
      '/v1/tags?deleted=true&cursor=10&pageSize=10',
      '/v1/tags?deleted=true&cursor=20&pageSize=10',
    ]);
    expect(web.seen).toHaveLength(6);
  });

  test('an empty page in the middle of cursors is not the end', async () => {
    const web = await server(({cursor}) => {
      if (cursor === undefined) return {data: [{id: '1'}], links: {...FIRST, next: '/v1/tags?cursor=a'}};
      if (cursor === 'a') return {data: [], links: {next: '/v1/tags?cursor=b'}};
      return {data: [{id: '2'}], links: {next: null}};
    });
    expect((await read(web)).ids).toEqual(['1', '2']);
  });

  test('cursors that lead in a circle fail by name', async () => {
    const web = await server(() => ({data: [{id: '1'}], links: {...FIRST, next: '/v1/tags?cursor=a'}}));
    expect((await read(web)).error?.message).toMatch(/gives the same records/);
  });

  test('another path of the same host is followed', async () => {
    const web = await serve((response, {url}) =>
      json(
        url.startsWith('/v1/more')
          ? {data: [{id: '2'}], links: {next: null}}
          : {data: [{id: '1'}], links: {...FIRST, next: '/v1/more?of=tags'}},
      )(response, {method: '', url, headers: {}, body: ''}),
    );
    expect((await read(web)).ids).toEqual(['1', '2']);
  });

  test('another host fails by name, and is sent nothing', async () => {
    const other = await serve(json({data: []}));
    const web = await server(() => ({data: [{id: '1'}], links: {...FIRST, next: `${other.url}/v1/tags`}}));
    const {error} = await read(web);
    expect(error).toMatchObject({name: 'BadResponseError'});
    expect(error?.message).toContain(`another host (${new URL(other.url).host})`);
    expect(other.seen).toEqual([]);
  });
});

describe('a server that serves fewer than it is asked for, and links to no next page', () => {
  const ids = idsOf(95);
  const cut = (query: Query, around: object): object => ({
    data: part(ids, (Number(query['page']) - 1) * 10, 10),
    ...around,
  });

  test.each([
    ['says nothing', {}],
    ['says that there is no more', {links: {...FIRST, next: null}, meta: {pageSize: 100}}],
    ['counts', {links: {...FIRST}, meta: {pageSize: 100, total: 95}}],
  ])('is read to its end where it %s', async (_, around) => {
    const web = await server((query) => cut(query, around));
    expect(await read(web)).toMatchObject({ids, warned: []});
  });

  test('refuses pages behind the last: that is the end, not an error', async () => {
    for (const status of [400, 404, 416, 422]) {
      const web = await server(({page}) =>
        Number(page) > 1 ? problem(status) : {data: part(idsOf(50), 0, 50), links: {...FIRST, next: null}},
      );
      expect(await read(web)).toMatchObject({ids: idsOf(50), requests: 2});
    }
  });

  test('is not asked again once a longer page shows that it was not cut', async () => {
    const web = await server(({page}) => ({
      data: Number(page) > 1 ? [] : part(idsOf(40), 0, 40),
      links: FIRST,
    }));
    const lists = new Lists(new PageSizes(500), web.url);
    expect(await read(web, {}, lists)).toMatchObject({ids: idsOf(40), requests: 2});
    const shorter = await server(() => ({data: part(idsOf(30), 0, 30), links: FIRST}));
    expect(await read(shorter, {}, lists)).toMatchObject({ids: idsOf(30), requests: 1});
  });
});

describe('pages that are counted from 0', () => {
  test.each([
    ['with links', 250, true],
    ['with links', 50, true],
    ['without links', 250, false],
    ['without links', 50, false],
    ['without links', 0, false],
  ])('%s, of %d records, none are missing', async (_, count, hasLinks) => {
    const ids = idsOf(count);
    const web = await server(({page, pageSize}) => {
      const [at, size] = [Number(page), Number(pageSize)];
      const next = (at + 1) * size < count ? `/v1/tags?page=${at + 1}` : null;
      return {data: part(ids, at * size, size), links: hasLinks ? {first: '/v1/tags?page=0', next} : {next}};
    });
    expect((await read(web)).ids.sort()).toEqual(ids);
  });

  test('are looked for once for all lists of a kind', async () => {
    const web = await server(({page}) => (page === '0' ? problem(500) : {data: [], meta: {}}));
    const lists = new Lists(new PageSizes(500), web.url);
    const kind = '/v1/conversations/{id}/times';
    const costs = [];
    for (const id of ['a', 'b', 'c']) {
      costs.push((await read(web, {path: `/v1/conversations/${id}/times`, kind}, lists)).requests);
    }
    expect(costs).toEqual([2, 1, 1]);
  });
});

describe('answers that may be a mistake', () => {
  const whole = {data: [{id: '1'}], links: {...FIRST, next: null}};

  test.each([
    ['no content (204)', (response) => void response.writeHead(204).end()],
    ['data: null with meta', json({data: null, meta: {page: 1}, links: FIRST})],
    ['data: [] with meta', json({data: [], meta: {page: 1}, links: FIRST})],
  ] as [string, Answer][])('%s is an empty list', async (_, answer) => {
    expect(await read(await server(() => answer))).toMatchObject({ids: [], warned: []});
  });

  test.each([
    ['{}', {}],
    ['data: null alone', {data: null}],
    ['null', null],
  ])('%s is asked for again, and fails by name if it stays', async (_, odd) => {
    const once = await server((_query, requests) => (requests === 1 ? json(odd) : whole));
    expect(await read(once)).toMatchObject({ids: ['1'], requests: 2});
    const always = await server(() => json(odd));
    const {error, requests} = await read(always);
    expect([error?.name, requests]).toEqual(['BadResponseError', 4]);
    expect(error?.message).toContain('page 1 has no list of records in "data", in 4 attempts');
  });

  test('an empty page is asked for again where more records are counted', async () => {
    const ids = idsOf(150);
    const web = await server(({page}, requests) => ({
      data: requests === 2 ? [] : part(ids, (Number(page) - 1) * 100, 100),
      meta: {total: requests === 2 ? 0 : 150},
      links: FIRST,
    }));
    expect(await read(web)).toMatchObject({ids, warned: []});
  });

  test('an empty page that stays empty is believed, and told of', async () => {
    const web = await server(({page}) => ({
      data: page === '1' ? part(idsOf(100), 0, 100) : [],
      meta: {total: 150},
      links: FIRST,
    }));
    expect(await read(web)).toMatchObject({
      ids: idsOf(100),
      warned: ['150 records are counted, but 100 came'],
      requests: 5,
    });
  });

  test('a record without an id is named by page and place', async () => {
    const web = await server(({page}) => ({
      data: page === '1' ? [{id: '1'}] : [{id: '2'}, {name: 'secret'}],
      links: {...FIRST, next: '/v1/tags?page=2'},
    }));
    expect((await read(web)).error?.message).toMatch(/: record 2 of page 2 has no id \(it has "name"\)$/);
  });
});

describe('a server that takes no notice of page numbers', () => {
  test.each([
    ['all at once, more than was asked for', 120, {next: null}, undefined],
    ['all of a list that is shorter than a page', 50, {next: null}, undefined],
    ['a full page, which may not be all', 100, {next: null}, /page 2 repeats page 1/],
    ['a link to a next page each time', 120, {next: '/v1/tags?page=2'}, /the same records for every page/],
  ])('gives %s', async (_, count, links, told) => {
    const web = await server(() => ({data: part(idsOf(count), 0, count), links: {...FIRST, ...links}}));
    const {ids, error} = await read(web);
    expect(ids).toEqual(idsOf(count));
    if (told) expect(error?.message).toMatch(told);
    else expect(error).toBeUndefined();
  });

  test('is not confused with one that gives its last page for those behind it', async () => {
    const ids = idsOf(200);
    const web = await server(({page}) => ({
      data: part(ids, (Math.min(2, Number(page)) - 1) * 100, 100),
      links: {...FIRST, next: null},
    }));
    expect(await read(web)).toMatchObject({ids});
  });
});

test('a page that shrinks in the middle of a list begins anew, also when another list has learnt of it', async () => {
  const ids = idsOf(300);
  const sizes = new PageSizes(500);
  const lists = new Lists(sizes, 'http://localhost');
  const web = await server(({page, pageSize}, requests) => {
    const size = Number(pageSize);
    if (requests === 1) {
      const other = sizes.of('/v1/tags', 100).request();
      other.failed({kind: 'status', status: 400, text: 'at most 40', headers: {}}, 1);
      other.came(40);
    }
    return {data: part(ids, (Number(page) - 1) * size, size), links: {...FIRST, next: null}};
  });
  expect((await read(web, {}, lists)).ids).toEqual(ids);
  expect(web.seen[1]?.url).toBe('/v1/tags?page=1&pageSize=40');
});
