import {existsSync, readFileSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import type {Result, Results} from './result';

/** The raw numbers, kept so that tables and pictures can be made again without a run. */
const FILE = 'docs/performance/results.json';

/** What was measured last; nothing if nothing was. */
export function readResults(root: string): Results {
  const file = join(root, FILE);
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Results) : {runs: {}};
}

export function writeResults(root: string, results: Results): void {
  writeFileSync(join(root, FILE), `${JSON.stringify(results, undefined, 1)}\n`);
}

/** Puts runs in the place of those on the same version of Node (`v20`). */
export function withRuns(results: Results, runs: readonly Result[]): Results {
  const [first] = runs;
  const version = first?.node.split('.')[0] ?? '';
  return first ? {...results, runs: {...results.runs, [version]: runs}} : results;
}
