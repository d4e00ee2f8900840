import fc from 'fast-check';
import {ResponseBody, UnusableResponseError} from '../../src/http/body/response-body';
import {type Envelope, type Resource, readEnvelope, whole} from '../../src/kustomer/envelope';
import {BadResponseError, type Endpoint} from '../../src/http/errors';

const TAGS: Endpoint = {method: 'GET', path: '/v1/tags'};

function read(json: unknown): Promise<Envelope<Resource>> {
  const body = Buffer.from(JSON.stringify(json) ?? '');
  return readEnvelope(TAGS, new ResponseBody(body, () => Promise.resolve()), whole);
}

describe('readEnvelope', () => {
  test('keeps each record as it came', async () => {
    const data = [{id: '1', type: 'tag', attributes: {a: {b: 1}}, more: true}, {id: '2'}];
    await expect(read({data})).resolves.toEqual({data, included: [], meta: {}, next: undefined});
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
    expect(read(answer)).rejects.toThrow(UnusableResponseError),
  );

  test.each([[null], [{}], [{id: ''}], [{id: 5}], [{id: null}], ['x'], [[]]])(
    'a record %j has no id: the read must fail',
    async (record) => {
      await expect(read({data: [{id: '1'}, record]})).rejects.toThrow(BadResponseError);
      await expect(read({data: [{id: '1'}, record]})).rejects.toThrow(
        /^GET \/v1\/tags broke a rule of its own: record number 2 (has no id \(its members: (id|none)\)|is no object)$/,
      );
    },
  );

  test('what speaks against an answer is told before its records are looked at', async () => {
    const body = Buffer.from('{"data":[{"no":"id"}],"meta":{"timed_out":true}}');
    const check = (meta: Readonly<Record<string, unknown>>): void => {
      if (meta['timed_out'] === true) throw new UnusableResponseError('partial');
    };
    const answer = new ResponseBody(body, () => Promise.resolve());
    await expect(readEnvelope(TAGS, answer, whole, check)).rejects.toThrow(UnusableResponseError);
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
