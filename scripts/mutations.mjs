// Breaks the rules on which complete reading rests, one at a time and on purpose, and shows which test catches each.
// Works on a copy of the project, so that nothing here is touched. Usage: npm run mutations; with `-- --check` it only looks whether
// all of them still fit the code.
import {execFileSync, spawnSync} from 'node:child_process';
import {cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';

/** Some mutations make a read go round for ever: that, too, is noticed. */
const TIMEOUT_MS = 60_000;

/**
 * What is broken: `anchor` stands exactly once in `file`, and `broken` is put in its place. Anchors are as short as they can
 * be, so that they last. `tests`: what jest is given to catch it.
 */
const mutations = [
  {
    name: 'a question begins behind what has been read',
    file: 'src/keyset/sort-keys.ts',
    anchor: /updated: \[from, to\], sort: 'updated', page: 1/,
    broken: "updated: [from + 2, to], sort: 'updated', page: 1",
    tests: ['test/keyset/seek'],
  },
  {
    name: 'what has been handed out is not remembered',
    file: 'src/keyset/seek.ts',
    anchor: /!\S*seen\.has\(record\)/,
    broken: 'true',
    tests: ['test/keyset/seek'],
  },
  {
    name: 'a window is read by page number',
    file: 'src/keyset/sort-keys.ts',
    anchor: /ask: \(from, to, attempt\) => source\.page\(\{updated: \[from, to\], sort: 'updated', page: 1/,
    broken:
      "ask: ((number) => (_from, to, attempt) => source.page({updated: [window.from, to], sort: 'updated', page: ++number, attempt}))(0), unused: () => ({page: 1",
    tests: ['test/keyset/seek'],
  },
  {
    name: 'a displaced record moves the cursor',
    file: 'src/keyset/places.ts',
    anchor: 'run.has(at)',
    broken: 'instant !== undefined',
    tests: ['test/keyset/seek', 'test/keyset/places'],
  },
  {
    name: 'pages out of order are taken',
    file: 'src/keyset/places.ts',
    anchor: 'isBroken: isBroken(page, displaced, newer)',
    broken: 'isBroken: false',
    tests: ['test/keyset/seek', 'test/keyset/places'],
  },
  {
    name: 'a page that shows nothing new is the end, also a full one',
    file: 'src/keyset/seek.ts',
    anchor: 'return (!isFull(page) ||',
    broken: 'return (true ||',
    tests: ['test/keyset/seek'],
  },
  {
    name: 'an empty page is believed at once',
    file: 'src/keyset/doubts.ts',
    anchor: 'if (length === 0) {',
    broken: 'if (length === 0) { return doubts;',
    tests: ['test/keyset/seek', 'test/keyset/doubts'],
  },
  {
    name: 'an empty page that came twice is believed',
    file: 'src/keyset/doubts.ts',
    anchor: 'attempt >= MIN_EMPTY_REPEATS',
    broken: 'attempt > 0',
    tests: ['test/keyset/doubts'],
  },
  {
    name: 'a doubted answer is never asked again',
    file: 'src/keyset/doubts.ts',
    anchor: 'let doubted = doubt(page)',
    broken: 'let doubted = undefined',
    tests: ['test/keyset/seek', 'test/keyset/doubts'],
  },
  {
    name: 'answers to a doubted question do not add up',
    file: 'src/keyset/doubts.ts',
    anchor: 'page = union(page, again, instantOf)',
    broken: 'page = again',
    tests: ['test/keyset/doubts'],
  },
  {
    name: 'an exclusive bound is not noticed',
    file: 'src/keyset/quirks.ts',
    anchor: 'if (this.exclusive) return;',
    broken: 'return;',
    tests: ['test/keyset/seek', 'test/keyset/quirks'],
  },
  {
    name: 'a tie is asked for by its instant alone, whatever that shows',
    file: 'src/keyset/widening.ts',
    anchor: 'if (isMet) return range',
    broken: 'return range',
    tests: ['test/keyset/widening'],
  },
  {
    name: 'a tie by page number is read once',
    file: 'src/keyset/ties.ts',
    anchor: 'return !pass.uneven &&',
    broken: 'return true || !pass.uneven &&',
    tests: ['test/keyset/ties'],
  },
  {
    name: 'a count that is not as promised proves that the cursor may run ahead',
    file: 'src/keyset/course.ts',
    anchor: 'found.page.total?.count === this.remaining?.records',
    broken: 'true',
    tests: ['test/keyset/course'],
  },
  {
    name: 'what lengthened a page needs no proof',
    file: 'src/keyset/seek.ts',
    anchor: 'const alone = isLengthened',
    broken: 'const alone = false',
    tests: ['test/keyset/moving-set'],
  },
  {
    name: 'a state moves past what the next count is to prove',
    file: 'src/keyset/seek.ts',
    anchor: 'doneTo: proved - 1',
    broken: 'doneTo: sure - 1',
    tests: ['test/keyset/moving-set'],
  },
  {
    name: 'a near end moves while a count is to prove what stands before it',
    file: 'src/keyset/course.ts',
    anchor: 'if (isNear && alone === undefined)',
    broken: 'if (isNear)',
    tests: ['test/keyset/moving-set'],
  },
  {
    name: 'pages of a crowd are joined though they count differently',
    file: 'src/keyset/crowd.ts',
    anchor: 'page.total.count === total?.count',
    broken: 'true',
    tests: ['test/keyset/crowd'],
  },
  {
    name: 'pages of a crowd are joined though one repeats a record',
    file: 'src/keyset/crowd.ts',
    anchor: 'new Set(records.map(({id}) => id)).size < records.length',
    broken: 'false',
    tests: ['test/keyset/crowd'],
  },
  {
    name: 'a range in which nothing came is done with after one answer',
    file: 'src/streams/read/search-read.ts',
    anchor: 'isKept ? Math.min(end, plan.state?.cursor ?? end) : end',
    broken: 'end',
    tests: ['test/model/quiet'],
  },
  {
    name: 'what lies at a split stays with neither',
    file: 'src/keyset/windows.ts',
    anchor: 'new Window(instant + 1,',
    broken: 'new Window(instant + 2,',
    tests: ['test/keyset/windows', 'test/keyset/split'],
  },
  {
    name: 'a window is split at a page out of order',
    file: 'src/keyset/split.ts',
    anchor: 'if (isDoubtful ||',
    broken: 'if (',
    tests: ['test/keyset/split'],
  },
  {
    name: "the state says a window's end instead of what is contiguous",
    file: 'src/cursor/stream-state.ts',
    anchor: 'Math.max(prefix ?? from, reached)',
    broken: 'Math.max(safe.at(-1)?.[1] ?? from, reached)',
    tests: ['test/cursor', 'test/streams/read/coverage'],
  },
  {
    name: 'the last lookback counts as done',
    file: 'src/streams/read/search-read.ts',
    anchor: 'Math.min(plan.range[1], now - clockAheadMs() - lookbackMs)',
    broken: 'plan.range[1]',
    tests: ['test/model/promises'],
  },
  {
    name: 'the overlap of search and archive is not remembered',
    file: 'src/streams/read/search-read.ts',
    anchor: 'this.overlap.add(versionOf(record))',
    broken: 'versionOf(record)',
    tests: ['test/model/promises'],
  },
  {
    name: 'answers for single parents are written as they come',
    file: 'src/streams/read/in-order.ts',
    anchor: '    await before;',
    broken: '',
    tests: ['test/streams/read/in-order'],
  },
  {
    name: 'what hangs on a parent counts as written when it is asked',
    file: 'src/streams/read/search-read.ts',
    anchor: 'ask: () => decoder.toRows(records),',
    broken: 'ask: () => (take.done([from, doneTo]), decoder.toRows(records)),',
    tests: ['test/model/children'],
  },
  {
    name: "an archive's refusal is not owed",
    file: 'src/streams/read/coverage.ts',
    anchor: 'this.pendingArchive = this.archiveLeft.reduce(add, this.pendingArchive);',
    broken: '',
    tests: ['test/streams/read/coverage'],
  },
  {
    name: 'deleted records that were refused are not owed',
    file: 'src/streams/read/coverage.ts',
    anchor: /add\(this\.searched, done\);\s+if \(withoutDeleted\)/,
    broken: 'add(this.searched, done); if (false)',
    tests: ['test/streams/read/coverage'],
  },
  {
    name: '`without_deleted` is not kept in the state',
    file: 'src/cursor/stream-state.ts',
    anchor: '...(pendingDeleted.length > 0 && {without_deleted',
    broken: '...(false && {without_deleted',
    tests: ['test/cursor'],
  },
  {
    name: '`includeDeleted` is given up without the second question',
    file: 'src/kustomer/search.ts',
    anchor: 'return await this.ask(query, true)',
    broken: 'throw refusal',
    tests: ['test/kustomer/deleted-records'],
  },
  {
    name: '`links.next` is followed to another host',
    file: 'src/kustomer/links.ts',
    anchor: 'url.host !== base.host',
    broken: 'false',
    tests: ['test/kustomer/links', 'test/kustomer/list-oddities'],
  },
  {
    name: 'a page size that was refused is remembered though no smaller one was served',
    file: 'src/kustomer/page-size.ts',
    anchor: 'this.asked = smaller;',
    broken: 'this.asked = this.shared.now = smaller;',
    tests: ['test/kustomer/page-size'],
  },
  {
    name: 'deleted records are new from the cursor on, though their list was not read since long before',
    file: 'src/streams/list-stream.ts',
    anchor: 'isWithin(resource, due)',
    broken: 'isWithin(resource, range)',
    tests: ['test/model/deleted-lists'],
  },
];

/** @throws Error that names each mutation whose anchor is not there just once */
function checkAnchors() {
  const problems = mutations.flatMap(({name, file, anchor}) => {
    const found = readFileSync(file, 'utf8').split(anchor).length - 1;
    return found === 1 ? [] : [`"${name}": ${file} has its anchor ${found} times instead of once: ${anchor}`];
  });
  if (problems.length > 0) throw new Error(`these mutations have to be adapted\n${problems.join('\n')}`);
}

/** A copy of all tracked files. @returns its folder */
function copyProject() {
  const copy = mkdtempSync(join(tmpdir(), 'mutations-'));
  for (const file of execFileSync('git', ['ls-files'], {encoding: 'utf8'}).split('\n').filter(Boolean)) {
    cpSync(file, join(copy, file));
  }
  symlinkSync(join(process.cwd(), 'node_modules'), join(copy, 'node_modules'));
  return copy;
}

/** Runs a selection of tests. @returns what failed: quoted names of tests, or what went wrong altogether */
function failuresOf(copy, tests) {
  const {stdout, stderr, status, error} = spawnSync(
    process.execPath,
    ['node_modules/.bin/jest', '-i', '--verbose', ...tests],
    {
      cwd: copy,
      encoding: 'utf8',
      timeout: TIMEOUT_MS,
      killSignal: 'SIGKILL',
    },
  );
  if (error?.code === 'ETIMEDOUT') return ['a read that never ends'];
  const failed = [...stderr.matchAll(/✕ (.*?)(?: \(\d+ m?s\))?$/gm)].map(([, test]) => `"${test}"`);
  if (status !== 0 && failed.length === 0) throw new Error(`no test was run: ${stdout}${stderr}`);
  return failed;
}

/** What catches a mutation, in the copy. */
function catchersOf(copy, {file, anchor, broken, tests}) {
  const path = join(copy, file);
  const original = readFileSync(path, 'utf8');
  writeFileSync(
    path,
    original.replace(anchor, () => broken),
  );
  const catchers = failuresOf(copy, tests);
  writeFileSync(path, original);
  return catchers;
}

checkAnchors();
if (process.argv.includes('--check')) process.exit(0);
const copy = copyProject();
try {
  const selections = new Set(mutations.map(({tests}) => tests.join('\n')));
  for (const selection of selections) {
    const failed = failuresOf(copy, selection.split('\n'));
    if (failed.length > 0) {
      throw new Error(`fails with nothing broken, so it proves nothing: ${failed.join(', ')}`);
    }
  }
  let survived = 0;
  for (const mutation of mutations) {
    const [first, ...others] = catchersOf(copy, mutation);
    if (first === undefined) survived += 1;
    const more = others.length > 0 ? ` and ${others.length} more` : '';
    console.log(`${mutation.name}: ${first === undefined ? 'SURVIVED' : `caught by ${first}${more}`}`);
  }
  console.log(`${mutations.length - survived} caught, ${survived} survived`);
  process.exitCode = survived === 0 ? 0 : 1;
} finally {
  rmSync(copy, {recursive: true});
}
