// All the set-up there is: install exactly what the lock file says, once, and bundle the programs.
import {execFileSync} from 'node:child_process';
import {existsSync, statSync} from 'node:fs';

const installed = 'node_modules/.package-lock.json';
const fresh = existsSync(installed) && statSync(installed).mtimeMs >= statSync('package-lock.json').mtimeMs;
if (!fresh) {
  execFileSync('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'], {stdio: ['ignore', 'ignore', 'inherit']});
}
execFileSync(process.execPath, ['scripts/build.mjs'], {stdio: 'inherit'});
