import fc from 'fast-check';
import {formatInstant} from '../../src/time';
import {recordsOf, statesOf} from './harness';
import {MINUTE} from './history';
import {type Scene, Stage, scenes} from './stage';
import {complete, duplicates, faultsOf, isOf, missing, statesAt} from './verdicts';

/** How many histories are tried: jest.config.js says. */
declare const __HISTORIES__: number;
jest.setTimeout(600_000);
// Shrinking a failure takes a while: not where only failing matters (scripts/mutations.mjs).
const options = {numRuns: __HISTORIES__, endOnFailure: process.env['MODEL_SHRINKS'] === 'no'};

describe('a search that is read while everything changes', () => {
  test('is complete, without duplicates, and accounts for each record', async () => {
    await fc.assert(
      fc.asyncProperty(scenes, async (scene) => {
        const stage = new Stage(scene);
        const due = stage.due();
        const result = await stage.read({});
        expect(faultsOf(result, scene)).toEqual([]);
        expect(missing(due, stage, result.messages).filter(isOf(complete(scene, result)))).toEqual([]);
        expect(duplicates(result.messages, scene)).toEqual([]);
        for (const stream of complete(scene, result)) {
          const states = statesOf(result.messages, stream);
          const records = recordsOf(result.messages).filter((record) => record.stream === stream);
          expect(states.reduce((sum, {count}) => sum + count, 0)).toBe(records.length);
          expect(states.at(-1)?.state).toMatchObject({updated_at: formatInstant(result.began)});
          expect(states.at(-1)?.state).not.toHaveProperty('done');
        }
      }),
      options,
    );
  });

  test('is complete after the next read, whatever changed during the first, and lagged', async () => {
    await fc.assert(
      fc.asyncProperty(scenes, async (given) => {
        // As in `scenes`, where something changes.
        const settings = {...given.settings, totalCap: 10_000};
        const scene: Scene = {...given, settings, mode: 'incremental', changes: Math.max(1, given.changes)};
        const stage = new Stage(scene);
        const first = await stage.read({});
        for (let change = 0; change < 5; change++) stage.change();
        await stage.clock.run(stage.clock.sleep(1 + (scene.seed % (12 * MINUTE))));
        const due = stage.due();
        const second = await stage.read(statesAt(first, scene.streams, first.messages.length));
        expect([...faultsOf(first, scene), ...faultsOf(second, scene)]).toEqual([]);
        expect(
          missing(due, stage, [...first.messages, ...second.messages]).filter(isOf(complete(scene, second))),
        ).toEqual([]);
      }),
      options,
    );
  });

  test('can be killed at any moment: what was written before a state, and a read from it, are complete', async () => {
    await fc.assert(
      fc.asyncProperty(scenes, fc.double({min: 0, max: 1, noNaN: true}), async (scene, when) => {
        const stage = new Stage(scene);
        const before = stage.due();
        // Some of what was changed before the read shows up in search only after it.
        for (let change = 0; change < 5; change++) stage.change();
        const first = await stage.read({});
        await stage.clock.run(stage.clock.sleep(1 + (scene.seed % (12 * MINUTE))));
        const cut = Math.floor(when * first.messages.length);
        const written = first.messages.slice(0, cut);
        // A stream whose full refresh was complete by then is not read again.
        const due = scene.mode === 'full_refresh' ? before : stage.due();
        const second = await stage.read(statesAt(first, scene.streams, cut));
        expect(faultsOf(second, scene)).toEqual([]);
        expect(
          missing(due, stage, [...written, ...second.messages]).filter(isOf(complete(scene, second))),
        ).toEqual([]);
        expect(duplicates(second.messages, scene)).toEqual([]);
      }),
      options,
    );
  });

  test('can be stopped at any moment: what it has written by then, and a read from its last states, are complete', async () => {
    await fc.assert(
      fc.asyncProperty(scenes, fc.integer({min: 1, max: 40}), async (scene, stopAt) => {
        const stage = new Stage(scene);
        const before = stage.due();
        for (let change = 0; change < 5; change++) stage.change();
        const first = await stage.read({}, {stopAt});
        await stage.clock.run(stage.clock.sleep(1 + (scene.seed % (12 * MINUTE))));
        // A stream whose full refresh was complete by then is not read again.
        const due = scene.mode === 'full_refresh' ? before : stage.due();
        const second = await stage.read(statesAt(first, scene.streams, first.messages.length));
        expect(faultsOf(second, scene)).toEqual([]);
        expect(
          missing(due, stage, [...first.messages, ...second.messages]).filter(isOf(complete(scene, second))),
        ).toEqual([]);
        if (first.failed.length === 0) return;
        const last = first.messages.filter(({type}) => type === 'STATE').length;
        expect(last).toBeGreaterThanOrEqual(first.failed.length);
      }),
      options,
    );
  });
});
