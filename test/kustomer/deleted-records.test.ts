import type {HttpRequest, Transport} from '../../src/http/call';
import {DeletedRecords} from '../../src/kustomer/deleted-records';
import {PageSize} from '../../src/kustomer/page-size';
import {Search} from '../../src/kustomer/search';
import {searchTimes} from '../../src/kustomer/search-times';
import {clientOf} from '../fakes/client';

/** `-` is a question without deleted records, `+` one with them; a refusal is an `x` behind it. */
type Exchange = '+' | '-' | '+x' | '-x';

/** Asks for a page of a server that refuses these questions, one after the other, and from then on none. */
async function ask(
  refusals: readonly boolean[],
  {status = 400, wanted = true, pages = 1} = {},
): Promise<{exchanges: Exchange[]; refused: boolean; said: string[]; failure: unknown}> {
  const exchanges: Exchange[] = [];
  const transport: Transport = {
    send({body}: HttpRequest) {
      const isRefused = refusals[exchanges.length] ?? false;
      const asks = (body as {includeDeleted?: boolean}).includeDeleted === true ? '+' : '-';
      exchanges.push(isRefused ? `${asks}x` : asks);
      const answer = isRefused
        ? {errors: [{title: 'not allowed: include_deleted'}]}
        : {data: [], meta: {total: 0}};
      const text = JSON.stringify(answer);
      return Promise.resolve({status: isRefused ? status : 200, headers: {}, body: Buffer.from(text)});
    },
  };
  const deleted = new DeletedRecords(wanted);
  const said: string[] = [];
  const search = new Search({
    client: clientOf('', {transport}).client,
    context: 'note',
    archive: false,
    times: searchTimes('note'),
    size: new PageSize(100),
    deleted,
    decode: ({id}) => id,
    report: (message) => said.push(message),
  });
  let failure: unknown;
  for (let page = 1; page <= pages; page++) {
    await search.page({updated: [0, 1], sort: 'updated', page}).catch((error: unknown) => (failure = error));
  }
  return {exchanges, refused: search.isWithoutDeleted, said, failure};
}

test.each<[string, boolean[], Exchange[], boolean]>([
  ['are asked for', [], ['+'], false],
  [
    'are given up when only the question for them is refused, twice',
    [true, false, true],
    ['+x', '-', '+x'],
    true,
  ],
  [
    'are not given up for a refusal that is gone when they are asked for again',
    [true, false, false],
    ['+x', '-', '+'],
    false,
  ],
  ['are not given up where the question fails without them too', [true, true], ['+x', '-x'], false],
])('deleted records %s', async (_what, refusals, exchanges, refused) => {
  expect(await ask(refusals)).toMatchObject({exchanges, refused});
});

test('once they are given up, that is told, and they are not asked for again', async () => {
  const {exchanges, said} = await ask([true, false, true], {pages: 3});
  expect(exchanges).toEqual(['+x', '-', '+x', '-', '-']);
  expect(said).toEqual([expect.stringMatching(/refuses to include deleted records here/)]);
});

test('a refusal that has nothing to do with a question is passed on as it is', async () => {
  const {exchanges, refused, failure} = await ask([true], {status: 403});
  expect(exchanges).toEqual(['+x']);
  expect([refused, failure]).toEqual([false, expect.objectContaining({name: 'RefusedError', status: 403})]);
});

test('where they are not wanted, they are never asked for', async () => {
  expect(await ask([], {wanted: false})).toMatchObject({exchanges: ['-'], refused: false});
});
