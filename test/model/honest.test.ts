import fc from 'fast-check';
import type {Fault} from '../../sandbox/faults/faults';
import {errorsOf} from './harness';
import {type Scene, Stage, scenes} from './stage';
import {ANY, complete, isOf, missing, statesAt} from './verdicts';

/** How many histories are tried: jest.config.js says. */
declare const __HISTORIES__: number;
jest.setTimeout(600_000);

/** Answers that break a rule on which completeness rests; a good server never gives them. */
const BROKEN: readonly Fault['kind'][] = [
  'outOfOrder',
  'outside',
  'noUpdatedAt',
  'badUpdatedAt',
  'duplicate',
  'short',
];

/** What a stream that failed may say of a broken answer: what was wrong with it, and where. */
const NAMED =
  /is not sorted|lies outside|no usable time|keep changing|shows other records|does not give them/;

const broken = fc.record({
  kind: fc.constantFrom(...BROKEN),
  nth: fc.integer({min: 1, max: 12}),
  times: fc.constantFrom(1, 3, -1),
});

describe('answers that break the rules', () => {
  test('are met, or end in a stream that fails by name: never in a short success', async () => {
    await fc.assert(
      fc.asyncProperty(scenes, broken, async (given, {kind, nth, times}) => {
        // A page that is cut short and does not say so is told by its count alone, where records differ by page number only.
        const settings = {...given.settings, totals: 'exact'} as const;
        const scene: Scene = {...given, settings, faults: 0, changes: 0};
        const stage = new Stage(scene);
        stage.api.faults.hook = undefined;
        stage.api.faults.add({kind, times, match: {nth}});
        const due = stage.due();
        const first = await stage.read({});
        for (const error of errorsOf(first)) expect(error).toMatch(NAMED);
        expect(missing(due, stage, first.messages, ANY).filter(isOf(complete(scene, first)))).toEqual([]);
        // A record that comes twice does no harm: a destination keeps the newest row of each id.
        // Once the answers are good again, the states of those that failed lead on to the rest.
        stage.api.faults.set([]);
        const second = await stage.read(statesAt(first, scene.streams, first.messages.length));
        expect(errorsOf(second)).toEqual([]);
        expect(missing(due, stage, [...first.messages, ...second.messages], ANY)).toEqual([]);
      }),
      {numRuns: __HISTORIES__, endOnFailure: process.env['MODEL_SHRINKS'] === 'no'},
    );
  });
});
