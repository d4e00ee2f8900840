import {type ReadResult, errorsOf} from './harness';
import {MINUTE} from './history';
import type {Scene, Stage} from './stage';
import {EXACT, type Told, complete, isOf, isUnsettled, missing, statesAt} from './verdicts';

/** What a stream that failed may say: what was wrong with an answer, and where. */
export const NAMED =
  /page of an answer is empty|is not sorted|lies outside|no usable time|keep changing|shows other records|does not give them|than page numbers reach/;

/** A read that takes longer than this is taken for one without end: ms. */
const MOST_MS = 6 * 60 * MINUTE;

export interface Verdict {
  /** Which versions of a record come out alike. */
  readonly told?: Told;
  /** The failures that are honest here; none unless given. */
  readonly mayFail?: RegExp | undefined;
  /** Which records a read owes, as `object/id updatedAt`; all unless given. */
  readonly isOwed?: (key: string, result: ReadResult) => boolean;
  /** Called between the two reads. */
  readonly between?: () => void;
  /** Called with what each read has written. */
  readonly after?: (result: ReadResult, number: 1 | 2) => void;
}

/**
 * Two incremental reads, while things change and between them. What each stream owes by the end of a read that it calls
 * complete is there then, and all of it after the second; a failure says what was wrong.
 */
export async function expectTwoReads(stage: Stage, verdict: Verdict = {}): Promise<void> {
  const {told = EXACT, mayFail, isOwed = () => true, between, after} = verdict;
  const {scene} = stage;
  const due = stage.due();
  const first = await stage.read({}, {mostMs: MOST_MS});
  after?.(first, 1);
  expect(unexpected(first, scene, mayFail)).toEqual([]);
  expect(
    missing(due, stage, first.messages, told)
      .filter(isOf(complete(scene, first)))
      .filter((key) => isOwed(key, first)),
  ).toEqual([]);

  for (let change = 0; change < 2 * scene.changes; change++) stage.change();
  between?.();
  await stage.clock.run(stage.clock.sleep(1 + (scene.seed % (12 * MINUTE))));
  const dueNext = stage.due();
  const second = await stage.read(statesAt(first, scene.streams, first.messages.length), {mostMs: MOST_MS});
  after?.(second, 2);
  expect(unexpected(second, scene, mayFail)).toEqual([]);
  const seen = [...first.messages, ...second.messages];
  expect(
    missing(dueNext, stage, seen, told)
      .filter(isOf(complete(scene, second)))
      .filter((key) => isOwed(key, second)),
  ).toEqual([]);
}

function unexpected(result: ReadResult, scene: Scene, mayFail: RegExp | undefined): string[] {
  return errorsOf(result).filter((error) => !isUnsettled(error, scene) && !mayFail?.test(error));
}

/** A scene that is read incrementally on a server that differs. */
export function differing(scene: Scene, settings: Scene['settings']): Scene {
  // A cap that is lower than documented cannot be told from a count, where records leave that page numbers alone reach.
  const totalCap = scene.changes > 0 ? 10_000 : (scene.settings.totalCap ?? 10_000);
  return {...scene, mode: 'incremental', settings: {...scene.settings, totalCap, ...settings}};
}
