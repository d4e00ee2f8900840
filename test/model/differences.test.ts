import fc from 'fast-check';
import type {Settings} from '../../sandbox/api/settings';
import {type Scene, Stage, scenes} from './stage';
import {NAMED, differing, expectTwoReads} from './two-reads';
import {ANY, type Told} from './verdicts';

/** How many histories are tried: jest.config.js says. */
declare const __HISTORIES__: number;
jest.setTimeout(600_000);
const options = {numRuns: __HISTORIES__, endOnFailure: process.env['MODEL_SHRINKS'] === 'no'};

type Difference = Partial<Settings>;
const SECOND: Told = (updatedAt) => (updatedAt === undefined ? 0 : Math.floor(updatedAt / 1000));

/** Reads scenes twice on servers that differ so. */
async function expectReads(
  differences: fc.Arbitrary<Difference>,
  {told, mayFail}: {told?: Told; mayFail?: (scene: Scene) => boolean} = {},
): Promise<void> {
  await fc.assert(
    fc.asyncProperty(scenes, differences, async (given, settings) => {
      const scene = differing(given, settings);
      const stage = new Stage(scene);
      await expectTwoReads(stage, {
        ...(told && {told}),
        ...(mayFail?.(scene) && {mayFail: NAMED}),
      });
    }),
    options,
  );
}

const KEEPS_CHANGING = ({settings, changes}: Scene): boolean =>
  settings.totals === 'wrong' || changes > 0 || settings.totals === 'missing' || settings.totalCap === 20;

describe('a server whose bodies do not come from its index', () => {
  test('is read whole: store', () => expectReads(fc.constant({bodyFrom: 'store'}), {mayFail: KEEPS_CHANGING}));
  test('is read whole: before', () => expectReads(fc.constant({bodyFrom: 'before'}), {told: ANY, mayFail: KEEPS_CHANGING}));
  test('is read whole: skewed', () =>
    expectReads(
      fc.record({
        skewed: fc.constantFrom(0.05, 0.1),
        skewMs: fc.constantFrom(1, -1, 400, -400, 5000, -5000, 86_400_000, -86_400_000, 3e10, -3e10),
      }),
      {told: ANY, mayFail: KEEPS_CHANGING},
    ));
  test('bad updatedAt', () =>
    expectReads(
      fc.record({
        badUpdatedAt: fc.constantFrom(0.03, 0.1),
        badUpdatedAtAs: fc.constantFrom('absent', 'null', 'text', 'number'),
      }),
      {told: ANY, mayFail: KEEPS_CHANGING},
    ));
});

describe('bounds', () => {
  test('excludes', () =>
    expectReads(
      fc.record({gteExcludes: fc.boolean(), lteExcludes: fc.boolean()}),
      {mayFail: KEEPS_CHANGING},
    ));
  test('cuts', () =>
    expectReads(
      fc.constantFrom({gteCutMs: 1000}, {lteCutMs: 1000}, {gteCutMs: 1000, lteCutMs: 1000}, {compareCutMs: 1000}),
      {mayFail: KEEPS_CHANGING},
    ));
  test('second', () => expectReads(fc.constant({sortBy: 'second'}), {mayFail: KEEPS_CHANGING}));
  test('random ties', () => expectReads(fc.constantFrom({tieOrder: 'random'}, {tieOrder: 'descending'}), {mayFail: KEEPS_CHANGING}));
  test('timestamps', () =>
    expectReads(fc.constantFrom({timestamps: 's'}, {timestamps: 'us'}, {timestamps: 'us0'}, {timestamps: 'offset'}, {timestamps: 'shifted'}), {told: SECOND, mayFail: KEEPS_CHANGING}));
});
