import fc from 'fast-check';
import type {Settings} from '../../sandbox/api/settings';
import {COARSE_MS} from '../../src/keyset/places';
import {parseInstant} from '../../src/time';
import {type Scene, Stage, scenes} from './stage';
import {NAMED, type Verdict, differing, expectTwoReads} from './two-reads';
import {ANY, type Told} from './verdicts';

/** How many histories are tried: jest.config.js says. */
declare const __HISTORIES__: number;
jest.setTimeout(600_000);

const options = {
  numRuns: Math.ceil(__HISTORIES__ / 3),
  endOnFailure: process.env['MODEL_SHRINKS'] === 'no',
};

type Difference = Partial<Settings>;

/** In a smaller page, the records that do not stand where they say can outnumber those that do, and pass for the order. */
const LEAST_SERVED = 6;

const SECOND: Told = (updatedAt) => (updatedAt === undefined ? 0 : Math.floor(updatedAt / 1000));

/** Nothing proves records whole that page numbers alone tell apart, where nothing counts them or they change. */
function isUnproved({settings, changes}: Scene): boolean {
  return changes > 0 || settings.totals === 'missing' || settings.totalCap === 20;
}

/**
 * What says of itself that it was changed in the second behind the end of a read may really lie there, and belongs to the next one:
 * that begins a lookback before.
 */
function isToldInTime({settings}: Scene): NonNullable<Verdict['isOwed']> {
  const {skewed = [], skewMs = 0} = settings;
  const isSkewed = (key: string): boolean => (skewed as readonly string[]).some((id) => key.includes(id));
  return (key, {began}) => {
    const told = (parseInstant(key.split(' ')[1]) ?? 0) + skewMs;
    return !isSkewed(key) || told <= began || told > began + COARSE_MS;
  };
}

/** Totals that lie by chance have properties of their own: here they would hide what is looked for. */
function settled(scene: Scene): Scene {
  const {totals, maxPageSize = 0} = scene.settings;
  return {
    ...scene,
    pageSize: Math.max(LEAST_SERVED, scene.pageSize),
    settings: {
      ...scene.settings,
      ...(totals === 'wrong' && {totals: 'exact'}),
      maxPageSize: Math.max(LEAST_SERVED, maxPageSize),
    },
  };
}

async function expectReads(
  differences: (scene: Scene) => fc.Arbitrary<Difference>,
  {
    told,
    mayFail,
    still,
    isDue,
  }: Pick<Verdict, 'told' | 'mayFail'> & {
    still?: boolean;
    isDue?: (scene: Scene) => NonNullable<Verdict['isOwed']>;
  } = {},
): Promise<void> {
  const cases = scenes
    .map(settled)
    .chain((scene) => differences(scene).map((difference) => differing(scene, difference)));
  await fc.assert(
    fc.asyncProperty(cases, async (given) => {
      const scene = still ? {...given, changes: 0} : given;
      await expectTwoReads(new Stage(scene), {
        ...(told && {told}),
        ...(isDue && {isOwed: isDue(scene)}),
        mayFail: mayFail ?? (isUnproved(scene) ? NAMED : undefined),
      });
    }),
    options,
  );
}

/** One of these, whatever the scene. */
function anyOf(...differences: readonly Difference[]): () => fc.Arbitrary<Difference> {
  return () => fc.constantFrom(...differences);
}

describe('a read, and the next one, are complete or fail by name where', () => {
  test('bodies come from a store that is ahead of the index', () => expectReads(anyOf({bodyFrom: 'store'})));

  test('bodies are older than the index', () => expectReads(anyOf({bodyFrom: 'before'}), {told: ANY}));

  test('the body of one record never agrees with its place', () =>
    expectReads(
      ({rows}) =>
        fc.record({
          skewed: fc.constantFrom([''], ...rows.map(({id}) => [id])),
          skewMs: fc.constantFrom(1, -1, 400, -400, 5_000, -5_000, 86_400_000, -86_400_000, 3e10, -3e10),
        }),
      {told: ANY, mayFail: NAMED, isDue: isToldInTime},
    ));

  test('some records have no usable updatedAt', () =>
    expectReads(
      () =>
        fc.record({
          badUpdatedAt: fc.constantFrom(0.03, 0.1),
          badUpdatedAtAs: fc.constantFrom('absent', 'null', 'text', 'number'),
        }),
      {told: ANY, mayFail: NAMED},
    ));

  test('filters leave out their bounds', () =>
    expectReads(anyOf({gteExcludes: true}, {lteExcludes: true}, {gteExcludes: true, lteExcludes: true})));

  test('filters are exact to the second only', () =>
    expectReads(
      anyOf({gteCutMs: 1000}, {lteCutMs: 1000}, {gteCutMs: 1000, lteCutMs: 1000}, {compareCutMs: 1000}),
    ));

  test('records are sorted to the second only', () => expectReads(anyOf({sortBy: 'second'})));

  test('records that sort equal come in another order each time', () =>
    expectReads(anyOf({tieOrder: 'random'}, {tieOrder: 'descending'})));

  test('times are written in other ways', () =>
    expectReads(
      anyOf(
        {timestamps: 's'},
        {timestamps: 'us'},
        {timestamps: 'us0'},
        {timestamps: 'offset'},
        {timestamps: 'shifted'},
      ),
      {told: SECOND},
    ));

  test('totals are wrong in one way or another, or there is nothing but records', () =>
    expectReads(
      anyOf(
        {totals: 'off', totalOff: 1},
        {totals: 'off', totalOff: -1},
        {totals: 'pages'},
        {totals: 'zero'},
        {totals: 'text'},
        {totals: 'object'},
        {totals: 'huge'},
        {searchMeta: false, searchLinks: false},
      ),
      {mayFail: NAMED, still: true},
    ));

  test('deep pages are refused, fail, are empty or are the first one again', () =>
    expectReads(
      () =>
        fc.record({
          deepPages: fc.constantFrom('refused', 'failed', 'empty', 'first'),
          deepFromPage: fc.constantFrom(3, 5, 9),
          totals: fc.constantFrom('exact', 'capped'),
          // Where such pages are all the same, a cap that is lower than documented is the only count there is.
          totalCap: fc.constant(10_000),
        }),
      {mayFail: new RegExp(`${NAMED.source}|RefusedError|UnavailableError`)},
    ));

  test('page sizes are refused, in one way or another', () =>
    expectReads(() =>
      fc.record({
        largerPages: fc.constant('refused'),
        largerPagesStatus: fc.constantFrom(400, 413, 422),
        largerPagesText: fc.constantFrom('maximum', 'plain'),
        maxPageSize: fc.constantFrom(25, 50, 60),
      }),
    ));

  test('the index never shows some records that it counts: all others come', async () => {
    await fc.assert(
      fc.asyncProperty(scenes.map(settled), fc.nat(), async (given, pick) => {
        const hidden = given.rows.filter((_, at) => at % 5 === pick % 5).map(({id}) => id);
        const scene = differing(given, {hidden, totals: 'exact'});
        await expectTwoReads(new Stage(scene), {
          mayFail: NAMED,
          isOwed: (key: string) => !hidden.some((id) => key.includes(id)),
        });
      }),
      options,
    );
  });
});
