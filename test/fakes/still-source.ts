import {FoundRecord, type Page, type PageSource, type Query} from '../../src/keyset/page';
import {Quirks} from '../../src/keyset/quirks';
import {readWindows} from '../../src/keyset/read-windows';
import {Windows} from '../../src/keyset/windows';
import {WorkerSlots} from '../../src/keyset/worker-slots';

const PAGE = 500;
const LIMITS = {lastPage: 100, totalCap: 10_000};
/** Sizes of blocks of one instant, as bulk jobs leave them. */
const BLOCK_SIZES = [3, 20, 60, 120, 300, 550, 700, 1200];

/** Records of a set that stands still, as two columns: when each was updated, ascending, and created; epoch ms. */
interface Still {
  readonly updated: Float64Array;
  readonly created: Float64Array;
}

/** Answers like Kustomer, by pages of 500, and of a million records in no time: totals are capped, ties keep their order. */
class StillSource implements PageSource<number> {
  readonly endpoint = {method: 'POST', path: '/v1/still'} as const;
  readonly limits = LIMITS;
  readonly quirks = new Quirks();
  requests = 0;

  constructor(private readonly set: Still) {}

  async page({updated, createdFrom, createdTo, sort, page, size = PAGE}: Query): Promise<Page<number>> {
    this.requests += 1;
    // Each answer comes after those to earlier questions, and while other workers ask.
    await new Promise((resolve) => setImmediate(resolve));
    const {set} = this;
    const [from, to] = [this.below(updated[0]), this.below(updated[1] + 1)];
    const rows =
      sort === 'created'
        ? this.byCreated(from, to, createdFrom, createdTo)
        : {length: to - from, at: (n: number) => from + n};
    const before = (page - 1) * size;
    const records = Array.from({length: Math.max(0, Math.min(size, rows.length - before))}, (_, n) => {
      const row = rows.at(before + n) ?? 0;
      return new FoundRecord(
        {id: String(row), updatedAt: set.updated[row], createdAt: set.created[row]},
        row,
      );
    });
    const count = Math.min(rows.length, LIMITS.totalCap);
    const total = {count, atLeast: count >= LIMITS.totalCap};
    return {records, total, asked: size, capacity: size, provenLast: false};
  }

  private byCreated(from: number, to: number, least = -Infinity, most = Infinity): number[] {
    const at = (row: number): number => this.set.created[row] ?? 0;
    return Array.from({length: to - from}, (_, n) => from + n)
      .filter((row) => at(row) >= least && at(row) <= most)
      .sort((a, b) => at(a) - at(b));
  }

  /** How many records were updated before an instant. */
  private below(instant: number): number {
    let [low, high] = [0, this.set.updated.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.set.updated[middle] ?? 0) < instant) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

/** Records that were changed one by one. */
export function evenly(count: number): Still {
  const updated = Float64Array.from({length: count}, (_, at) => at * 7_000);
  return {updated, created: updated};
}

/** A tenth of them lie in blocks of one instant, half of which were created at one instant too. */
export function withBlocks(count: number, seed: number): Still {
  let state = seed;
  const roll = (n: number): number => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * n);
  };
  const [updated, created] = [new Float64Array(count), new Float64Array(count)];
  let instant = 0;
  for (let at = 0; at < count;) {
    const isBlock = roll(10) === 0;
    const createdStep = roll(2) * 13;
    const wanted = isBlock ? (BLOCK_SIZES[roll(BLOCK_SIZES.length)] ?? 0) : 20 + roll(780);
    const end = Math.min(count, at + wanted);
    instant += 60_000;
    for (let n = 0; at < end; n++, at++) {
      if (!isBlock) instant += 1 + roll(100_000);
      updated[at] = instant;
      created[at] = instant - 1000 - (isBlock ? n * createdStep : 0);
    }
  }
  return {updated, created};
}

/** Reads such a set with ten workers. @returns how many different records came, and requests for each that full pages would take */
export async function costOf(set: Still, workers = 10): Promise<{records: number; ratio: number}> {
  const source = new StillSource(set);
  const ids = new Set<string>();
  const end = (set.updated.at(-1) ?? 0) + 1_000_000;
  await readWindows({
    source,
    windows: new Windows([[0, end]], LIMITS, end - 10_000),
    workers: new WorkerSlots(workers, () => 0),
    pageSize: () => PAGE,
    sink({records}) {
      for (const {id} of records) ids.add(id);
      return Promise.resolve();
    },
  });
  return {records: ids.size, ratio: source.requests / Math.ceil(set.updated.length / PAGE)};
}
