import fc from 'fast-check';
import {UnusableAnswer} from '../../src/kustomer/client';
import {readEnvelope} from '../../src/kustomer/envelope';
import {BadAnswerError, type Endpoint} from '../../src/kustomer/errors';

const TAGS: Endpoint = {method: 'GET', path: '/v1/tags'};

describe('readEnvelope', () => {
  test('keeps each record as it came', () => {
    const data = [{id: '1', type: 'tag', attributes: {a: {b: 1}}, more: true}, {id: '2'}];
    expect(readEnvelope(TAGS, {data})).toEqual({data, included: [], meta: {}, next: undefined});
  });

  test('reads what is around them', () => {
    const answer = {
      data: [],
      included: [{id: '3', type: 'sla_version'}],
      meta: {total: 5},
      links: {next: '/v1/tags?page=2'},
    };
    expect(readEnvelope(TAGS, answer)).toEqual({
      data: [],
      included: answer.included,
      meta: {total: 5},
      next: '/v1/tags?page=2',
    });
  });

  test.each([[null], [undefined], [''], [5], [{}]])('a next of %j is none', (next) => {
    expect(readEnvelope(TAGS, {data: [], links: {next}}).next).toBeUndefined();
  });

  test.each([[null], [[]], ['x'], [5]])('meta and links of %j are none', (odd) => {
    expect(readEnvelope(TAGS, {data: [], meta: odd, links: odd})).toEqual({
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
    expect(() => readEnvelope(TAGS, answer)).toThrow(UnusableAnswer),
  );

  test.each([[null], [{}], [{id: ''}], [{id: 5}], [{id: null}], ['x'], [[]]])(
    'a record %j has no id: the read must fail',
    (record) => {
      expect(() => readEnvelope(TAGS, {data: [{id: '1'}, record]})).toThrow(BadAnswerError);
      expect(() => readEnvelope(TAGS, {data: [{id: '1'}, record]})).toThrow(
        /^GET \/v1\/tags broke a rule of its own: a record has no id/,
      );
    },
  );

  test('any answer is read, asked again or refused: nothing else happens', () => {
    fc.assert(
      fc.property(fc.oneof(fc.jsonValue(), fc.record({data: fc.array(fc.jsonValue())})), (answer) => {
        try {
          readEnvelope(TAGS, answer);
        } catch (error) {
          expect([UnusableAnswer, BadAnswerError].some((type) => error instanceof type)).toBe(true);
        }
      }),
    );
  });
});
