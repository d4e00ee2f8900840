import {type Endpoint, OutOfReachError} from '../http/errors';
import type {Interval} from '../time';
import type {FoundRecord} from './page';

/** Records that come and go while they are asked for are asked for again this often. */
const MAX_ROUNDS = 3;

/**
 * Reads one instant by ever wider questions, until the reading shows what led to it: a server may leave out the bounds of a
 * filter, or cut them to the second.
 * @param ranges what to ask for, the narrowest first
 * @param read one reading; calls `met` with each id that it shows, also of records handed out before
 * @param isStillThere asked when a reading showed none of them, twice unless it says so: whether they stand where they stood
 * @returns the last instant that is read whole now
 * @throws OutOfReachError
 */
export async function* readWidening<T>({
  endpoint,
  what,
  ranges,
  shown,
  read,
  isStillThere,
}: {
  readonly endpoint: Endpoint;
  readonly what: string;
  readonly ranges: readonly Interval[];
  readonly shown: ReadonlySet<string>;
  readonly read: (range: Interval, met: (id: string) => void) => AsyncGenerator<readonly FoundRecord<T>[]>;
  readonly isStillThere: () => Promise<boolean>;
}): AsyncGenerator<readonly FoundRecord<T>[], Interval> {
  for (let round = 1; round <= MAX_ROUNDS; round++) {
    for (const range of ranges) {
      let isMet = shown.size === 0;
      yield* read(range, (id) => (isMet ||= shown.has(id)));
      if (isMet) return range;
      // They may have moved on meanwhile: then the narrowest question was right to show nothing.
      if (!(await isStillThere()) && !(await isStillThere())) return ranges[0] as Interval;
    }
  }
  throw new OutOfReachError(
    endpoint,
    `${what} are shown, but a question for that time alone does not give them`,
  );
}
