import type {FoundRecord} from '../../keyset/page';
import type {Batch} from '../../keyset/seek';

/**
 * Cuts a batch into its records, for when each costs requests of its own: a state can then be written behind each. What is done
 * after one ends before its instant, and before that of each record still to come, so that it holds also where they are not in
 * order.
 */
export function* oneByOne<T>({records, doneTo}: Batch<T>): Generator<Batch<T>> {
  const earliest = earliestFrom(records);
  for (const [at, record] of records.slice(0, -1).entries()) {
    yield {records: [record], doneTo: Math.min(doneTo, (earliest[at] ?? Infinity) - 1)};
  }
  yield {records: records.slice(-1), doneTo};
}

/** The earliest instant of each record and those behind it: epoch ms. Records without one do not count. */
function earliestFrom(records: readonly FoundRecord<unknown>[]): readonly number[] {
  const earliest: number[] = [];
  let least = Infinity;
  for (let at = records.length - 1; at >= 0; at--) {
    least = Math.min(least, records[at]?.updatedAt ?? Infinity);
    earliest[at] = least;
  }
  return earliest;
}
