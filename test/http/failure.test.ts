import {NetworkError} from '../../src/http/errors';
import {describeFailure, networkFailure, statusFailure} from '../../src/http/failure';

function textOf(body: unknown): string {
  const bytes = Buffer.from(typeof body === 'string' ? body : JSON.stringify(body));
  return statusFailure({status: 400, headers: {}}, bytes).text;
}

describe('what an error response says', () => {
  test.each<[string, unknown, string]>([
    [
      "Kustomer's form",
      {errors: [{code: 'bad_request', message: 'Bad page', meta: {field: 'page', max: 100}}]},
      'bad_request Bad page field=page max=100',
    ],
    [
      "JSON:API's form",
      {
        errors: [
          {
            status: '400',
            code: 'invalid',
            title: 'Bad',
            detail: 'too large',
            source: {pointer: '/data/size'},
          },
        ],
      },
      'invalid Bad too large pointer=/data/size',
    ],
    ['several', {errors: [{title: 'One'}, {title: 'Two'}]}, 'One; Two'],
    ['one that is no list', {errors: {message: 'One'}}, 'One'],
    ['texts', {errors: ['One', 'Two']}, 'One; Two'],
    ['a message alone', {message: 'Forbidden'}, 'Forbidden'],
    ['what is nested in meta', {errors: [{meta: {a: [{b: null, c: 'x'}], d: true}}]}, 'a=c=x d=true'],
    ['line breaks', {errors: [{title: 'One\r\n\u0000Two'}]}, 'One Two'],
    ['quotes, as they are', {errors: [{meta: {a: '"x\\'}}]}, 'a="x\\'],
    ['a text', '"maintenance"', 'maintenance'],
    ['HTML', '<html>', ''],
    ['nothing', '', ''],
    ['null', null, ''],
    ['odd errors', {errors: [null, 5, [[]]]}, ''],
  ])('%s', (_, body, text) => expect(textOf(body)).toBe(text));

  test('is cut where it is long', () => {
    expect(textOf({errors: [{title: 'x'.repeat(10_000)}]})).toHaveLength(500);
  });

  test('is nothing where the body could not be decompressed', () => {
    const response = {status: 502, headers: {a: 'b'}};
    expect(statusFailure(response, undefined)).toEqual({
      kind: 'status',
      status: 502,
      text: '',
      headers: {a: 'b'},
    });
  });
});

test('an error of the network is a time-out by its code, and keeps its obstacle', () => {
  const kindOf = (code?: string) => networkFailure(new NetworkError('x', code)).kind;
  expect(['ECONNABORTED', 'ETIMEDOUT', 'ECONNRESET', undefined].map(kindOf)).toEqual([
    'timeout',
    'timeout',
    'network',
    'network',
  ]);
  const obstacle = {kind: 'certificate'} as const;
  expect(networkFailure(new NetworkError('x', 'CERT_HAS_EXPIRED', obstacle)).obstacle).toBe(obstacle);
});

test('a failure is named by its status and text', () => {
  const failure = {kind: 'status', status: 429, text: 'Too many', headers: {}} as const;
  expect(describeFailure(failure)).toBe('429 Too many');
  expect(describeFailure({...failure, text: ''})).toBe('429');
  expect(describeFailure({kind: 'network', text: 'ECONNRESET', headers: {}})).toBe('ECONNRESET');
});
