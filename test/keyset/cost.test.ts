import {FoundRecord, type Page, type PageSource, type Query} from '../../src/keyset/page';
import {Quirks} from '../../src/keyset/quirks';
import {readWindows} from '../../src/keyset/read-windows';
import {Windows} from '../../src/keyset/windows';
import {WorkerSlots} from '../../src/keyset/worker-slots';

const PAGE = 500;
const WORKERS = 10;
const BLOCK_SIZES = [3, 20, 60, 120, 300, 550, 700, 1200];

/** Records of a set that stands still, as two columns: ascending instants of `updatedAt`, and of `createdAt`. */
interface Still {
  readonly updated: Float64Array;
  readonly created: Float64Array;
}

/** Answers like Kustomer, from columns: totals are capped, ties keep their order. */
class StillSource implements PageSource<number> {
  readonly endpoint = {method: 'POST', path: '/v1/still'} as const;
  readonly limits = {lastPage: 100, totalCap: 10_000};
  readonly quirks = new Quirks();
  requests = 0;
  kinds: Record<string, number> = {};
  log: string[] = [];

  constructor(private readonly set: Still) {}

  async page(query: Query): Promise<Page<number>> {
    const {updated, page, sort, createdFrom = -Infinity, createdTo = Infinity} = query;
    this.requests += 1;
    const kind =
      sort === 'created'
        ? page > 1
          ? 'created-n'
          : 'created'
        : query.size
          ? query.size < 500
            ? 'split'
            : 'next'
          : 'seek';
    this.kinds[kind] = (this.kinds[kind] ?? 0) + 1;
    // Answers come one after the other, in the order of the questions.
    await new Promise((resolve) => setImmediate(resolve));
    let [from, to] = [this.below(updated[0]), this.below(updated[1] + 1)];
    let at = (n: number): number => n;
    if (sort === 'created') {
      const created = this.set.created;
      const found = Array.from({length: to - from}, (_, n) => from + n)
        .filter((n) => (created[n] ?? 0) >= createdFrom && (created[n] ?? 0) <= createdTo)
        .sort((a, b) => (created[a] ?? 0) - (created[b] ?? 0));
      at = (n) => found[n] ?? 0;
      [from, to] = [0, found.length];
    }
    const size = query.size ?? PAGE;
    const count = Math.min(to - from, this.limits.totalCap);
    const begin = from + (page - 1) * size;
    const records = Array.from({length: Math.max(0, Math.min(size, to - begin))}, (_, n) => {
      const row = at(begin + n);
      return new FoundRecord(
        {id: String(row), updatedAt: this.set.updated[row], createdAt: this.set.created[row]},
        row,
      );
    });
    this.log.push(
      `${query.updated[0]}..${query.updated[1]} ${sort} p${page} s${query.size ?? '-'} n=${records.length} T=${count} last=${records.at(-1)?.updatedAt} k=${records.filter((r) => r.updatedAt === records.at(-1)?.updatedAt).length}`,
    );
    return {
      records,
      total: {count, atLeast: count >= this.limits.totalCap},
      asked: size,
      capacity: size,
      provenLast: false,
    };
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

function even(count: number): Still {
  const updated = Float64Array.from({length: count}, (_, at) => at * 7_000);
  return {updated, created: updated};
}

/** A tenth of the groups are blocks of one instant, half of them created at one instant too. */
function withBlocks(count: number, seed: number): Still {
  let state = seed;
  const roll = (n: number): number => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * n);
  };
  const [updated, created] = [new Float64Array(count), new Float64Array(count)];
  let instant = 0;
  for (let at = 0; at < count;) {
    const isBlock = roll(10) === 0;
    const isBorn = roll(2) === 0;
    const size = Math.min(
      count - at,
      isBlock ? (BLOCK_SIZES[roll(BLOCK_SIZES.length)] ?? 3) : 20 + roll(780),
    );
    instant += 60_000;
    for (let n = 0; n < size; n++, at++) {
      if (!isBlock) instant += 1 + roll(100_000);
      updated[at] = instant;
      created[at] = instant - (isBlock && isBorn ? 1000 : 1000 + n * 13);
    }
  }
  return {updated, created};
}

async function costOf(set: Still, workers = WORKERS): Promise<{records: number; requests: number}> {
  const source = new StillSource(set);
  const slots = new WorkerSlots(workers, () => 0);
  const ids = new Set<string>();
  const end = (set.updated.at(-1) ?? 0) + 1_000_000;
  await readWindows({
    source,
    windows: new Windows([[0, end]], source.limits, end - 10_000),
    workers: slots,
    pageSize: () => PAGE,
    sink({records}) {
      for (const {id} of records) ids.add(id);
      return Promise.resolve();
    },
  });
  if (process.env['DEBUG_COST'])
    process.stderr.write(
      JSON.stringify(source.kinds) +
        '\n' +
        (process.env['DEBUG_COST'] === '2' ? source.log.join('\n') + '\n' : ''),
    );
  return {records: ids.size, requests: source.requests};
}

test.each([
  [100_000, 1],
  [100_000, 10],
  [1_000_000, 10],
  [1_000_000, 40],
])('measure %i %i', async (count, workers) => {
  const a = await costOf(even(count), workers);
  const bs = [];
  for (const seed of [1, 2, 3]) {
    const b = await costOf(withBlocks(count, seed), workers);
    bs.push(((b.requests * PAGE) / count).toFixed(4) + (b.records === count ? '' : '!!!'));
  }
  process.stderr.write(
    `${count} w${workers}: even ${a.requests} ${((a.requests * PAGE) / count).toFixed(4)} ${a.records}; blocks ${bs.join(' ')}\n`,
  );
});
