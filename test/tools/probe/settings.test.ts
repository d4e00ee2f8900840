import type {Settings} from '../../../sandbox/api/settings';
import {DOCUMENTED} from './accounts';
import {type Probed, probe, worldOfSize} from './probing';

/** A second page of tags, and of everything else a little. */
const FEW = {conversations: 30, messages: 30, notes: 30, kobjects: 30, companies: 30, teams: 3, users: 60};
const WORLD = worldOfSize(0, {sizes: {...FEW, customers: 400, shortcuts: 30, tags: 130}});
/** Large enough for totals to be capped, and for pages beyond the 10,000th record. */
const LARGE = worldOfSize(0, {sizes: {customers: 17_000}, model: 'none'});

function settingsOf({report}: Probed): Record<string, unknown> {
  return report.sandbox.settings as Record<string, unknown>;
}

const TOLD: readonly (readonly [string, Partial<Settings>])[] = [
  ['gte without its bound', {gteExcludes: true}],
  ['lte without its bound', {lteExcludes: true}],
  ['both without their bounds', {gteExcludes: true, lteExcludes: true}],
  ['gte cut to the second', {gteCutMs: 1000}],
  ['lte cut to the second', {lteCutMs: 1000}],
  ['filters to the second', {compareCutMs: 1000}],
  ['no order', {sortBy: 'nothing'}],
  ['no totals', {totals: 'missing'}],
  ['totals that are texts', {totals: 'text'}],
  ['totals that are objects', {totals: 'object'}],
  ['totals of 0', {totals: 'zero'}],
  ['totals that count pages', {totals: 'pages'}],
  ['impossible totals', {totals: 'huge'}],
  ['times to the second', {timestamps: 's'}],
  ['times of six digits', {timestamps: 'us'}],
  ['padded times', {timestamps: 'us0'}],
  ['times with +00:00', {timestamps: 'offset'}],
  ['times with an offset', {timestamps: 'shifted'}],
  ['times as numbers', {timestamps: 'epoch'}],
  ['ids that are numbers', {ids: 'number'}],
  ['no createdAt', {createdAts: false}],
  ['klasses without names', {klassNames: false}],
  ['totals in all lists', {listTotals: 'all'}],
  ['no meta in lists', {listMeta: false}],
  ['no links in lists', {listLinks: false}],
  ['no next on last pages', {nextLinks: 'absent'}],
  ['absolute links', {nextForm: 'absolute'}],
  ['cursors', {nextForm: 'cursor'}],
  ['pages from 0', {listFirstPage: 0}],
  ['includeDeleted refused', {rejectIncludeDeleted: true}],
  ['no archive', {archive: false}],
  ['a byte order mark', {charset: 'bom'}],
  ['masked values', {masked: ['emails', 'phones']}],
  ['larger pages refused, and why', {largerPages: 'refused', largerPagesStatus: 422}],
  ['larger pages refused without a reason', {largerPages: 'refused', largerPagesText: 'plain'}],
  ['other limits', {requestsPerMinute: 300, searchesPerMinute: 150, searchHeaders: 'search'}],
  ['the limit of the organization', {requestsPerMinute: 2000, searchHeaders: 'organization'}],
  ['searches that tell no limit', {searchHeaders: 'none'}],
  ['no limit told', {rateLimitHeaders: 'none'}],
  ['small pages', {pageSizes: {search: 100, lists: 50, users: 100, teams: 100, times: 100}}],
];

test.each(TOLD)('what is told of a sandbox is found out: %s', async (_, settings) => {
  const probed = await probe({world: WORLD, settings});
  expect(settingsOf(probed)).toMatchObject(settings);
});

test.each<readonly [string, Partial<Settings>]>([
  ['totals that stop', {totals: 'capped'}],
  ['totals that do not', {totals: 'exact'}],
  ['no record beyond the 10,000th', {deepFromRecord: 10_001, deepPages: 'refused'}],
  ['none, and nothing said', {deepFromRecord: 10_001, deepPages: 'empty'}],
  ['the first page again', {deepFromRecord: 10_001, deepPages: 'first'}],
])('of many records: %s', async (_, settings) => {
  expect(settingsOf(await probe({world: LARGE, settings}))).toMatchObject(settings);
});

test.each<readonly [string, Partial<Settings>]>([
  ['attachments without ids', {attachmentIds: false}],
  ['attachments with ids', {attachmentIds: true}],
  ['an order to the second', {sortBy: 'second'}],
])('what few records show: %s', async (_, settings) => {
  expect(settingsOf(await probe({...DOCUMENTED, settings}))).toMatchObject(settings);
});

test('records out of place, and without a time, are counted', async () => {
  const settings = {skewed: 0.02, skewMs: -40 * 86_400_000, badUpdatedAt: 0.05} as const;
  const {findings, report} = await probe({world: WORLD, settings});
  const bodies = findings.find(({topic}) => topic === 'bodies and index');
  expect(bodies).toMatchObject({verdict: 'differs', seen: expect.stringMatching(/: 0 newer, \d+ older$/)});
  const {badUpdatedAt, badUpdatedAtAs, skewMs} = report.sandbox.settings;
  expect([badUpdatedAtAs, Math.sign(skewMs ?? 0)]).toEqual(['absent', -1]);
  expect(badUpdatedAt).toBeCloseTo(0.05, 1);
});

test('a context that is refused is a rule, and a role that is missing is the key', async () => {
  const refusals = [
    {of: 'search' as const, names: ['note'], status: 400, text: 'Unknown attribute note_updated_at'},
    {of: 'archive' as const, names: ['message'], status: 402},
    {of: 'lists' as const, names: ['slas'], status: 404},
  ];
  const {report, findings} = await probe({world: WORLD, settings: {refusals}});
  expect(report.sandbox.settings.refusals).toEqual(
    refusals.map(({of, names, status}) => ({of, names, status})),
  );
  expect(findings.find(({topic}) => topic === 'search contexts')?.seen).toMatch(
    /note: refused \(400, names an attribute\)/,
  );
});

test('a key of few roles becomes a key of the same roles', async () => {
  const {report} = await probe({world: WORLD, token: 'sandbox-users-only'});
  const [key] = report.sandbox.settings.tokens ?? [];
  expect(key?.roles).toContain('org.permission.user.read');
  expect(key?.roles.filter((role) => /search|tag|conversation/.test(role))).toEqual([]);
  const {report: without} = await probe({world: WORLD, token: 'sandbox-no-notes'});
  expect(without.sandbox.settings.tokens?.[0]?.deniedContexts).toEqual(['note']);
});
