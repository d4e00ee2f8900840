import fc from 'fast-check';
import {errorsOf} from './harness';
import {DAY} from './history';
import {Stage, scenes} from './stage';
import {differing, expectTwoReads} from './two-reads';
import {complete, faultsOf, isOf, missing, statesAt} from './verdicts';

/** How many histories are tried: jest.config.js says. */
declare const __HISTORIES__: number;
jest.setTimeout(600_000);
const options = {
  numRuns: Math.ceil(__HISTORIES__ / 2),
  endOnFailure: process.env['MODEL_SHRINKS'] === 'no',
};

const incremental = scenes.map((scene) => differing(scene, {}));
const statuses = fc.constantFrom(400, 401, 402, 403, 404, 422, 451, 500, 501);

test('an archive that is refused is owed, whatever the status, and comes once it is granted', async () => {
  await fc.assert(
    fc.asyncProperty(incremental, statuses, async (scene, status) => {
      const stage = new Stage({...scene, faults: 0});
      stage.api.settings.refusals = [{of: 'archive', status}];
      const first = await stage.read({});
      expect(faultsOf(first, scene)).toEqual([]);
      stage.api.settings.refusals = [];
      const due = stage.due();
      const second = await stage.read(statesAt(first, scene.streams, first.messages.length));
      expect(faultsOf(second, scene)).toEqual([]);
      const seen = [...first.messages, ...second.messages];
      expect(missing(due, stage, seen).filter(isOf(complete(scene, second)))).toEqual([]);
    }),
    options,
  );
});

test('deleted records that are refused are owed, in search and archive each for itself, and come once they are granted', async () => {
  const refused = fc.record({
    of: fc.constantFrom('search', 'archive', 'both'),
    names: fc.constantFrom<string[] | undefined>(undefined, ['message'], ['note'], ['conversation']),
    text: fc.constantFrom(undefined, 'includeDeleted is not allowed'),
    status: fc.constantFrom(400, 422),
  });
  await fc.assert(
    fc.asyncProperty(incremental, refused, async (scene, {of, names, text, status}) => {
      const stage = new Stage(scene);
      const rule = {includeDeleted: true, status, ...(names && {names}), ...(text !== undefined && {text})};
      stage.api.settings.refusals = (['search', 'archive'] as const)
        .filter((one) => of === 'both' || one === of)
        .map((one) => ({of: one, ...rule}));
      const contexts = names ?? ['message', 'note', 'conversation'];
      const isRefused = (key: string): boolean => contexts.some((context) => key.startsWith(context));
      await expectTwoReads(stage, {
        mayFail: /keep changing/,
        // Until it is granted: of the contexts that are refused all but the deleted ones, of the others all.
        isOwed: (key) => stage.api.settings.refusals.length === 0 || !isRefused(key) || stage.isAlive(key),
        between: () => (stage.api.settings.refusals = []),
      });
    }),
    options,
  );
});

test('deleted records that are refused now and then are complete after a read that is granted them', async () => {
  await fc.assert(
    fc.asyncProperty(incremental, fc.integer({min: 1, max: 9}), async (scene, oneIn) => {
      const stage = new Stage(scene);
      let asked = 0;
      let states: Record<string, unknown> = {};
      const seen = [];
      for (let round = 0; round < 3; round++) {
        const isLast = round === 2;
        stage.duringRead = () => {
          stage.api.settings.rejectIncludeDeleted = !isLast && ++asked % 10 < oneIn;
        };
        if (isLast) await stage.clock.run(stage.clock.sleep(DAY));
        const due = stage.due();
        const result = await stage.read(states);
        seen.push(...result.messages);
        states = {...states, ...statesAt(result, scene.streams, result.messages.length)};
        if (!isLast) continue;
        expect(errorsOf(result).filter((error) => !error.includes('keep changing'))).toEqual([]);
        expect(missing(due, stage, seen).filter(isOf(complete(scene, result)))).toEqual([]);
      }
    }),
    options,
  );
});
