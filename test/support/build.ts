import {execFileSync} from 'node:child_process';
import {existsSync, readdirSync, statSync} from 'node:fs';
import {join} from 'node:path';

const BUNDLE = 'dist/source-kustomer.js';
const INPUTS = [
  'src',
  'sandbox',
  'tools',
  'resources',
  'scripts/build.mjs',
  'metadata.yaml',
  'package-lock.json',
];

/** Bundles the programs once before all tests, where one is older than what they are made from. */
export default function build(): void {
  const built = existsSync(BUNDLE) ? statSync(BUNDLE).mtimeMs : 0;
  if (Math.max(...INPUTS.map(newest)) >= built) {
    execFileSync(process.execPath, ['scripts/build.mjs'], {stdio: 'inherit'});
  }
}

/** When a file, or the newest file beneath a folder, was changed: epoch ms. */
function newest(path: string): number {
  const stats = statSync(path);
  if (!stats.isDirectory()) return stats.mtimeMs;
  return Math.max(0, ...readdirSync(path).map((name) => newest(join(path, name))));
}
