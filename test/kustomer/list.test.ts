import fc from 'fast-check';
import {type Api, createApi} from '../../sandbox/api/api';
import type {Settings} from '../../sandbox/api/settings';
import {worldOf} from '../../sandbox/world/world';
import {type ListRequest, Lists} from '../../src/kustomer/list';
import {PageSizes} from '../../src/kustomer/page-size';
import {transportOf} from '../fakes/api-transport';
import {type TestClient, clientOf} from '../fakes/client';
import {TOKEN} from '../fakes/client';
import {json, serveApi, serveScript} from '../fakes/msw';

const AT = Date.UTC(2024, 0, 1);

function idsOf(count: number): string[] {
  return Array.from({length: count}, (_, at) => `tag-${String(at).padStart(4, '0')}`);
}

interface Bench {
  readonly client: TestClient['client'];
  readonly api: Api;
  readonly baseUrl: string;
}

function apiOf(ids: readonly string[], settings: Partial<Settings>): Api {
  const world = worldOf(ids.map((id) => ({object: 'tags', id, createdAt: AT, updatedAt: AT})));
  return createApi(world, {
    tokens: [{token: TOKEN, roles: ['org']}],
    requestsPerMinute: 1e9,
    ...settings,
  });
}

function setUp(ids: readonly string[], settings: Partial<Settings> = {}): Bench {
  const api = apiOf(ids, settings);
  const baseUrl = serveApi(api, () => AT);
  return {...clientOf(baseUrl), api, baseUrl};
}

/** For properties, which ask thousands of times (docs/decisions/0008-msw-and-transports.md). */
function setUpWithoutHttp(ids: readonly string[], settings: Partial<Settings> = {}): Bench {
  const api = apiOf(ids, settings);
  const baseUrl = 'http://localhost';
  return {...clientOf(baseUrl, {transport: transportOf(api, () => AT, TOKEN)}), api, baseUrl};
}

async function read(
  {client, baseUrl, warned = []}: Pick<TestClient, 'client'> & {baseUrl: string; warned?: string[]},
  page: number,
  filter: ListRequest['filter'] = {},
): Promise<string[]> {
  const lists = new Lists(new PageSizes(Infinity), baseUrl);
  const ids: string[] = [];
  const list = {path: '/v1/tags', page, filter, warn: (message: string) => void warned.push(message)};
  for await (const page of lists.read(client, list)) {
    expect(page.length).toBeGreaterThan(0);
    ids.push(...page.map(({id}) => id));
  }
  return ids;
}

describe('Lists', () => {
  test('reads all pages, each id once, whatever the pages that are asked for and those that come', async () => {
    const cases = fc.record({
      count: fc.nat(40),
      asked: fc.integer({min: 1, max: 50}),
      most: fc.integer({min: 1, max: 50}),
      next: fc.constantFrom('null' as const, 'absent' as const),
    });
    await fc.assert(
      fc.asyncProperty(cases, async ({count, asked, most, next}) => {
        const ids = idsOf(count);
        const bench = setUpWithoutHttp(ids, {maxPageSize: most, nextLinks: next});
        expect(await read(bench, asked)).toEqual(ids);
      }),
      {numRuns: 60},
    );
  });

  test('asks once for what fits on one page', async () => {
    const bench = setUp(idsOf(99));
    await read(bench, 500);
    expect(bench.api.stats.total).toBe(1);
  });

  test('does not take a page that may have been cut for the last, though it has no next', async () => {
    const ids = idsOf(250);
    const {baseUrl} = setUp(ids, {maxPageSize: 100});
    const blind = serveScript(async ({url, headers}) => {
      const page = await fetch(`${baseUrl}${url}`, {headers});
      return new Response((await page.text()).replace(/"next":"[^"]*"/, '"next":null'));
    });
    expect(await read({...clientOf(blind.url), baseUrl: blind.url}, 500)).toEqual(ids);
  });

  test('misses nothing that a removal between two pages moved forward', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({min: 2, max: 4}), fc.nat(9), async (onRequest, removed) => {
        const ids = idsOf(40);
        const bench = setUpWithoutHttp(ids);
        let requests = 0;
        bench.api.faults.hook = () => {
          requests += 1;
          if (requests === onRequest) bench.api.world.remove('tags', ids[removed] ?? '');
          return undefined;
        };
        expect((await read(bench, 10)).sort()).toEqual(
          ids.filter((_, at) => at !== removed || onRequest > 1),
        );
      }),
      {numRuns: 20},
    );
  });

  test('takes in what is added meanwhile', async () => {
    const ids = idsOf(40);
    const bench = setUp(ids);
    bench.api.faults.hook = () => {
      if (bench.api.stats.total === 3) {
        bench.api.world.insert({object: 'tags', id: 'a-first', createdAt: AT, updatedAt: AT});
      }
      return undefined;
    };
    expect((await read(bench, 10)).sort()).toEqual(['a-first', ...ids]);
  });

  test('fails by name for a list that never comes to rest', async () => {
    const bench = setUp(idsOf(30));
    let number = 0;
    bench.api.faults.hook = () => {
      bench.api.world.insert({object: 'tags', id: `z-${number++}`, createdAt: AT, updatedAt: AT});
      return undefined;
    };
    await expect(read(bench, 10)).rejects.toMatchObject({
      name: 'UnsettledError',
      message: expect.stringMatching(/^GET \/v1\/tags kept changing while it was read/) as string,
    });
  });

  test('asks for less when a page is refused, once for both passes, and loses nothing by it', async () => {
    const ids = idsOf(300);
    const bench = setUp(ids, {refusePageSizeAbove: 70});
    expect(await read(bench, 500)).toEqual(ids);
    expect(bench.api.stats.statuses['400']).toBeLessThanOrEqual(2);
  });

  test('begins anew with a smaller page when one in the middle cannot be served', async () => {
    const ids = idsOf(300);
    const bench = setUp(ids);
    bench.api.faults.hook = ({query}) =>
      query['page'] === '2' && Number(query['pageSize']) > 40 ? {kind: 'status', status: 502} : undefined;
    expect((await read(bench, 100)).sort()).toEqual(ids);
  });

  test('hands its filter to each page', async () => {
    const links = {first: '/v1/tags?page=1', next: '/v1/tags?page=2'};
    const pages = [json({data: [{id: '1'}], links}), json({data: [{id: '2'}]})];
    const web = serveScript(...pages, ...pages);
    const {client} = clientOf(web.url);
    expect(await read({client, baseUrl: web.url}, 100, {deleted: 'true'})).toEqual(['1', '2']);
    const urls = ['/v1/tags?deleted=true&page=1&pageSize=100', '/v1/tags?deleted=true&page=2&pageSize=100'];
    expect(web.seen.map(({url}) => url)).toEqual([...urls, ...urls]);
  });
});
