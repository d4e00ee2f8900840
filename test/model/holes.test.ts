import fc from 'fast-check';
import type {Fault} from '../../sandbox/faults/faults';
import type {Request} from '../../sandbox/api/http';
import {type Scene, Stage, dice, scenes} from './stage';
import {NAMED, differing, expectTwoReads} from './two-reads';

/** How many histories are tried: jest.config.js says. */
declare const __HISTORIES__: number;
jest.setTimeout(600_000);
const options = {
  numRuns: Math.ceil(__HISTORIES__ / 2),
  endOnFailure: process.env['MODEL_SHRINKS'] === 'no',
};

/** Answers that lack records or repeat them, whether their totals and links say so or not. */
const HOLES: readonly Fault['kind'][] = ['empty', 'short', 'emptyTold', 'shortTold', 'twice', 'duplicate'];

/** The same holes in answers that do not speak of them. */
const UNTOLD: Partial<Record<Fault['kind'], Fault['kind']>> = {emptyTold: 'empty', shortTold: 'short'};

/** Scenes that stand still, without other faults: what an answer lacks is there at the next asking. */
const still = scenes.map((scene): Scene => {
  const totals = scene.settings.totals === 'wrong' ? 'missing' : scene.settings.totals;
  return {...differing(scene, totals ? {totals} : {}), changes: 0, faults: 0};
});

/** The instant from which a search asks on; undefined for another request. */
function askedFrom({body}: Request): number | undefined {
  const {and} = JSON.parse(body || '{}') as {and?: Record<string, {gte?: string}>[]};
  const from = and?.flatMap((condition) => Object.values(condition)).find(({gte}) => gte)?.gte;
  return from === undefined ? undefined : Date.parse(from);
}

/** What a question is about, whatever the number of the try. */
function nameOf({path, query, body}: Request): string {
  return JSON.stringify([path, query, body]);
}

describe('answers that lack something once', () => {
  test('are asked for again: nothing is lost, and what cannot be proved fails by name', async () => {
    await fc.assert(
      fc.asyncProperty(
        still,
        fc.constantFrom(...HOLES),
        fc.constantFrom(2, 5, 12),
        async (scene, hole, oneIn) => {
          // Nothing contradicts an answer that counts what it shows, where no other one ever counted.
          const kind = scene.settings.totals === 'missing' ? (UNTOLD[hole] ?? hole) : hole;
          const stage = new Stage(scene);
          const roll = dice(scene.seed);
          const spoilt = new Set<string>();
          // An empty answer to the first question of a range contradicts nothing that is known.
          const instants = new Set(scene.rows.flatMap(({updatedAt}) => [updatedAt - 1, updatedAt]));
          stage.api.faults.hook = (request) => {
            const from = askedFrom(request);
            if (from === undefined || !instants.has(from) || roll(oneIn) > 0) return undefined;
            const name = nameOf(request);
            return spoilt.size === spoilt.add(name).size ? undefined : {kind};
          };
          await expectTwoReads(stage, {
            mayFail: NAMED,
            between: () => (stage.api.faults.hook = undefined),
          });
        },
      ),
      options,
    );
  });
});
