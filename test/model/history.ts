import fc from 'fast-check';
import type {ObjectName} from '../../sandbox/world/objects';
import type {NewRow} from '../../sandbox/world/world';

export const MINUTE = 60_000;
export const DAY = 24 * 60 * MINUTE;
/** When the first read of each history begins. */
export const NOW = Date.UTC(2026, 10, 24, 12);
/** Nothing older is asked for. */
export const START = NOW - 3 * 365 * DAY;

/** Records that were changed together: as a bulk job does, or one after the other. */
interface Burst {
  readonly object: ObjectName;
  /** ms before NOW. */
  readonly before: number;
  readonly count: number;
  /** ms between two of them; 0 for one and the same instant. */
  readonly step: number;
  /** ms between their creations; 0 for one and the same instant. */
  readonly createdStep: number;
  /** Every so many-th is deleted; 0 for none. */
  readonly deleted: number;
}

const ages = fc.oneof(
  {weight: 3, arbitrary: fc.integer({min: 0, max: 60 * MINUTE})},
  {weight: 3, arbitrary: fc.integer({min: 0, max: 700 * DAY})},
  {weight: 2, arbitrary: fc.integer({min: 715 * DAY, max: 740 * DAY})},
  {weight: 2, arbitrary: fc.integer({min: 730 * DAY, max: 1095 * DAY})},
);

function burst(objects: readonly ObjectName[], pageSize: number): fc.Arbitrary<Burst> {
  const counts = fc.oneof(
    fc.integer({min: 1, max: 4}),
    fc.integer({min: Math.max(1, pageSize - 2), max: pageSize + 2}),
    fc.integer({min: 2 * pageSize - 1, max: 2 * pageSize + 1}),
    fc.integer({min: 1, max: 30}),
  );
  return fc.record({
    object: fc.constantFrom(...objects),
    before: ages,
    count: counts,
    step: fc.constantFrom(0, 0, 1, 1, 1000, 3_600_000),
    createdStep: fc.constantFrom(0, 1, 7),
    deleted: fc.constantFrom(0, 0, 2, 3),
  });
}

/** Histories of bursts whose sizes lie around the page size. Ids are told by their number, so that shrinking keeps them apart. */
export function histories(objects: readonly ObjectName[], pageSize: number): fc.Arbitrary<NewRow[]> {
  return fc.array(burst(objects, pageSize), {maxLength: 8}).map((bursts) =>
    bursts.flatMap((one, number) =>
      Array.from({length: one.count}, (_, at): NewRow => {
        const updatedAt = Math.min(NOW, NOW - one.before + at * one.step);
        return {
          object: one.object,
          id: idOf(number * 1000 + at),
          createdAt: updatedAt - 1000 - at * one.createdStep,
          updatedAt,
          deleted: one.deleted > 0 && at % one.deleted === 0,
        };
      }),
    ),
  );
}

export function idOf(number: number): string {
  return `a${number.toString(16).padStart(23, '0')}`;
}
