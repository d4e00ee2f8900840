import type {HttpRequest, Transport} from '../../src/http/call';
import type {Query} from '../../src/keyset/page';
import {endOfValue} from '../../src/json-bytes';
import {DeletedRecords} from '../../src/kustomer/deleted-records';
import {PageSize} from '../../src/kustomer/page-size';
import {Search, type SearchOptions} from '../../src/kustomer/search';
import {searchTimes, sortedByOf} from '../../src/kustomer/search-times';
import {clientOf} from '../fakes/client';

const SESSION = {
  type: 'conversation_time',
  id: '1',
  attributes: {createdAt: '2024-01-01T00:00:00.000Z', updatedAt: '2024-03-01T00:00:00.000Z'},
};
const [FROM, TO] = ['2024-01-01T00:00:00.000Z', '2024-02-01T00:00:00.000Z'];

/** The body of a search for a page, and the record that comes. */
async function ask(options: Partial<SearchOptions<string>>, query: Partial<Query> = {}) {
  const asked: HttpRequest[] = [];
  const transport: Transport = {
    send(request) {
      asked.push(request);
      const body = Buffer.from(JSON.stringify({data: [SESSION], meta: {total: 1}}));
      return Promise.resolve({status: 200, headers: {}, body});
    },
  };
  const search = new Search({
    client: clientOf('', {transport}).client,
    context: 'conversation_time',
    times: searchTimes('conversation_time', 'created_at'),
    archive: false,
    size: new PageSize(100),
    deleted: new DeletedRecords(false),
    decode: ({id}) => id,
    report: () => undefined,
    ...options,
  });
  const page = await search.page({
    updated: [Date.parse(FROM), Date.parse(TO)],
    sort: 'updated',
    page: 1,
    ...query,
  });
  return {body: asked[0]?.body, record: page.records[0]};
}

test('a context is filtered and sorted by its own time, and a record stands where that says', async () => {
  const {body, record} = await ask({});
  expect(body).toEqual({
    and: [{conversation_time_created_at: {gte: FROM}}, {conversation_time_created_at: {lte: TO}}],
    sort: [{conversation_time_created_at: 'asc'}],
    queryContext: 'conversation_time',
  });
  expect(record?.updatedAt).toBe(Date.parse(FROM));
});

test('no condition stands there twice, where both times are one', async () => {
  const {body} = await ask({}, {createdFrom: Date.parse(FROM), createdTo: Date.parse(TO), sort: 'created'});
  expect(body).toMatchObject({
    and: [{conversation_time_created_at: {gte: FROM}}, {conversation_time_created_at: {lte: TO}}],
  });
});

test('only what was created early enough is asked for, whatever the question says besides', async () => {
  const times = searchTimes('conversation');
  const createdTo = Date.parse(FROM);
  for (const query of [{}, {createdTo: Date.parse(TO)}]) {
    const {body} = await ask({context: 'conversation', times, createdTo}, query);
    expect((body as {and: unknown[]}).and).toContainEqual({conversation_created_at: {lte: FROM}});
    expect((body as {and: unknown[]}).and).toHaveLength(3);
  }
});

test('a state says what it counts, unless that is updatedAt', () => {
  expect(sortedByOf(searchTimes('kobject_order'))).toBeUndefined();
  expect(sortedByOf(searchTimes('work_item', 'handle_completed_at'))).toBe('work_item_handle_completed_at');
  expect(searchTimes('work_item', 'handle_completed_at').moved.member).toBe('handleCompletedAt');
});

test('a record is decoded unparsed only where it is found by updatedAt and createdAt', async () => {
  const decodeBytes = (body: Buffer, at: number) => ({
    ...{id: '1', updatedAt: 1, createdAt: 0, end: endOfValue(body, at)},
    decoded: `${endOfValue(body, at) - at} bytes`,
  });
  const usual = await ask({times: searchTimes('conversation_time'), decodeBytes});
  expect([usual.record?.updatedAt, usual.record?.take()]).toEqual([
    1,
    `${JSON.stringify(SESSION).length} bytes`,
  ]);
  const other = await ask({decodeBytes});
  expect([other.record?.updatedAt, other.record?.take()]).toEqual([Date.parse(FROM), '1']);
  const left = await ask({times: searchTimes('conversation_time'), decodeBytes: () => undefined});
  expect(left.record?.take()).toBe('1');
});
