import type {RefusalRule} from '../../../sandbox/api/refusals';
import type {Settings} from '../../../sandbox/api/settings';
import {apiOf, ask, conversations, request, search, searchArchive} from '../asking';

const note = {queryContext: 'note', sort: [{note_updated_at: 'asc'}]};
const plain = {includeDeleted: undefined} as never;
const rule = (more: Partial<RefusalRule>): Partial<Settings> => ({
  refusals: [{of: 'search', status: 400, ...more}],
});

test.each([400, 401, 402, 403, 404, 422, 451, 500, 501])(
  'a context can be refused with %i, alone',
  (status) => {
    const api = apiOf([], rule({names: ['note'], status, text: 'Unknown attribute note_updated_at'}));
    const refused = search(api, note);
    expect([refused.status, refused.body.errors[0]?.['message']]).toEqual([
      status,
      'Unknown attribute note_updated_at',
    ]);
    expect(search(api).status).toBe(200);
    expect(searchArchive(api).status).toBe(200);
  },
);

test('the archive can be refused, for all or for one context', () => {
  const all = apiOf([], rule({of: 'archive', status: 501}));
  expect([searchArchive(all).status, search(all).status]).toEqual([501, 200]);
  const one = apiOf([], rule({of: 'archive', names: ['message'], status: 402}));
  const message = {queryContext: 'message', sort: [{message_updated_at: 'asc'}]};
  expect([searchArchive(one).status, searchArchive(one, message).status]).toEqual([200, 402]);
});

test('includeDeleted can be refused in one context', () => {
  const api = apiOf([], rule({names: ['conversation'], includeDeleted: true, text: 'Bad request'}));
  expect([search(api).status, search(api, plain).status, search(api, note).status]).toEqual([400, 200, 200]);
});

test('pages can be refused from one on, and lists, metadata and parts', () => {
  const deep = apiOf(conversations(3), rule({fromPage: 2}));
  expect([search(deep).status, search(deep, {}, '?page=2').status]).toEqual([200, 400]);
  const api = apiOf(conversations(1), {
    refusals: [
      {of: 'lists', names: ['klasses'], status: 404},
      {of: 'metadata', names: ['customer'], status: 500},
      {of: 'parts', names: ['times'], status: 403},
    ],
  });
  const paths = ['klasses', 'tags', 'metadata/customer', 'metadata/company', 'conversations/c000/times'];
  expect(paths.map((path) => ask(api, request('GET', `/v1/${path}`)).status)).toEqual([
    404, 200, 500, 200, 403,
  ]);
});
