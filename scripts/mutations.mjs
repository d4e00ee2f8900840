// Puts known ways to lose records into the search on purpose, one at a time, and shows which property catches each.
// Works on a copy of the project, so that nothing here is touched. Usage: npm run mutations
import {execFileSync, spawnSync} from 'node:child_process';
import {cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';

/** name, file, what stands there, what is put in its place */
const mutations = [
  [
    '`gt` for `gte`',
    'src/kustomer/search.ts',
    "{[at('updated')]: {gte: formatInstant(updated[0])}}",
    "{[at('updated')]: {gt: formatInstant(updated[0])}}",
  ],
  [
    'the ids of the boundary are dropped',
    'src/keyset/sort-keys.ts',
    'updatedAt === cursor && seen.has(id)',
    'false && seen.has(id)',
  ],
  [
    'a window is read by page number',
    'src/keyset/sort-keys.ts',
    "ask: (from, to) => source.page({updated: [from, to], sort: 'updated', page: 1})",
    "ask: ((number) => (_from, to) => source.page({updated: [window.from, to], sort: 'updated', page: ++number}))(0)",
  ],
  [
    "the state says a window's end instead of what is contiguous",
    'src/cursor/stream-state.ts',
    'const cursor = Math.max(prefix ?? from, reached);',
    'const cursor = Math.max(safe.at(-1)?.[1] ?? from, reached);',
  ],
  [
    'pages out of order are taken',
    'src/keyset/seek.ts',
    'if (instant < previous) {',
    'if (instant < -Infinity) {',
  ],
  [
    'the last lookback counts as done',
    'src/streams/read/search-read.ts',
    'Math.min(to, now - clockAhead() - lookback)',
    'to',
  ],
  [
    'a short page is the end',
    'src/keyset/seek.ts',
    'return page.settled || (!page.full && !hasMore(page));',
    'return true;',
  ],
  [
    'the seam is not remembered',
    'src/streams/read/search-read.ts',
    'this.seam.add(keyOf(record))',
    'keyOf(record)',
  ],
  [
    'what lies at a split stays with neither',
    'src/keyset/split.ts',
    'updatedAt > instant)',
    'updatedAt > instant + 1)',
  ],
];

const copy = mkdtempSync(join(tmpdir(), 'mutations-'));
for (const file of execFileSync('git', ['ls-files'], {encoding: 'utf8'}).split('\n').filter(Boolean)) {
  cpSync(file, join(copy, file));
}
symlinkSync(join(process.cwd(), 'node_modules'), join(copy, 'node_modules'));
let survived = 0;
for (const [name, file, from, to] of mutations) {
  const path = join(copy, file);
  const original = readFileSync(path, 'utf8');
  if (original.split(from).length !== 2) throw new Error(`${file} has no longer just one: ${from}`);
  writeFileSync(
    path,
    original.replace(from, () => to),
  );
  const {stderr, error} = spawnSync(
    process.execPath,
    ['node_modules/.bin/jest', '-i', 'test/model/search', 'test/model/honest', '--verbose'],
    {
      cwd: copy,
      encoding: 'utf8',
      // Some of them make a read go round for ever: that, too, is noticed.
      timeout: 120_000,
      killSignal: 'SIGKILL',
      env: {...process.env, MODEL_RUNS: process.env.MODEL_RUNS ?? '300', MODEL_SHRINKS: 'no'},
    },
  );
  writeFileSync(path, original);
  const caught = [...stderr.matchAll(/✕ (.*?)(?: \(\d+ m?s\))?$/gm)].map(([, test]) => `"${test}"`);
  if (error?.code === 'ETIMEDOUT') caught.push('a read that never ends');
  if (caught.length === 0) survived += 1;
  console.log(`${name}: ${caught.length === 0 ? 'SURVIVED' : `caught by ${caught.join(', ')}`}`);
}
rmSync(copy, {recursive: true});
console.log(`${mutations.length - survived} caught, ${survived} survived`);
process.exitCode = survived === 0 ? 0 : 1;
