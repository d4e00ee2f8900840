import {cpus} from 'node:os';
import {parseArgs} from 'node:util';
import {CONNECTOR} from './connector';
import {best, runChild} from './child';
import {runFloor} from './floor';
import {showProfile} from './profile';
import {measureQuotaUse} from './quota-use';
import {measureRecordPath, measureRequests} from './record-path';
import {serve} from './server';
import {say, table} from './table';

/** What is asked for on the command line: `npm run bench -- --only record-path --size 20000`. */
const {values, positionals} = parseArgs({
  allowPositionals: true,
  options: {
    only: {type: 'string'},
    size: {type: 'string', default: '50000'},
    rounds: {type: 'string', default: '3'},
    profile: {type: 'boolean', default: false},
    million: {type: 'boolean', default: false},
  },
});

async function measureStartUp(): Promise<void> {
  const runs = [];
  for (let round = 0; round < 5; round++) runs.push(await runChild(CONNECTOR, ['spec']));
  const {cpu, seconds, rss} = best(runs);
  table('Start-up: spec, best of five', [
    {'CPU s': cpu.toFixed(2), bar: '< 0.40', 'wall s': seconds.toFixed(2), 'RSS MB': rss.toFixed(0)},
  ]);
}

const parts: Readonly<Record<string, () => Promise<void>>> = {
  'start-up': measureStartUp,
  'record-path': () => measureRecordPath(Number(values.size), Number(values.rounds)),
  requests: () => measureRequests(100_000),
  quota: measureQuotaUse,
};

async function main(): Promise<void> {
  const [role, ...rest] = positionals;
  // The other processes of a benchmark are this program in another role.
  if (role === 'serve') return serve(rest[0] ?? '{}');
  if (role === 'floor') return runFloor(rest[0] ?? '', rest[1] ?? '');
  const {model} = cpus()[0] ?? {model: 'unknown'};
  say(`Node ${process.version} on ${cpus().length} × ${model}, ${new Date().toISOString()}`);
  if (values.profile) return showProfile(Number(values.size));
  if (values.million) return measureRequests(1_000_000);
  for (const [name, measure] of Object.entries(parts)) {
    if (values.only === undefined || values.only === name) await measure();
  }
}

main().catch((error: unknown) => {
  say(String(error));
  process.exitCode = 1;
});
