import type {ObjectName} from '../../sandbox/world/objects';
import type {TrueRow} from '../../sandbox/world/world';
import {formatInstant} from '../../src/time';
import {type ReadResult, errorsOf, recordsOf, statesOf} from './harness';
import type {Scene, Stage} from './stage';

/**
 * The failures of a read that must not be. A tie that is told apart by page numbers only fails by name where its totals are
 * wrong, or tell nothing while it changes on and on: that is honest, and nothing was promised.
 */
export function faultsOf(result: ReadResult, {changes, settings}: Scene): string[] {
  const counted =
    settings.totals === 'exact' || (settings.totals === 'capped' && settings.totalCap === 10_000);
  const mayFail = settings.totals === 'wrong' || (!counted && changes > 0);
  return errorsOf(result).filter((error) => !mayFail || !error.includes('keep changing while they are read'));
}

/** Records that were due and unchanged, and did not come. @param isSpoilt a record that came with another `updatedAt` has come */
export function missing(
  due: ReadonlyMap<string, TrueRow>,
  stage: Stage,
  seen: readonly ReadResult['messages'][number][],
  isSpoilt = false,
): string[] {
  const got = new Set(recordsOf(seen).map(({stream, id, updatedAt}) => `${stream}/${id} ${updatedAt}`));
  const ids = new Set(isSpoilt ? recordsOf(seen).map(({stream, id}) => `${stream}/${id}`) : []);
  const still = new Set(
    stage.scene.streams.flatMap((object) =>
      stage.world.truth(object).map(({id, version}) => `${object}/${id} ${version}`),
    ),
  );
  return [...due]
    .filter(
      ([key, {updatedAt, version}]) =>
        still.has(`${key} ${version}`) && !ids.has(key) && !got.has(`${key} ${formatInstant(updatedAt)}`),
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
