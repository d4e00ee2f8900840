import type {ObjectName} from '../../sandbox/world/objects';
import type {TrueRow} from '../../sandbox/world/world';
import {formatInstant, parseInstant} from '../../src/time';
import {DAY, NOW} from './history';
import {type ReadResult, errorsOf, recordsOf, statesOf} from './harness';
import type {Scene, Stage} from './stage';

type Recorded = ReturnType<typeof recordsOf>[number];

/** What was last updated before is out of search's reach, or may be: a day and some are allowed for. */
const OLD_NOTES_END = NOW - 723 * DAY;

/**
 * What the stream of a list says that changes through all its readings, as those of old notes may: that is honest, and only as long
 * as things change or answers are spoilt.
 */
export function isUnsettled(error: string, {changes, faults}: Scene): boolean {
  return (changes > 0 || faults > 0) && error.includes('readings saw other records');
}

/**
 * The failures of a read that must not be. A tie that is told apart by page numbers only fails by name where its totals are
 * wrong, or tell nothing while it changes on and on: that is honest, and nothing was promised.
 */
export function faultsOf(result: ReadResult, scene: Scene): string[] {
  const {changes, settings} = scene;
  const counted =
    settings.totals === 'exact' || (settings.totals === 'capped' && settings.totalCap === 10_000);
  const mayFail = settings.totals === 'wrong' || (!counted && changes > 0);
  return errorsOf(result).filter(
    (error) =>
      !isUnsettled(error, scene) && (!mayFail || !error.includes('keep changing while they are read')),
  );
}

/** How a record's `updatedAt` (epoch ms; undefined for none) comes out where that differs: equal for versions that cannot be told apart. */
export type Told = (updatedAt: number | undefined) => unknown;
export const EXACT: Told = (updatedAt) => updatedAt;
/** Any version of a record will do. */
export const ANY: Told = () => 0;

/** Records that were due and unchanged, and did not come. @param told which versions count as the same */
export function missing(
  due: ReadonlyMap<string, TrueRow>,
  stage: Stage,
  seen: readonly ReadResult['messages'][number][],
  told: Told = EXACT,
): string[] {
  const got = new Set(
    recordsOf(seen).map(({stream, id, updatedAt}) => `${stream}/${id} ${told(parseInstant(updatedAt))}`),
  );
  const still = new Set(
    stage.scene.streams.flatMap((object) =>
      stage.world.truth(object).map(({id, version}) => `${object}/${id} ${version}`),
    ),
  );
  return [...due]
    .filter(
      ([key, {updatedAt, version}]) =>
        still.has(`${key} ${version}`) && !got.has(`${key} ${told(updatedAt)}`),
    )
    .map(([key, {updatedAt}]) => `${key} ${formatInstant(updatedAt)}`);
}

export function complete({streams}: Scene, {failed}: ReadResult): readonly ObjectName[] {
  return streams.filter((stream) => !failed.includes(stream));
}

export function isOf(streams: readonly string[]): (key: string) => boolean {
  return (key) => streams.some((stream) => key.startsWith(`${stream}/`));
}

export function duplicates(messages: ReadResult['messages'], {changes}: Scene): string[] {
  const seen = new Set<string>();
  // An old note comes with its conversation: again, if that has changed in the middle of the read.
  const mayRepeat = (record: Recorded): boolean =>
    changes > 0 && record.stream === 'notes' && Date.parse(record.updatedAt) < OLD_NOTES_END;
  return recordsOf(messages)
    .filter((record) => !mayRepeat(record))
    .map(({stream, id, updatedAt}) => `${stream}/${id} ${updatedAt}`)
    .filter((key) => seen.size === seen.add(key).size);
}

/** The states of all streams as they stood after so many messages. */
export function statesAt(
  result: ReadResult,
  streams: readonly string[],
  cut: number,
): Record<string, unknown> {
  return Object.fromEntries(
    streams.map((stream) => [stream, statesOf(result.messages.slice(0, cut), stream).at(-1)?.state]),
  );
}
