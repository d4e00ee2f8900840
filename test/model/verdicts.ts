import type {ObjectName} from '../../sandbox/world/objects';
import type {TrueRow} from '../../sandbox/world/world';
import {formatInstant, parseInstant} from '../../src/time';
import {type ReadResult, errorsOf, recordsOf, statesOf} from './harness';
import type {Scene, Stage} from './stage';

/**
 * What the stream of a list says that changes through all its readings, as those of old notes may: that is honest, and only as long
 * as things change.
 */
export function isUnsettled(error: string, {changes}: Scene): boolean {
  return changes > 0 && error.includes('readings saw other records');
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

export function duplicates(messages: ReadResult['messages']): string[] {
  const seen = new Set<string>();
  return recordsOf(messages)
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
