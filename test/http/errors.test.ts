import {
  BadResponseError,
  type Endpoint,
  KustomerError,
  OutOfReachError,
  RefusedError,
  StoppedError,
  UnavailableError,
  describeEndpoint,
} from '../../src/http/errors';

const SEARCH: Endpoint = {method: 'POST', path: '/v1/customers/search', context: 'note'};
const TAGS: Endpoint = {method: 'GET', path: '/v1/tags'};

test('an endpoint is named by method, path and context', () => {
  expect(describeEndpoint(TAGS)).toBe('GET /v1/tags');
  expect(describeEndpoint(SEARCH)).toBe('POST /v1/customers/search (note)');
});

test.each([
  [new RefusedError(TAGS, 401, 'unauthorized'), 'RefusedError', 'GET /v1/tags answered 401: unauthorized'],
  [new RefusedError(TAGS, 404, ''), 'RefusedError', 'GET /v1/tags answered 404'],
  [
    new UnavailableError({endpoint: TAGS, tries: 3, lastFailure: 'ECONNRESET', status: undefined}),
    'UnavailableError',
    'GET /v1/tags gave no usable answer in 3 attempts; the last: ECONNRESET',
  ],
  [
    new BadResponseError(SEARCH, 'not sorted'),
    'BadResponseError',
    'POST /v1/customers/search (note) broke a rule of its own: not sorted',
  ],
  [
    new OutOfReachError(SEARCH, 'too many'),
    'OutOfReachError',
    'POST /v1/customers/search (note) cannot be read completely: too many',
  ],
  [new StoppedError(), 'StoppedError', 'stopped before it was finished'],
])('%s', (error, name, message) => {
  expect(error).toBeInstanceOf(KustomerError);
  expect(error).toMatchObject({name, message});
});
