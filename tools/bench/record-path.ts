import {UNLIMITED} from '../../sandbox/api/settings';
import {best, type Run, runChild} from './child';
import {readWith} from './connector';
import {HISTORY_DAYS, type Served, type Server, startConversations, startProcess} from './server';
import {table} from './table';

const ONLY_SEARCH = {include_archived: false};
const PAGE = 500;

/**
 * Floor and connector, turn about, over the same conversations: the best run of each counts, since other work on the machine
 * only ever adds.
 */
export async function measureRecordPath(size: number, rounds: number): Promise<void> {
  const server = await startConversations(size);
  const floors: Run[] = [];
  const reads: Run[] = [];
  for (let round = 0; round < rounds; round++) {
    floors.push(await runChild(process.execPath, [__filename, 'floor', server.url, 'conversation']));
    reads.push(await readWith(server.url, ['conversations'], ONLY_SEARCH));
  }
  server.close();
  const [floor, read] = [best(floors), best(reads)];
  table(`Record path: ${size} conversations, no latency, no quota, best of ${rounds}`, [
    {...describe('floor', floor), 'CPU ratio': '1.00'},
    {...describe('connector', read), 'CPU ratio': (read.cpu / floor.cpu).toFixed(2)},
    {...describe('bar', undefined), 'RSS MB': '< 200', 'blocked ms': '< 50', 'CPU ratio': '<= 1.60'},
  ]);
}

/** How many requests a stream takes, beside the fewest that its records fit in. */
export async function measureRequests(size: number): Promise<void> {
  table(`Requests: ${size} messages, ${PAGE} a page`, [
    await requestsOf('changed one by one', {evenMessages: size}, size),
    await requestsOf('with bulk changes (a tenth in blocks of one instant)', {sizes: {messages: size}}, size),
  ]);
}

async function requestsOf(name: string, served: Served, size: number): Promise<Record<string, string>> {
  const server = await startProcess({size: 0, historyDays: HISTORY_DAYS, settings: UNLIMITED, ...served});
  const read = await readWith(server.url, ['messages'], ONLY_SEARCH);
  const requests = await searches(server);
  server.close();
  const ideal = Math.ceil(size / PAGE);
  return {
    history: name,
    requests: String(requests),
    ideal: String(ideal),
    ratio: (requests / ideal).toFixed(3),
    bar: '<= 1.03',
    records: String(read.records),
    'records/s': (read.records / read.seconds).toFixed(0),
    'RSS MB': read.rss.toFixed(0),
  };
}

async function searches({stats}: Server): Promise<number> {
  const {requests} = await stats();
  return Object.entries(requests).reduce(
    (sum, [name, count]) => sum + (name.includes('search') ? count : 0),
    0,
  );
}

function describe(name: string, run: Run | undefined): Record<string, string> {
  const show = (value: ((run: Run) => number) | undefined, digits: number): string =>
    run && value ? value(run).toFixed(digits) : '';
  return {
    '': name,
    records: show(({records}) => records, 0),
    'records/s': show(({records, seconds}) => records / seconds, 0),
    'MB/s': show(({bytes, seconds}) => bytes / seconds / 1e6, 1),
    'CPU s': show(({cpu}) => cpu, 2),
    'RSS MB': show(({rss}) => rss, 0),
    'blocked ms': show(({blocked}) => blocked, 0),
  };
}
