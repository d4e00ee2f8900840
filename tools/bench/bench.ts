import {join} from 'node:path';
import {parseArgs} from 'node:util';
import {runFloor} from './floor';
import {measurePeer} from './peer';
import {measureProfile} from './profile';
import {readResults, withRuns, writeResults} from './results-file';
import {measureRun, PARTS, type Sizes} from './run';
import {serve} from './server';
import {markdownOf, say, type Table} from './table';
import {peerTables, tablesOf} from './tables';
import {writePage} from './page';

const FULL: Sizes = {share: 1, rounds: 3, requests: [10_000, 25_000, 50_000, 100_000]};

/** What is asked for on the command line: `npm run bench -- --only requests`, `npm run bench -- --runs 3 --peer`. */
const {values, positionals} = parseArgs({
  allowPositionals: true,
  options: {
    runs: {type: 'string', default: '1'},
    peer: {type: 'boolean', default: false},
    only: {type: 'string'},
    share: {type: 'string', default: '1'},
    profile: {type: 'boolean', default: false},
    million: {type: 'boolean', default: false},
    redraw: {type: 'boolean', default: false},
  },
});

async function main(): Promise<void> {
  const [role, ...rest] = positionals;
  // The other processes of a benchmark are this program in another role.
  if (role === 'serve') return serve(rest[0] ?? '{}');
  if (role === 'floor') return runFloor(rest[0] ?? '', rest[1] ?? '');
  const root = join(__dirname, '..');
  const share = Number(values.share);
  const sizes: Sizes = {...FULL, share, requests: FULL.requests.map((size) => Math.round(size * share))};
  if (values.profile) return print([await measureProfile(50_000 * share)]);
  if (values.only === 'peer') return print(peerTables(await measurePeer(root, share)));
  if (values.only !== undefined) return print(tablesOf([await measureRun(sizes, [values.only])]));
  if (values.million) await measureMillion(root, sizes);
  else if (!values.redraw) await measureAll(root, sizes);
  await writePage(root, readResults(root));
}

/** Keeps each run as soon as it is over. */
async function measureAll(root: string, sizes: Sizes): Promise<void> {
  const runs = [];
  const before = readResults(root);
  for (let run = 1; run <= Number(values.runs); run++) {
    say(`Run ${run} of ${values.runs} on Node ${process.version}`);
    runs.push(await measureRun(sizes, Object.keys(PARTS)));
    writeResults(root, withRuns(before, runs));
  }
  print(tablesOf(runs));
  if (!values.peer) return;
  const peer = await measurePeer(root, sizes.share);
  writeResults(root, {...readResults(root), peer});
  print(peerTables(peer));
}

async function measureMillion(root: string, sizes: Sizes): Promise<void> {
  const million = await measureRun({...sizes, requests: [1_000_000 * sizes.share]}, ['requests']);
  writeResults(root, {...readResults(root), million});
}

function print(tables: readonly Table[]): void {
  for (const table of tables) say(`\n${markdownOf(table)}`);
}

main().catch((error: unknown) => {
  say(error instanceof Error ? (error.stack ?? error.message) : String(error));
  process.exitCode = 1;
});
