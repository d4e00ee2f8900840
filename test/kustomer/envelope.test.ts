import fc from 'fast-check';
import {ResponseBody, UnusableResponseError} from '../../src/http/body/response-body';
import {
  DoubtfulResponseError,
  type Envelope,
  type Resource,
  readEnvelope,
  whole,
} from '../../src/kustomer/envelope';
import {BadResponseError, type Endpoint} from '../../src/http/errors';

const TAGS: Endpoint = {method: 'GET', path: '/v1/tags'};

function read(json: unknown): Promise<Envelope<Resource>> {
  const body = Buffer.from(JSON.stringify(json) ?? '');
  return readEnvelope(TAGS, new ResponseBody(body, () => Promise.resolve()), {keep: whole, page: 'page 7'});
}

describe('readEnvelope', () => {
  test('keeps each record as it came', async () => {
    const data = [{id: '1', type: 'tag', attributes: {a: {b: 1}}, more: true}, {id: '2'}];
    await expect(read({data})).resolves.toEqual({data, included: [], meta: {}, links: {}, next: undefined});
  });

  test('reads what is around them', async () => {
    const answer = {
      data: [],
      included: [{id: '3', type: 'sla_version'}],
      meta: {total: 5},
      links: {next: '/v1/tags?page=2'},
    };
    await expect(read(answer)).resolves.toEqual({
      data: [],
      included: answer.included,
      meta: {total: 5},
      links: answer.links,
      next: '/v1/tags?page=2',
    });
  });

  test.each([[null], [undefined], [''], [5], [{}]])('a next of %j is none', async (next) => {
    expect((await read({data: [], links: {next}})).next).toBeUndefined();
  });

  test.each([[null], [[]], ['x'], [5]])('meta and links of %j are none', async (odd) => {
    await expect(read({data: [], meta: odd, links: odd})).resolves.toEqual({
      data: [],
      included: [],
      meta: {},
      links: {},
      next: undefined,
    });
  });

  test.each([
    [null],
    [undefined],
    ['x'],
    [[]],
    [{}],
    [{data: null}],
    [{data: {}}],
    [{data: {id: '1'}}],
    [{errors: []}],
  ])('%j is no list of records: asked again', (answer) =>
    expect(read(answer)).rejects.toThrow(
      answer === undefined ? UnusableResponseError : DoubtfulResponseError,
    ),
  );

  test.each([
    [null, 'it is null'],
    [{}, 'it is empty'],
    [{id: '', name: 'secret'}, 'it has "id", "name"'],
    [{id: 1.5}, 'it has "id"'],
    [{id: 2 ** 53}, 'it has "id"'],
    ['secret', 'it is a string'],
    [[], 'it is a list'],
  ])(
    'a record %j has no id: the read fails, and names its place but none of its values',
    async (record, told) => {
      const failed = read({data: [{id: '1'}, record]});
      await expect(failed).rejects.toThrow(BadResponseError);
      await expect(failed).rejects.toThrow(
        `GET /v1/tags broke a rule of its own: record 2 of page 7 has no id (${told})`,
      );
      await expect(read({data: [], included: [record]})).rejects.toThrow(
        'included record 1 of page 7 has no id',
      );
    },
  );

  test('ids that are numbers become text', async () => {
    const {data, included} = await read({data: [{id: 1593835520, type: 'tag'}], included: [{id: 0}]});
    expect([data, included]).toEqual([[{id: '1593835520', type: 'tag'}], [{id: '0'}]]);
    const body = Buffer.from('{"data":[{"id":9007199254740993}]}');
    const answer = new ResponseBody(body, () => Promise.resolve());
    expect((await readEnvelope(TAGS, answer, {keep: whole})).data).toEqual([{id: '9007199254740993'}]);
  });

  test('without an id, the one that links.self ends in is taken', async () => {
    const links = {self: '/v1/messages/5e0e14a7af4e8c001a084dba/attachments/5e0e14c103a4e80018b374aa'};
    expect((await read({data: [{type: 'attachment', links}]})).data).toEqual([
      {type: 'attachment', id: '5e0e14c103a4e80018b374aa', links},
    ]);
    await expect(read({data: [{links: {self: '/v1/attachments/'}}]})).rejects.toThrow('has no id');
  });

  test('data of null is an empty list where a meta shows that it is an answer', async () => {
    expect((await read({data: null, meta: {page: 1}})).data).toEqual([]);
  });

  test('what is included may be a single object', async () => {
    expect((await read({data: [], included: {id: '3'}})).included).toEqual([{id: '3'}]);
  });

  test('an answer that ran out of time is no answer, before its records are looked at', async () => {
    const partial = {data: [{no: 'id'}], meta: {timed_out: true}};
    await expect(read(partial)).rejects.toThrow(UnusableResponseError);
  });

  test('any answer is read, asked again or refused: nothing else happens', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(fc.jsonValue(), fc.record({data: fc.array(fc.jsonValue())})),
        async (answer) => {
          try {
            await read(answer);
          } catch (error) {
            expect([UnusableResponseError, BadResponseError].some((type) => error instanceof type)).toBe(
              true,
            );
          }
        },
      ),
    );
  });
});
