import {Lists} from '../../src/kustomer/list';
import {PageSizes} from '../../src/kustomer/page-size';
import {FIRST, idsOf, part, read, server} from '../fakes/list-server';
import {type Answer, answer, json} from '../fakes/msw';

describe('answers that may be a mistake', () => {
  const whole = {data: [{id: '1'}], links: {...FIRST, next: null}};

  test.each([
    ['no content (204)', answer(null, 204)],
    ['data: null with meta', json({data: null, meta: {page: 1}, links: FIRST})],
    ['data: [] with meta', json({data: [], meta: {page: 1}, links: FIRST})],
  ] as [string, Answer][])('%s is an empty list', async (_, answer) => {
    expect(await read(server(() => answer))).toMatchObject({ids: [], warned: []});
  });

  test.each([
    ['{}', {}],
    ['data: null alone', {data: null}],
    ['null', null],
  ])('%s is asked for again, and fails by name if it stays', async (_, odd) => {
    const once = server((_query, requests) => (requests === 1 ? json(odd) : whole));
    expect(await read(once)).toMatchObject({ids: ['1'], requests: 2});
    const always = server(() => json(odd));
    const {error, requests} = await read(always);
    expect([error?.name, requests]).toEqual(['BadResponseError', 4]);
    expect(error?.message).toContain('page 1 has no list of records in "data", in 4 attempts');
  });

  test('an empty page is asked for again where more records are counted', async () => {
    const ids = idsOf(150);
    const web = server(({page}, requests) => ({
      data: requests === 2 ? [] : part(ids, (Number(page) - 1) * 100, 100),
      meta: {total: requests === 2 ? 0 : 150},
      links: FIRST,
    }));
    expect(await read(web)).toMatchObject({ids, warned: []});
  });

  test('an empty page behind a full one is asked for again, where nothing is counted', async () => {
    const ids = idsOf(150);
    const web = server(({page}, requests) => ({
      data: requests === 2 ? [] : part(ids, (Number(page) - 1) * 100, 100),
      links: FIRST,
    }));
    expect(await read(web)).toMatchObject({ids, warned: []});
  });

  test('also where another answer to the same request was none: that is no empty page', async () => {
    const ids = idsOf(150);
    const web = server(({page}, requests) => {
      if (requests === 2) return json({data: null});
      return {data: requests === 3 ? [] : part(ids, (Number(page) - 1) * 100, 100), links: FIRST};
    });
    expect(await read(web)).toMatchObject({ids, warned: []});
  });

  test('so is one that a short page links to, until three of them stayed empty: some servers always link', async () => {
    const web = server(({page}) => ({
      data: page === '1' ? [{id: '1'}] : [],
      links: {...FIRST, next: page === '1' ? '/v1/tags?page=2' : null},
    }));
    const lists = new Lists(new PageSizes(100), web.url);
    const asked: number[] = [];
    for (let list = 1; list <= 5; list++) asked.push((await read(web, {}, lists)).requests);
    expect(asked).toEqual([3, 3, 3, 2, 2]);
  });

  test('an empty page that stays empty is believed, and told of', async () => {
    const web = server(({page}) => ({
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
    const web = server(({page}) => ({
      data: page === '1' ? [{id: '1'}] : [{id: '2'}, {name: 'secret'}],
      links: {...FIRST, next: '/v1/tags?page=2'},
    }));
    expect((await read(web)).error?.message).toMatch(/: record 2 of page 2 has no id \(it has "name"\)$/);
  });
});
