import {Lists} from '../../src/kustomer/list';
import {PageSizes} from '../../src/kustomer/page-size';
import {FIRST, type Query, idsOf, part, read, server} from '../fakes/list-server';
import {type Script, json, problem, serveScript} from '../fakes/msw';

describe('where links.next leads', () => {
  test('a cursor is followed, relative or absolute, with the page size that belongs to it', async () => {
    const ids = idsOf(25);
    const web: Script = server(({cursor}) => {
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
    const web = server(({cursor}) => {
      if (cursor === undefined) return {data: [{id: '1'}], links: {...FIRST, next: '/v1/tags?cursor=a'}};
      if (cursor === 'a') return {data: [], links: {next: '/v1/tags?cursor=b'}};
      return {data: [{id: '2'}], links: {next: null}};
    });
    expect((await read(web)).ids).toEqual(['1', '2']);
  });

  test('cursors that lead in a circle fail by name', async () => {
    const web = server(() => ({data: [{id: '1'}], links: {...FIRST, next: '/v1/tags?cursor=a'}}));
    expect((await read(web)).error?.message).toMatch(/gives the same records/);
  });

  test('another path of the same host is followed', async () => {
    const web = serveScript((seen) =>
      json(
        seen.url.startsWith('/v1/more')
          ? {data: [{id: '2'}], links: {next: null}}
          : {data: [{id: '1'}], links: {...FIRST, next: '/v1/more?of=tags'}},
      )(seen),
    );
    expect((await read(web)).ids).toEqual(['1', '2']);
  });

  test('another host fails by name, and is sent nothing', async () => {
    const other = serveScript(json({data: []}));
    const web = server(() => ({data: [{id: '1'}], links: {...FIRST, next: `${other.url}/v1/tags`}}));
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
    const web = server((query) => cut(query, around));
    expect(await read(web)).toMatchObject({ids, warned: []});
  });

  test('refuses pages behind the last: that is the end once it repeats, not an error', async () => {
    for (const status of [400, 404, 416, 422]) {
      const web = server(({page}) =>
        Number(page) > 1 ? problem(status) : {data: part(idsOf(50), 0, 50), links: {...FIRST, next: null}},
      );
      expect(await read(web)).toMatchObject({ids: idsOf(50), requests: 3});
    }
  });

  test('refuses the second page once: it is not taken for the end', async () => {
    let refusals = 0;
    const web = server(({page}) =>
      page === '2' && refusals++ === 0
        ? problem(400)
        : {data: part(idsOf(80), (Number(page) - 1) * 50, 50), links: {...FIRST, next: null}},
    );
    expect(await read(web)).toMatchObject({ids: idsOf(80)});
  });

  test('answers without a list behind the last page: that is the end too, once it stays', async () => {
    const web = server(({page}) =>
      Number(page) > 1 ? {} : {data: part(idsOf(100), 0, 100), links: {...FIRST, next: null}},
    );
    expect(await read(web)).toMatchObject({ids: idsOf(100), requests: 5});
  });

  test('is not asked again once a longer page shows that it was not cut', async () => {
    const web = server(({page}) => ({
      data: Number(page) > 1 ? [] : part(idsOf(40), 0, 40),
      links: FIRST,
    }));
    const lists = new Lists(new PageSizes(500), web.url);
    expect(await read(web, {}, lists)).toMatchObject({ids: idsOf(40), requests: 2});
    const shorter = server(() => ({data: part(idsOf(30), 0, 30), links: FIRST}));
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
    const web = server(({page, pageSize}) => {
      const [at, size] = [Number(page), Number(pageSize)];
      const next = (at + 1) * size < count ? `/v1/tags?page=${at + 1}` : null;
      return {data: part(ids, at * size, size), links: hasLinks ? {first: '/v1/tags?page=0', next} : {next}};
    });
    expect((await read(web)).ids.sort()).toEqual(ids);
  });

  test('are looked for once for all lists of a kind', async () => {
    const web = server(({page}) => (page === '0' ? problem(500) : {data: [], meta: {}}));
    const lists = new Lists(new PageSizes(500), web.url);
    const kind = '/v1/conversations/{id}/times';
    const costs = [];
    for (const id of ['a', 'b', 'c']) {
      costs.push((await read(web, {path: `/v1/conversations/${id}/times`, kind}, lists)).requests);
    }
    expect(costs).toEqual([2, 1, 1]);
  });
});

describe('a server that takes no notice of page numbers', () => {
  test.each([
    ['all at once, more than was asked for', 120, {next: null}, undefined],
    ['all of a list that is shorter than a page', 50, {next: null}, undefined],
    ['a full page, which may not be all', 100, {next: null}, /page 2 repeats page 1/],
    ['a full page, of ten, which may not be all', 10, {next: null}, undefined],
    ['a link to a next page each time', 120, {next: '/v1/tags?page=2'}, /the same records for every page/],
  ])('gives %s', async (_, count, links, told) => {
    const web = server(() => ({data: part(idsOf(count), 0, count), links: {...FIRST, ...links}}));
    const {ids, error} = await read(web);
    expect(ids).toEqual(idsOf(count));
    if (told) expect(error?.message).toMatch(told);
    else expect(error).toBeUndefined();
  });

  test('is not confused with one that has a cursor instead, of which a list of one full page tells nothing', async () => {
    const ids = idsOf(100);
    const web = server(({cursor, pageSize}) => {
      const [from, size] = [Number(cursor ?? 0), Number(pageSize)];
      const next = from + size < 100 ? `/v1/tags?cursor=${from + size}&pageSize=${size}` : null;
      return {data: part(ids, from, size), links: {...FIRST, next}};
    });
    expect(await read(web)).toMatchObject({ids});
  });

  test('is not confused with one that gives its last page for those behind it, of a list of one full page', async () => {
    const ids = idsOf(100);
    const web = server(({page, pageSize}) => {
      const size = Number(pageSize);
      const last = Math.ceil(100 / size);
      return {
        data: part(ids, (Math.min(last, Number(page)) - 1) * size, size),
        links: {...FIRST, next: null},
      };
    });
    expect(await read(web)).toMatchObject({ids});
  });

  test('is not confused with one that gives its last page for those behind it', async () => {
    const ids = idsOf(200);
    const web = server(({page}) => ({
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
  const web = server(({page, pageSize}, requests) => {
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
