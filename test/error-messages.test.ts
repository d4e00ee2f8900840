import {InputError} from '../src/airbyte/input-error';
import {InvalidStateError} from '../src/cursor/stream-state';
import {explain, isKeyRefusal} from '../src/error-messages';
import {
  BadResponseError,
  ConnectionError,
  IncompleteError,
  type Endpoint,
  OutOfReachError,
  RefusedError,
  StoppedError,
  UnavailableError,
  UnsettledError,
} from '../src/http/errors';
import {MalformedRecord, compileShape} from '../src/records/shape';

const NOTES: Endpoint = {method: 'POST', path: '/v1/customers/search', context: 'note'};
const TAGS: Endpoint = {method: 'GET', path: '/v1/tags'};

function malformed(): unknown {
  try {
    return compileShape({type: 'object', properties: {}})('no resource');
  } catch (error) {
    return error;
  }
}

describe('explain', () => {
  test.each<[string, unknown, string, RegExp]>([
    ['bad input', new InputError('Do this.', 'detail'), 'config_error', /^Do this\.$/],
    [
      'a bad state',
      new InvalidStateError('no cursor'),
      'config_error',
      /state of this stream .*no cursor.* Reset/,
    ],
    [
      'an expired token',
      new RefusedError(TAGS, 401, 'unauthorized Token has expired'),
      'config_error',
      /API key has expired \(GET \/v1\/tags says so\): make a new one/,
    ],
    [
      'a wrong token',
      new RefusedError(TAGS, 401, 'unauthorized'),
      'config_error',
      /refuses GET \/v1\/tags \(401\): the API key is wrong, has expired, or is of another region\..* role org\.permission\.tag\.read/,
    ],
    [
      'a missing search role',
      new RefusedError(NOTES, 401, ''),
      'config_error',
      /POST \/v1\/customers\/search \(note\) \(401\): .*org\.user\.search\.read/,
    ],
    [
      'a 403',
      new RefusedError(TAGS, 403, ''),
      'config_error',
      /GET \/v1\/tags \(403\): the API key lacks the role org\.permission\.tag\.read .*, or it is bound to IP addresses/,
    ],
    [
      'a key of another region',
      new RefusedError(
        TAGS,
        401,
        'unauthorized Auth token associated with pod prod2 but request is being handled by prod1',
      ),
      'config_error',
      /^The API key is of another region \(Kustomer's pod prod2\): set "region" to Europe,/,
    ],
    [
      'a key of a region that is not known',
      new RefusedError(
        TAGS,
        400,
        'Auth token associated with pod prod9 but request is being handled by prod1',
      ),
      'config_error',
      /pod prod9\): set "base_url" to your organization's own host/,
    ],
    [
      'a bill',
      new RefusedError(TAGS, 402, 'payment due'),
      'config_error',
      /wants to be paid for GET \/v1\/tags \(402: payment due\)/,
    ],
    [
      'a 422',
      new RefusedError(TAGS, 422, ''),
      'config_error',
      /understands GET \/v1\/tags but cannot process it \(422\): .* Leave the stream out/,
    ],
    [
      'a 407 that no proxy is known to have sent',
      new RefusedError(TAGS, 407, ''),
      'config_error',
      /^The proxy asks for a user name and a password/,
    ],
    ['a 501', new RefusedError(TAGS, 501, ''), 'system_error', /does not accept GET \/v1\/tags \(501\)/],
    [
      'a connection that cannot be made',
      new ConnectionError(TAGS, {kind: 'certificate'}, 'CERT_HAS_EXPIRED: certificate has expired'),
      'config_error',
      /^Kustomer's certificate cannot be verified \(CERT_HAS_EXPIRED: certificate has expired\)/,
    ],
    [
      'a 404',
      new RefusedError(TAGS, 404, ''),
      'config_error',
      /does not know GET \/v1\/tags: check "region" or "base_url"/,
    ],
    [
      'a redirect',
      new RefusedError(TAGS, 302, ''),
      'config_error',
      /redirects elsewhere, and the token is not sent there/,
    ],
    [
      'a 400',
      new RefusedError(TAGS, 400, 'bad_request page'),
      'system_error',
      /does not accept GET \/v1\/tags \(400: bad_request page\)/,
    ],
    ['a 413', new RefusedError(TAGS, 413, ''), 'system_error', /does not accept GET \/v1\/tags \(413\)/],
    [
      'a spent quota',
      new UnavailableError({endpoint: TAGS, tries: 9, lastFailure: '429', status: 429}),
      'transient_error',
      /quota stayed spent through 9 attempts of GET \/v1\/tags/,
    ],
    [
      'a 500',
      new UnavailableError({endpoint: TAGS, tries: 7, lastFailure: '500 boom', status: 500}),
      'transient_error',
      /GET \/v1\/tags gave no usable answer in 7 attempts \(the last: 500 boom\)/,
    ],
    [
      'no network',
      new UnavailableError({
        endpoint: TAGS,
        tries: 7,
        lastFailure: 'ENOTFOUND: getaddrinfo',
        status: undefined,
      }),
      'transient_error',
      /could not be reached in 7 attempts \(the last: ENOTFOUND.*check "base_url" and the network, or try again later/,
    ],
    [
      'a reset',
      new UnavailableError({
        endpoint: TAGS,
        tries: 7,
        lastFailure: 'ECONNRESET: socket hang up',
        status: undefined,
      }),
      'transient_error',
      /gave no usable answer in 7 attempts \(the last: ECONNRESET/,
    ],
    [
      'a stop',
      new StoppedError(),
      'transient_error',
      /stopped before it was finished; the next one continues/,
    ],
    [
      'a list that is busy',
      new UnsettledError(TAGS, 'each of 5 readings saw other records'),
      'transient_error',
      /GET \/v1\/tags kept changing .*Nothing was skipped.* Try again at a quieter time/,
    ],
    [
      'a part that is missing',
      new IncompleteError(['message', 'kobject.order'], new RefusedError(TAGS, 401, '')),
      'config_error',
      /^message, kobject\.order could not be read, all else was: Kustomer refuses GET \/v1\/tags \(401\): .*role/,
    ],
    [
      'a broken rule',
      new BadResponseError(NOTES, 'not sorted'),
      'system_error',
      /not sorted.*Nothing was skipped/,
    ],
    [
      'what is out of reach',
      new OutOfReachError(NOTES, '20000 records'),
      'system_error',
      /20000 records.*Nothing was skipped/,
    ],
    ['no record', malformed(), 'system_error', /Kustomer sent a record that cannot be read/],
    ['a defect', new TypeError('x is undefined'), 'system_error', /A defect of this connector/],
    ['what is no error', 'boom', 'system_error', /A defect of this connector/],
    ['nothing at all', undefined, 'system_error', /A defect of this connector/],
  ])('%s', (_, error, failureType, sentence) => {
    const explanation = explain(error);
    expect(explanation.failureType).toBe(failureType);
    expect(explanation.message).toMatch(sentence);
    expect(explanation.message).toMatch(/\.$/);
  });

  test('has a sentence of its own for every error that a room raises', () => {
    expect(malformed()).toBeInstanceOf(MalformedRecord);
  });

  test('keeps the detail and the stack for us', () => {
    const error = new RefusedError(TAGS, 401, 'unauthorized Unauthorized');
    const {internal, stack} = explain(error);
    expect(internal).toBe('RefusedError: unauthorized Unauthorized');
    expect(stack).toBe(error.stack);
    expect(explain(new TypeError('x is undefined')).internal).toBe('TypeError: x is undefined');
    expect(explain(new InputError('sentence', 'detail')).internal).toBe('InputError: detail');
    expect(explain('boom')).toEqual({
      message: expect.any(String) as string,
      internal: 'boom',
      failureType: 'system_error',
    });
  });
});

test('some refusals are about the key, whatever it is asked for', () => {
  const isOfKey = (status: number, texts: string) => isKeyRefusal(new RefusedError(TAGS, status, texts));
  expect(isOfKey(401, 'Token has expired')).toBe(true);
  expect(isOfKey(403, 'associated with pod prod2 but request is being handled by prod1')).toBe(true);
  expect(isOfKey(401, 'unauthorized')).toBe(false);
  expect(isOfKey(403, 'the trial expired')).toBe(false);
});
