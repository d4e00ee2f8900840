import type {FoundRecord} from '../../keyset/page';
import type {Batch} from '../../keyset/seek';

/** Parents that are asked between two looks at whether a state is due: some 3 s of a limit of 1,000 requests per minute. */
export const PARENTS_PER_STEP = 50;

/**
 * Cuts a batch into parts of some records each, for when each record costs requests of its own: a state can then be written
 * between them. What is done after a part ends before its last record's instant, and before that of each record still to come,
 * so that it holds also where they are not in order.
 * @param size records of a part; undefined leaves the batch whole
 */
export function* inSteps<T>(batch: Batch<T>, size: number | undefined): Generator<Batch<T>> {
  const {records, doneTo} = batch;
  if (size === undefined || records.length <= size) {
    yield batch;
    return;
  }
  const earliest = earliestFrom(records);
  for (let at = 0; at < records.length; at += size) {
    const next = at + size;
    const before = Math.min(doneTo, (earliest[next - 1] ?? Infinity) - 1);
    yield {records: records.slice(at, next), doneTo: next < records.length ? before : doneTo};
  }
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
