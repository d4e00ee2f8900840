import {hash, Random} from './random';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

/** Sizes of the blocks that share one updatedAt, as bulk jobs leave them (docs/kustomer-api.md, Search). */
const BLOCK_SIZES = [3, 20, 60, 120, 300, 550, 700, 1200];

/** From this many records of one instant on we take it for a bulk job's. */
const JOB_SIZE = 20;

/**
 * `count` updatedAt times (epoch ms), ascending, from `from` to `to`: bursts of uneven length, more of them lately, and
 * blocks of one instant.
 */
export function updateTimes(random: Random, count: number, from: number, to: number): Float64Array {
  const times = new Float64Array(count);
  let filled = 0;
  while (filled < count) {
    const isBlock = random.chance(0.1);
    const wanted = isBlock ? random.pick(BLOCK_SIZES) : random.int(20, 800);
    const size = Math.min(wanted, count - filled, Math.max(3, Math.floor(count / 12)));
    const center = from + (to - from) * Math.pow(random.next(), 0.7);
    const width = isBlock ? 0 : Math.max(MINUTE / 2, random.exponential(10 * DAY));
    for (let left = size; left > 0; left--) {
      const time = center + (random.next() - 0.5) * width;
      // What falls outside is folded back, so that no bound collects a crowd.
      const folded = time > to ? to - (time - to) : time < from ? from + (from - time) : time;
      times[filled++] = Math.floor(Math.min(to, Math.max(from, folded)));
    }
  }
  return times.sort();
}

/**
 * The createdAt (epoch ms) of the row at `at`. In half of the bulk jobs all records were created at one moment too (an
 * import), in the others each at its own. One in `unchangedOneIn` of what no job touched has not changed since.
 */
export function creationTime(
  times: Float64Array,
  at: number,
  {seed, unchangedOneIn}: {seed: number; unchangedOneIn: number},
): number {
  const updatedAt = times[at] as number;
  const isJob = times[at - JOB_SIZE + 1] === updatedAt || times[at + JOB_SIZE - 1] === updatedAt;
  const instant = hash(seed, updatedAt);
  if (isJob && instant % 2 === 0) return updatedAt - (instant % (30 * DAY));
  const own = hash(seed, at);
  const neverChanged = !isJob && own % unchangedOneIn === 0;
  return neverChanged ? updatedAt : updatedAt - Math.floor(new Random(own).exponential(20 * DAY));
}
