import {tryConnection} from '../../src/commands/check';
import {connectionOf} from '../fakes/connection';

async function check(
  token: string,
  options: Parameters<typeof connectionOf>[0] = {},
): Promise<{succeeded: boolean; message: string | undefined}> {
  const {connection} = connectionOf({...options, config: {api_token: token, ...options.config}});
  return tryConnection(connection);
}

const SEARCH = 'org.user.search.read (or another of the search roles)';

describe('tryConnection', () => {
  test('a token that may read everything passes without a word', async () => {
    expect(await check('sandbox-token')).toEqual({succeeded: true, message: undefined});
  });

  test('asks once for the user, and for one record of each stream and of one archive', async () => {
    const {api, connection} = connectionOf();
    await tryConnection(connection);
    const {requests, records, total} = api.stats;
    // One more for what hangs on the customer that was found, and one for satisfaction responses, which few conversations have.
    expect(total).toBe(1 + connection.streams.length + 1 + 2);
    expect(requests['GET /v1/users/current']).toBe(1);
    expect(requests['POST /v1/customers/search note']).toBe(1);
    const several = Object.entries(records).filter(([, count]) => count > 1);
    expect(several).toEqual([['POST /v1/customers/search customer', 2]]);
  });

  test('says that the archive is refused, which a read goes on without', async () => {
    const {succeeded, message} = await check('sandbox-token', {settings: {archive: false}});
    expect(succeeded).toBe(true);
    expect(message).toMatch(
      /^The archive cannot be read \(POST .*archive.* 404.*"include_archived" to false/,
    );
    for (const config of [{include_archived: false}, {start_date: '2024-01-01'}]) {
      expect(await check('sandbox-token', {settings: {archive: false}, config})).toEqual({
        succeeded: true,
        message: undefined,
      });
    }
  });

  test('names what a token may not read, and the role that would grant it', async () => {
    expect(await check('sandbox-no-notes')).toEqual({
      succeeded: true,
      message: `The API key cannot read notes (POST /v1/customers/search (note) needs ${SEARCH}). These streams will fail; all others can be read.`,
    });
    const {succeeded, message} = await check('sandbox-search-only');
    expect(succeeded).toBe(true);
    for (const object of ['shortcut', 'tag', 'team', 'user']) {
      expect(message).toContain(`${object}s (GET /v1/${object}s needs org.permission.${object}.read`);
    }
    expect(message).not.toContain('customers (');
    expect(message).not.toContain('role_groups');
    expect(message).toContain('klasses (GET /v1/klasses needs org.permission.klass.read');
    expect(message).toContain('sla_versions (GET /v1/slas needs org.permission.sla.read');
    expect(message).not.toContain('companies (');
  });

  test('passes as long as there is anything that the token may read', async () => {
    const {succeeded, message} = await check('sandbox-users-only');
    expect(succeeded).toBe(true);
    expect(message).not.toContain('users (');
  });

  test('a wrong token fails', async () => {
    const {succeeded, message} = await check('wrong');
    expect(succeeded).toBe(false);
    expect(message).toMatch(/refuses GET \/v1\/users\/current \(401\): the API key is wrong/);
  });

  test('an expired token fails, and is called expired', async () => {
    const {succeeded, message} = await check('sandbox-expired');
    expect(succeeded).toBe(false);
    expect(message).toMatch(/^The API key has expired/);
  });

  test('an expired token is asked about once', async () => {
    const {api, connection} = connectionOf({config: {api_token: 'sandbox-expired'}});
    await tryConnection(connection);
    expect(api.stats.total).toBe(1);
  });

  test('a token of another region fails at once, and the region is named', async () => {
    const {api, connection} = connectionOf();
    const text = 'Auth token associated with pod prod2 but request is being handled by prod1';
    api.faults.add({kind: 'status', status: 401, text, times: -1});
    expect(await tryConnection(connection)).toEqual({
      succeeded: false,
      message: expect.stringMatching(/set "region" to Europe/) as string,
    });
    expect(api.stats.total).toBe(1);
  });

  test('a token that may not ask for its own user passes all the same', async () => {
    const {api, connection} = connectionOf();
    api.faults.add({kind: 'status', status: 401, match: {path: '/v1/users/current'}});
    expect(await tryConnection(connection)).toEqual({succeeded: true, message: undefined});
  });

  test('a token that is known but may read nothing fails, and is told the roles', async () => {
    const tokens = [{token: 'nothing', roles: ['org.permission.webhook.read']}];
    const {succeeded, message} = await check('nothing', {settings: {tokens}});
    expect(succeeded).toBe(false);
    expect(message).toMatch(
      /^The API key cannot read anything: conversations \(POST .* needs org\.user\.search\.read/,
    );
    expect(message).toContain('users (GET /v1/users needs org.permission.user.read');
  });

  test.each([
    [
      'a Kustomer that is down',
      {kind: 'status', status: 503, times: -1} as const,
      /gave no usable answer in \d+ attempts/,
    ],
    ['a page of HTML', {kind: 'html', times: -1} as const, /the body is no JSON \(text\/html, .*Please wait/],
    ['a spent quota', {kind: 'status', status: 429, times: -1} as const, /quota stayed spent/],
    [
      'a place without any of it',
      {kind: 'status', status: 404, times: -1} as const,
      /check "region" or "base_url"/,
    ],
  ])('%s fails with a sentence of its own', async (_, fault, sentence) => {
    const {connection, api} = connectionOf();
    api.faults.add(fault);
    const {succeeded, message} = await tryConnection(connection);
    expect(succeeded).toBe(false);
    expect(message).toMatch(sentence);
  });

  test('what breaks behind the first answer fails as well', async () => {
    const {connection, api} = connectionOf();
    api.faults.add({kind: 'status', status: 500, match: {path: '/v1/teams'}, times: -1});
    const {succeeded, message} = await tryConnection(connection);
    expect(succeeded).toBe(false);
    expect(message).toMatch(/GET \/v1\/teams gave no usable answer/);
  });

  test('what goes wrong with a stream that not every account has is only named', async () => {
    for (const [status, sentence] of [
      [402, /GET \/v1\/kb\/articles \(402/],
      [400, /GET \/v1\/kb\/articles \(400/],
      [500, /GET \/v1\/kb\/articles gave no usable answer/],
    ] as const) {
      const {connection, api} = connectionOf();
      api.faults.add({kind: 'status', status, match: {path: '/v1/kb/articles'}, times: -1});
      const {succeeded, message} = await tryConnection(connection);
      expect([succeeded, message]).toEqual([true, expect.stringMatching(sentence)]);
      expect(message).toMatch(/^One stream that not every account has may fail: /);
    }
  });

  test('a key that has expired meanwhile fails, also where it is such a stream that tells', async () => {
    const {connection, api} = connectionOf();
    api.faults.add({
      kind: 'status',
      status: 401,
      text: 'Token has expired',
      match: {path: '/v1/kb/articles'},
      times: -1,
    });
    expect(await tryConnection(connection)).toMatchObject({
      succeeded: false,
      message: expect.stringMatching(/^The API key has expired/) as string,
    });
  });

  test('names the role of each stream that not every account has', async () => {
    const {message} = await check('sandbox-search-only');
    for (const [stream, path, role] of [
      ['queues', '/v1/routing/queues', 'routing'],
      ['ai_automations', '/v1/ai/automations', 'assistant'],
      ['outbound_accounts', '/v1/outboundAccounts', 'apps'],
      ['cards', '/v1/cards', 'apps'],
      ['kb_articles', '/v1/kb/articles', 'kb'],
      ['shortcut_categories', '/v1/shortcuts/categories', 'shortcut'],
    ] as const) {
      expect(message).toContain(`${stream} (GET ${path} needs org.permission.${role}.read`);
    }
  });

  test('one bad answer is nothing', async () => {
    const {connection, api} = connectionOf();
    api.faults.add({kind: 'reset'}, {kind: 'status', status: 502, match: {path: '/v1/tags'}});
    expect(await tryConnection(connection)).toMatchObject({succeeded: true});
  });

  test('a Kustomer that rejects includeDeleted passes', async () => {
    expect(await check('sandbox-token', {settings: {rejectIncludeDeleted: true}})).toMatchObject({
      succeeded: true,
    });
  });
});
