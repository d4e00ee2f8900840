import {setTimeout as delay} from 'node:timers/promises';
import type {Sandbox, ServerSettings} from '../../../sandbox/server/listen';
import {control, conversations, DAY_MS, LOUD, trial, WHOLE} from './common';

const SMALL_PAGES = {page_size: 100};
/** About one record of 3,000. */
const FEW = 0.0005;
const LAG_MS = 2_000;

async function bulk({url}: Sandbox): Promise<void> {
  await control(url, 'change', {bulk: 400});
}

async function churn({url}: Sandbox, perSecond: number): Promise<void> {
  await control(url, 'churn', {perSecond});
}

/** Searches whose answers lack something, or tell another time than that of their place. */
export const HOLES = [
  ...(['empty', 'emptyTold'] as const).map((kind) =>
    trial(`F2 ${kind}`, `the 10th answer has no records (${kind})`, {
      world: conversations(6_000),
      config: SMALL_PAGES,
      runs: [{faults: [{kind, match: {nth: 10}}], expect: WHOLE}],
    }),
  ),
  trial('F2 always', 'one in ten answers has no records, and says that this is all', {
    world: conversations(6_000, {emptyPages: 0.1, holesTold: true}),
    config: SMALL_PAGES,
    runs: [{expect: WHOLE}],
  }),
  ...(
    [
      ['g1', 4_000 * DAY_MS, 'later than now'],
      ['g2', DAY_MS, 'a day later'],
      ['g3', -DAY_MS, 'a day earlier'],
    ] as const
  ).map(([label, skewMs, words]) =>
    trial(`F3 ${label}`, `one record tells a time ${words} than its place`, {
      world: conversations(3_000, {skewed: FEW, skewMs}),
      onlyIds: true,
      runs: [{expect: WHOLE}, {expect: WHOLE}],
    }),
  ),
  trial('F3 g4', '8 changes a second, index 2 s late, bodies from the store; then quiet', {
    world: conversations(6_000, {bodyFrom: 'store', lagMs: [LAG_MS, LAG_MS], latency: 50}),
    config: SMALL_PAGES,
    runs: [
      {before: (sandbox) => churn(sandbox, 8), expect: {exit: 0, missing: Infinity}},
      {expect: {exit: 0, missing: Infinity}},
      {
        before: async (sandbox) => {
          await churn(sandbox, 0);
          await delay(2 * LAG_MS);
        },
        expect: WHOLE,
      },
    ],
  }),
  ...(['absent', 'null', 'text', 'number'] as const).map((badUpdatedAtAs) =>
    trial(`F3 h-${badUpdatedAtAs}`, `updatedAt of one record: ${badUpdatedAtAs}`, {
      world: conversations(3_000, {badUpdatedAt: FEW, badUpdatedAtAs}),
      onlyIds: true,
      runs: [{expect: WHOLE}, {expect: WHOLE}],
    }),
  ),
  trial('F9 f4', 'one hit in fourteen is left out by chance', {
    world: conversations(3_000, {lostHits: 0.07}),
    config: SMALL_PAGES,
    runs: [{expect: {exit: 0, missing: Infinity, says: /./}}],
  }),
  trial('F9 f2', 'in one answer of ten a record stands in for another', {
    world: conversations(3_000, {repeatedHits: 0.1}),
    config: SMALL_PAGES,
    runs: [{expect: WHOLE}],
  }),
  trial('F9 hidden', 'records that search counts and never finds', {
    world: conversations(3_000, {hidden: 0.01}),
    config: SMALL_PAGES,
    runs: [{expect: {exit: 0, missing: Infinity, says: /./}}],
  }),
  trial('F9 p14c', 'half of one answer is missing; its total and next agree', {
    world: conversations(3_000),
    config: SMALL_PAGES,
    runs: [{faults: [{kind: 'shortTold', match: {nth: 10}}], expect: WHOLE}],
  }),
];

/** Filters and orders that are not as documented. */
const FILTERS: readonly (readonly [string, Partial<ServerSettings>, number])[] = [
  ['gteExcludes', {gteExcludes: true}, 0],
  ['lteExcludes', {lteExcludes: true}, 0],
  ['lteCut', {lteCutMs: 1_000}, 0],
  ['bothExclude', {gteExcludes: true, lteExcludes: true}, 0],
];

export const ORDERS = [
  ...FILTERS.map(([label, settings, exit]) =>
    trial(`F4 ${label}`, `${label}, with 400 records of one instant and pages of 100`, {
      world: conversations(3_000, settings),
      config: SMALL_PAGES,
      runs: [{before: bulk, expect: exit === 0 ? WHOLE : LOUD}],
    }),
  ),
  ...(['gteCutMs', 'compareCutMs'] as const).map((cut) =>
    trial(`F7 ${cut}`, `${cut} of a second, two records a second`, {
      world: {...conversations(3_000, {[cut]: 1_000}), historyDays: 0.02},
      config: SMALL_PAGES,
      runs: [{expect: WHOLE}, {expect: WHOLE}],
    }),
  ),
  trial('F7 day', 'compared to the day only', {
    world: {...conversations(3_000, {compareCutMs: DAY_MS}), historyDays: 3},
    config: SMALL_PAGES,
    runs: [{expect: LOUD}],
  }),
  ...(['random', 'descending'] as const).map((tieOrder) =>
    trial(`held tie-${tieOrder}`, `ties in ${tieOrder} order, 400 records of one instant`, {
      world: conversations(3_000, {tieOrder}),
      config: SMALL_PAGES,
      runs: [{before: bulk, expect: WHOLE}],
    }),
  ),
  trial('held second', 'sorted to the second', {
    world: {...conversations(3_000, {sortBy: 'second'}), historyDays: 0.02},
    config: SMALL_PAGES,
    runs: [{expect: WHOLE}],
  }),
  trial('held unsorted', 'sorted by nothing', {
    world: conversations(3_000, {sortBy: 'nothing'}),
    config: SMALL_PAGES,
    runs: [{expect: LOUD}],
  }),
  ...(['missing', 'wrong', 'pages', 'zero', 'text', 'object', 'huge'] as const).map((totals) =>
    trial(`held total-${totals}`, `total: ${totals}`, {
      world: conversations(3_000, {totals}),
      config: SMALL_PAGES,
      runs: [
        {before: bulk, expect: totals === 'wrong' ? {...LOUD, says: /keep changing|shows other/} : WHOLE},
      ],
    }),
  ),
  trial('F18 e5', 'total is always one too high', {
    world: conversations(3_000, {totals: 'off', totalOff: 1}),
    config: SMALL_PAGES,
    runs: [{before: bulk, expect: {...LOUD, says: /./}}],
  }),
  trial('held no-meta', 'searches without meta and links', {
    world: conversations(3_000, {searchMeta: false, searchLinks: false}),
    config: SMALL_PAGES,
    runs: [{before: bulk, expect: WHOLE}],
  }),
  ...(['twice', 'duplicate'] as const).map((kind) =>
    trial(`held ${kind}`, `each answer has records ${kind}`, {
      config: SMALL_PAGES,
      runs: [{faults: [{kind, times: -1}], expect: WHOLE}],
    }),
  ),
];
