// All the set-up there is: install exactly what the lock file says, once, and bundle the programs.
import {spawnSync} from 'node:child_process';
import {existsSync, statSync} from 'node:fs';

function run(command, args, stdout) {
  const {status} = spawnSync(command, args, {stdio: ['ignore', stdout, 'inherit']});
  if (status !== 0) process.exit(status ?? 1);
}

const installed = 'node_modules/.package-lock.json';
const fresh = existsSync(installed) && statSync(installed).mtimeMs >= statSync('package-lock.json').mtimeMs;
if (!fresh) {
  console.error('Installing dependencies, once ...');
  run('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'], 'ignore');
}
run(process.execPath, ['scripts/build.mjs'], 'inherit');
