import {UNLIMITED} from '../../sandbox/api/settings';
import {type Sandbox, startServer} from '../../sandbox/server/listen';
import {Connector, STREAMS, allIn} from '../support/connector';
import {errorsOf, logsOf, outcomeOf} from '../support/messages';
import {expectProtocol} from '../support/protocol';
import {expectSame, foundOf, truthOf} from '../support/truth';

let sandbox: Sandbox;
let connector: Connector;

beforeAll(async () => {
  sandbox = await startServer({size: 500, settings: UNLIMITED});
  connector = new Connector(sandbox.url);
});

afterAll(async () => {
  connector.close();
  await sandbox.close();
});

afterEach(() => {
  sandbox.api.faults.set([]);
  sandbox.api.faults.hook = undefined;
});

async function check(
  change: Record<string, unknown>,
): Promise<[number | null, string | undefined, string | undefined]> {
  const {code, messages} = await connector.check(change);
  const {status, message} = messages.at(-1)?.connectionStatus ?? {};
  return [code, status, message];
}

describe('check', () => {
  test.each<[string, Record<string, unknown>, string, RegExp | undefined]>([
    ['a good configuration', {}, 'SUCCEEDED', undefined],
    [
      'a wrong token',
      {api_token: 'sandbox-wrong'},
      'FAILED',
      /API key is wrong, has expired, or is of another region/,
    ],
    ['an expired token', {api_token: 'sandbox-expired'}, 'FAILED', /has expired/],
    [
      'a token without notes',
      {api_token: 'sandbox-no-notes'},
      'SUCCEEDED',
      /cannot read notes \(.*org\.user\.search\.read/,
    ],
    [
      'a bad value',
      {page_size: 1000, region: 'mars'},
      'FAILED',
      /"region" must be one of United States, Europe, India, us, eu, in; "page_size" must be a whole number from 1 to 500/,
    ],
    [
      'http to a public host',
      {base_url: 'http://api.kustomerapp.com'},
      'FAILED',
      /"base_url" must begin with https:\/\//,
    ],
  ])('%s', async (_, change, status, sentence) => {
    const [code, found, message] = await check(change);
    expect([code, found]).toEqual([0, status]);
    if (sentence) expect(message).toMatch(sentence);
    else expect(message).toBeUndefined();
  });
});

describe('read', () => {
  test('a missing role fails its stream only', async () => {
    const {code, messages} = await connector.read({
      streams: allIn('full_refresh'),
      config: {api_token: 'sandbox-no-notes'},
    });
    expect(code).toBe(1);
    expectProtocol(messages, STREAMS);
    const [error, ...others] = errorsOf(messages);
    expect(others).toEqual([]);
    expect(error).toMatchObject({
      failure_type: 'config_error',
      stream_descriptor: {name: 'notes'},
      internal_message: 'RefusedError: forbidden Forbidden',
      stack_trace: expect.stringContaining('RefusedError') as string,
    });
    expect(error?.message).toMatch(/POST \/v1\/customers\/search \(note\).*org\.user\.search\.read/);
    for (const stream of STREAMS) {
      expect(outcomeOf(messages, stream)).toBe(stream === 'notes' ? 'INCOMPLETE' : 'COMPLETE');
      if (stream !== 'notes') expectSame(foundOf(messages, stream), truthOf(sandbox.world, stream), stream);
    }
  });

  test('a wrong token fails every stream, each by name', async () => {
    const {code, messages} = await connector.read({
      streams: allIn('incremental'),
      config: {api_token: 'sandbox-wrong'},
    });
    expect(code).toBe(1);
    expectProtocol(messages, STREAMS);
    const failed = errorsOf(messages);
    expect(failed.map((error) => error.stream_descriptor?.name).sort()).toEqual(STREAMS);
    expect(failed.every((error) => error.failure_type === 'config_error')).toBe(true);
    expect(messages.filter(({record}) => record)).toEqual([]);
  });

  test('what the config holds besides is not shown: it may be a secret of another version', async () => {
    const config = {access_token: 'secret-5f2b', credentials: {password: 'secret-6a3c'}};
    const {code, messages} = await connector.read({streams: {tags: 'incremental'}, config});
    expect(code).toBe(0);
    expect(logsOf(messages).join()).toContain('"api_token":"REDACTED"');
  });

  test('a stream that there is none of is told of; the others are read', async () => {
    const {code, messages} = await connector.read({streams: {unicorns: 'incremental', tags: 'incremental'}});
    expect(code).toBe(1);
    expectProtocol(messages, ['unicorns', 'tags']);
    expect(errorsOf(messages)).toEqual([
      expect.objectContaining({
        failure_type: 'config_error',
        stream_descriptor: {name: 'unicorns'},
        message: expect.stringMatching(
          /There is no stream "unicorns" in Kustomer; known are conversations, /,
        ) as string,
      }),
    ]);
    expectSame(foundOf(messages, 'tags'), truthOf(sandbox.world, 'tags'), 'tags');
  });

  test('a state of one stream that cannot be read fails that stream only', async () => {
    const states = {tags: {updated_at: 'yesterday'}, teams: {updated_at: '2020-01-01'}};
    const state = Object.entries(states).map(([name, stream_state]) => ({
      type: 'STREAM',
      stream: {stream_descriptor: {name}, stream_state},
    }));
    const {code, messages} = await connector.read({
      streams: {tags: 'incremental', teams: 'incremental'},
      state,
    });
    expect(code).toBe(1);
    expectProtocol(messages, ['tags', 'teams']);
    expect(errorsOf(messages)).toEqual([
      expect.objectContaining({failure_type: 'config_error', stream_descriptor: {name: 'tags'}}),
    ]);
    expect(outcomeOf(messages, 'teams')).toBe('COMPLETE');
  });

  test('a spent quota is waited for, and the streams say so meanwhile', async () => {
    let requests = 0;
    let reset = 0;
    sandbox.api.faults.hook = (_request, _context, now) => {
      if (++requests !== 3) return undefined;
      reset = Math.ceil(now / 1000) + 1;
      return {
        kind: 'status',
        status: 429,
        headers: {'x-ratelimit-remaining': '0', 'x-ratelimit-reset': String(reset)},
      };
    };
    const {code, messages} = await connector.read({streams: allIn('incremental')});
    expect(code).toBe(0);
    expectProtocol(messages, STREAMS);
    const limited = messages.flatMap(({trace}) =>
      trace?.stream_status?.reasons ? [trace.stream_status] : [],
    );
    expect(limited.length).toBeGreaterThan(0);
    expect(limited[0]).toMatchObject({
      status: 'RUNNING',
      reasons: [{type: 'RATE_LIMITED', rate_limited: {quota_reset: reset * 1000}}],
    });
    for (const stream of STREAMS) {
      expectSame(foundOf(messages, stream), truthOf(sandbox.world, stream), stream);
    }
  });

  test('what passes is no failure: resets, cut bodies, HTML, 5xx, partial answers', async () => {
    const search = {path: '/v1/customers/search'};
    sandbox.api.faults.set([
      {kind: 'reset', match: {nth: 2}},
      {kind: 'cut', match: {...search, nth: 3}},
      {kind: 'html', match: {nth: 4}},
      {kind: 'status', status: 502, match: {nth: 5}},
      {kind: 'timed_out', match: {...search, nth: 2}},
      {kind: 'noData', match: {nth: 7}},
    ]);
    const {code, messages} = await connector.read({streams: allIn('incremental')});
    expect(code).toBe(0);
    expect(sandbox.api.faults.fired).toBeGreaterThanOrEqual(6);
    expectProtocol(messages, STREAMS);
    for (const stream of STREAMS) {
      expectSame(foundOf(messages, stream), truthOf(sandbox.world, stream), stream);
    }
    expect(
      logsOf(messages).filter((line) => /; retrying (in|at once)/.test(line)).length,
    ).toBeGreaterThanOrEqual(6);
  });

  test('a reader that goes away ends it, and not with 0', async () => {
    const {code, signal, messages} = await connector.read({
      streams: allIn('incremental'),
      onMessage: ({record}, _kill, hangUp) => record && hangUp(),
    });
    expect([code, signal]).toEqual([1, null]);
    expect(messages.some(({record}) => record)).toBe(true);
    expect(outcomeOf(messages, 'messages')).not.toBe('COMPLETE');
  });

  test.each<[string, unknown, unknown, RegExp]>([
    [
      'catalog',
      {streams: 'all'},
      undefined,
      /^The configured catalog must be a JSON object with a list "streams"/,
    ],
    ['catalog', '{"streams": [', undefined, /^The configured catalog file .* is not valid JSON/],
    ['state', {streams: []}, ['x'], /^The state given to this read is of no form this connector knows/],
    ['state', {streams: []}, '[{', /^The state file .* is not valid JSON/],
  ])('a malformed %s ends it in one error', async (_, catalog, state, sentence) => {
    const {code, messages} = await connector.read({catalog, ...(state !== undefined && {state})});
    expect(code).toBe(1);
    expect(errorsOf(messages)).toEqual([
      expect.objectContaining({
        failure_type: 'config_error',
        message: expect.stringMatching(sentence) as string,
      }),
    ]);
    expect(messages.filter(({type}) => type !== 'LOG')).toHaveLength(1);
  });
});

test('a command line that is none ends with 1, an error for the platform, and the usage for people', async () => {
  for (const args of [['sing'], [], ['read', '--config', 'x'], ['check'], ['check', '--sing']]) {
    const {code, messages, stderr} = await connector.run(args);
    expect(code).toBe(1);
    expect(messages.map(({trace}) => trace?.error?.failure_type)).toEqual(['config_error']);
    expect(stderr).toContain(errorsOf(messages)[0]?.message);
    expect(stderr).toContain('Usage: source-kustomer');
  }
});
