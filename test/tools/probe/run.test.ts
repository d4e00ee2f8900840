import {MOST_REQUESTS} from '../../../tools/probe/ask';
import type {Finding} from '../../../tools/probe/finding';
import {AWKWARD, DOCUMENTED, EMPTY} from './accounts';
import {accountLike, probe, worldOfSize} from './probing';

function byTopic(findings: readonly Finding[]): Record<string, string> {
  return Object.fromEntries(findings.map(({topic, verdict, seen}) => [topic, `${verdict}: ${seen}`]));
}

test('the documented defaults: all is as assumed, or not there to be seen', async () => {
  const {findings, report} = await probe(DOCUMENTED);
  const others = findings.filter(({verdict}) => verdict !== 'as assumed');
  // The sandbox masks nothing, has no Date header in this process, and gzips only on the wire.
  expect(others.map(({topic, verdict}) => `${topic}: ${verdict}`)).toEqual([
    'masked values: not shown',
    'encoding: differs',
    'clocks: not shown',
    'roles: not shown',
  ]);
  expect(byTopic(findings)).toMatchObject({
    'search contexts': 'as assumed: customer, conversation, message, note, kobject, company: answered',
    'page sizes':
      'as assumed: search: 500 served; users: 1000 cut down to 500; teams: 500 taken; lists: 500 cut down to 100',
    bounds: expect.stringContaining('gte and lte: their bound is in'),
    archive: expect.stringContaining('note: refused (400'),
    klasses: expect.stringContaining('enabled: 4; existing_only: 1'),
    'rate limits': expect.stringMatching(/limit 1,000; searches: .*, limit 100 \(their own\)$/),
    'depth of searches': 'as assumed: page 101: refused (400, names the page)',
  });
  expect(report.requests).toBeLessThanOrEqual(MOST_REQUESTS);
});

test('an awkward account: each oddity is in the table, and what the connector does about it', async () => {
  const {findings, table, report} = await probe(AWKWARD);
  expect(byTopic(findings)).toMatchObject({
    'search contexts': expect.stringMatching(/^differs: .*; note: refused \(401\)$/),
    archive: expect.stringMatching(/^differs: .*: refused \(404\)$/),
    lists: expect.stringMatching(/with a total; teams, shortcuts, brands, schedules, slas: refused \(401\)/),
    'page sizes': expect.stringMatching(/search: larger pages refused \(400\), 100 taken.*50 taken$/),
    order: expect.stringMatching(/^differs: .*ascending to the second/),
    bounds: expect.stringMatching(/^differs: .*their bound is out.*an instant alone is missed$/),
    totals: expect.stringMatching(/^differs: .*no total$/),
    timestamps: expect.stringMatching(/^differs: 6 digits, padded: \d+$/),
    attachments: 'as assumed: without an id, with links.self',
    roles: expect.stringContaining('metadata'),
  });
  expect(findings.filter(({verdict}) => verdict === 'failed' || verdict === 'not asked')).toEqual([]);
  expect(report.requests).toBeLessThanOrEqual(MOST_REQUESTS);
  expect(table).toMatch(/^! bounds .*finds out while it reads/m);
  expect(Math.max(...table.split('\n').map(({length}) => length))).toBeLessThan(170);
});

test('an empty account: what it cannot show is not shown, and nothing fails', async () => {
  const {findings, report} = await probe(EMPTY);
  const seen = byTopic(findings);
  for (const topic of [
    'order',
    'bodies and index',
    'bounds',
    'deleted in searches',
    'timestamps',
    'masked values',
  ]) {
    expect(seen[topic]).toMatch(/^not shown: /);
  }
  expect(findings.filter(({verdict}) => verdict === 'failed')).toEqual([]);
  expect(report.sandbox).toMatchObject({model: 'none', sizes: {customers: 0, tags: 0}});
});

test.each([
  ['documented', DOCUMENTED],
  ['awkward', AWKWARD],
  ['empty', EMPTY],
])('a sandbox that is told what was found of the %s one is found to be the same', async (_, account) => {
  const first = await probe(account);
  // The same records, since what is found depends on them too; only the behaviour is the report's.
  const second = await probe({...accountLike(first.report), world: account.world ?? worldOfSize(3000)});
  expect(second.findings).toEqual(first.findings);
  // With its own records, of which there are about as many.
  const third = await probe(accountLike(first.report));
  const told = ['search contexts', 'archive', 'lists', 'page sizes', 'bounds', 'totals', 'klasses', 'roles'];
  const verdicts = (findings: readonly Finding[]) =>
    findings.filter(({topic}) => told.includes(topic)).map(({topic, verdict}) => `${topic}: ${verdict}`);
  expect(verdicts(third.findings)).toEqual(verdicts(first.findings));
});

test('reads only: searches and GETs', async () => {
  const {api} = await probe(DOCUMENTED);
  const asked = Object.keys(api.stats.requests);
  expect(asked.length).toBeGreaterThan(20);
  expect(asked.filter((name) => !/^(GET |POST \/v1\/customers\/(archive\/)?search )/.test(name))).toEqual([]);
});

test.each([
  ['500', {kind: 'status' as const, status: 500, times: -1}],
  ['429', {kind: 'status' as const, status: 429, times: -1}],
  ['400', {kind: 'status' as const, status: 400, times: -1}],
  ['HTML', {kind: 'html' as const, times: -1}],
])(
  'never asks more than it may where everything answers %s, and says what was not asked',
  async (_, fault) => {
    const {api, findings, table} = await probe({
      ...EMPTY,
      prepare: ({faults}) =>
        faults.set([
          {...fault, match: {path: '/v1/customers/*'}},
          {...fault, match: {path: '/v1/*'}},
        ]),
    });
    expect(api.stats.total).toBeLessThanOrEqual(MOST_REQUESTS);
    expect(findings.some(({verdict}) => verdict === 'differs')).toBe(true);
    const notAsked = findings.filter(({verdict}) => verdict === 'not asked');
    if (notAsked.length > 0) {
      expect(table).toContain(`Not asked: ${notAsked.map(({topic}) => topic).join(', ')}.`);
    }
  },
);

test('one thing that breaks is said, and all others go on', async () => {
  const {findings} = await probe({
    world: worldOfSize(300),
    prepare: ({faults}) => faults.set([{kind: 'reset', times: -1, match: {path: '/v1/metadata/*'}}]),
  });
  const failed = findings.filter(({verdict}) => verdict === 'failed');
  expect(failed.map(({topic, seen}) => `${topic}: ${seen}`)).toEqual(['klasses: no answer (ECONNRESET)']);
});

test.each([
  ['sandbox-expired', /expired$/, {expired: true}],
  ['sandbox-other-region', /the key is of prod2, the host of prod1$/, {pod: 'prod2'}],
])('a key that is refused everywhere, %s, is not tried everywhere', async (token, seen, key) => {
  const {findings, report, api} = await probe({...EMPTY, token});
  expect(findings[0]).toMatchObject({
    topic: 'key and region',
    verdict: 'differs',
    seen: expect.stringMatching(seen),
  });
  expect(api.stats.total).toBe(1);
  expect(findings.filter(({verdict}) => verdict === 'not asked').length).toBeGreaterThan(15);
  expect(report.sandbox.settings.tokens).toEqual([expect.objectContaining(key)]);
});

test('Kustomer that cannot be reached is asked once, and once more', async () => {
  const {findings, report} = await probe({
    ...EMPTY,
    prepare: ({faults}) => faults.set([{kind: 'reset', times: -1}]),
  });
  expect(report.requests).toBe(2);
  expect(findings[0]?.seen).toBe('no answer (ECONNRESET)');
  expect(findings[1]?.seen).toBe('not asked: Kustomer cannot be reached');
});
