import {type FirstPage, firstPageOf, readPageZero} from '../../src/kustomer/first-page';
import type {Resource} from '../../src/kustomer/envelope';
import {UnavailableError} from '../../src/http/errors';
import {clientOf} from '../fakes/client';
import {type Answer, answer, json, problem, serveScript} from '../fakes/msw';

const PAGE_ZERO = {method: 'GET', path: '/v1/tags', params: {page: 0, pageSize: 100}} as const;

function records(...ids: string[]): Resource[] {
  return ids.map((id) => ({id, type: 'tag'}));
}

test.each<[Record<string, unknown>, FirstPage]>([
  [{first: '/v1/tags?page=1'}, 1],
  [{first: '/v1/tags?page=0'}, 0],
  [{prev: '/v1/tags?page=0'}, 0],
  [{prev: null}, 1],
])('links %j tell it without a request', async (links, expected) => {
  const pageZero = (): never => {
    throw new Error('it asks');
  };
  expect(await firstPageOf({data: [], links}, pageZero)).toBe(expected);
});

test.each<[string, Resource[], Resource[], FirstPage]>([
  ['is empty', records('1', '2'), [], 1],
  ['has other records', records('3'), records('1', '2'), 0],
  ['has the only records', [], records('1', '2'), 0],
  ['is page 1 again', records('1', '2'), records('1', '2'), 1],
  ['is page 1 again, with a record more', records('1', '2'), records('0', '1', '2'), 1],
])('without links it is asked for: page 0 %s', async (_, data, zero, expected) => {
  expect(await firstPageOf({data, links: {}}, () => Promise.resolve(zero))).toBe(expected);
});

describe('readPageZero', () => {
  test('gives its records', async () => {
    const web = serveScript(json({data: records('1')}));
    expect(await readPageZero(clientOf(web.url).client, PAGE_ZERO)).toEqual(records('1'));
    expect(web.seen[0]?.url).toBe('/v1/tags?page=0&pageSize=100');
  });

  test.each<[string, Answer]>([
    ['400', problem(400)],
    ['404', problem(404)],
    ['500', problem(500)],
    ['text', answer('no such page')],
    ['{}', json({})],
  ])('an answer %s is none, and not asked for again', async (_, answer) => {
    const web = serveScript(answer);
    expect(await readPageZero(clientOf(web.url).client, PAGE_ZERO)).toEqual([]);
    expect(web.seen).toHaveLength(1);
  });

  test('what says nothing of the page is asked for again', async () => {
    const web = serveScript(problem(429), json({data: records('1')}), () => Response.error());
    expect(await readPageZero(clientOf(web.url).client, PAGE_ZERO)).toEqual(records('1'));
    await expect(readPageZero(clientOf(web.url).client, PAGE_ZERO)).rejects.toThrow(UnavailableError);
  });
});
