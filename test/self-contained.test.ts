import {execFileSync} from 'node:child_process';
import {existsSync, readFileSync} from 'node:fs';
import {dirname, join} from 'node:path';

/** This file: it has examples of what it forbids. */
const SELF = 'test/self-contained.test.ts';
/** Made by the build or the package manager, so not there in every clone. */
const GENERATED = /^(dist|node_modules|out|\.venv)\b/;
/** Pages of other projects. */
const EXTERNAL = new Set(['docs/contributing-to-airbyte/resources/qa-checks.md']);
/** Where GitHub shows a workflow's runs, seen from a repository's front page. */
const ACTIONS = '../../actions/workflows/';
/** Pages that are cited by heading: `docs/kustomer-api.md, Search`. */
const BY_HEADING = /docs\/(?:kustomer-api|airbyte-protocol)\.md`?,/g;

const WORKSPACE_PATH = /(?<![\w.~-])\/work\/\w*/g;
const PARENT_PATH = /(?<![\w./-])(?:\.\.\/)+[\w@-][\w@./-]*/g;
const PAGE = /(?<![\w/.:-])(?:\.{1,2}\/)*(?:[\w.-]+\/)*[\w-]+\.md\b/g;
const ISSUE = /\bissues? #?\d+\b/gi;

/** What is wrong at an offset of a text. */
interface Finding {
  readonly at: number;
  readonly what: string;
}

/** Whether a path leads to something in the repository, from its root; an import has no extension. */
function isInRepository(path: string): boolean {
  if (path.startsWith('..')) return false;
  return (
    GENERATED.test(path) || ['', '.ts', '.mjs', '.json'].some((extension) => existsSync(path + extension))
  );
}

function outsidePaths(file: string, text: string): Finding[] {
  const absolute = [...text.matchAll(WORKSPACE_PATH)];
  const relative = [...text.matchAll(PARENT_PATH)].filter(
    ([path]) => !path.startsWith(ACTIONS) && !isInRepository(join(dirname(file), path.replace(/[./]+$/, ''))),
  );
  return [...absolute, ...relative].map(({0: path, index}) => ({
    at: index,
    what: `names ${path}, which is not in the repository`,
  }));
}

function missingPages(file: string, text: string): Finding[] {
  return [...text.matchAll(PAGE)]
    .filter(([page]) => !EXTERNAL.has(page))
    .filter(([page]) => ![page, join(dirname(file), page)].some(isInRepository))
    .map(({0: page, index}) => ({at: index, what: `cites ${page}, which is not in the repository`}));
}

function headingsOf(page: string): string[] {
  return [...readFileSync(page, 'utf8').matchAll(/^## (.+)$/gm)].map(([, heading = '']) => heading);
}

/** What of `cited` is a heading of the page at its beginning, up to the end of a word. */
function headingIn(page: string, cited: string): string | undefined {
  return headingsOf(page).find(
    (heading) => cited.startsWith(heading) && !/^\w/.test(cited.slice(heading.length)),
  );
}

function missingHeadings(text: string): Finding[] {
  return [...text.matchAll(BY_HEADING)].flatMap(({0: match, index}) => {
    const page = match.replace(/`?,$/, '');
    if (!existsSync(page)) return [];
    // A comment may go on in its next line.
    const after = text.slice(index + match.length, index + match.length + 200);
    const cited = after.replace(/\s*\n\s*(?:\*|\/\/|#)?\s*/g, ' ').trimStart();
    const first = headingIn(page, cited);
    const [, second] = /^ and ([A-Z].*)/.exec(cited.slice(first?.length ?? 0)) ?? [];
    const wrong =
      first === undefined ? cited : second !== undefined && !headingIn(page, second) ? second : undefined;
    if (wrong === undefined) return [];
    return [{at: index, what: `cites a heading that ${page} does not have: ${wrong.slice(0, 30)}`}];
  });
}

function issueNumbers(text: string): Finding[] {
  return [...text.matchAll(ISSUE)].map(({0: issue, index}) => ({
    at: index,
    what: `cites ${issue}: say the reason itself, since a clone has no issues`,
  }));
}

/** All that a file names and a clone of the repository does not have: `file:line what`. */
function findingsOf(file: string, text: string): string[] {
  const all = [
    ...outsidePaths(file, text),
    ...missingPages(file, text),
    ...missingHeadings(text),
    ...issueNumbers(text),
  ];
  return all
    .sort((one, other) => one.at - other.at)
    .map(({at, what}) => `${file}:${text.slice(0, at).split('\n').length} ${what}`);
}

test('no file names what a clone of the repository does not have', () => {
  const files = execFileSync('git', ['ls-files', '-z'], {encoding: 'utf8'})
    .split('\0')
    .filter((file) => file !== '' && file !== SELF && existsSync(file));
  expect(files.length).toBeGreaterThan(200);
  expect(files.flatMap((file) => findingsOf(file, readFileSync(file, 'utf8')))).toEqual([]);
});

test.each([
  [
    'a path above the repository',
    'src/a.ts',
    "read('../../elsewhere/list.json')",
    '../../elsewhere/list.json',
  ],
  [
    'a path above it from its root',
    'scripts/a.mjs',
    "read('../elsewhere/list.json')",
    '../elsewhere/list.json',
  ],
  [
    'the same from a deeper folder',
    'test/records/a.ts',
    "read('../elsewhere/list.json')",
    '../elsewhere/list.json',
  ],
  ['a path of one machine', 'src/a.ts', '// see /work/elsewhere', '/work/elsewhere'],
  ['a page that is not there', 'src/a.ts', '// (design.md)', 'design.md'],
  ['a page of docs that is not there', 'README.md', '[x](docs/nothing.md)', 'docs/nothing.md'],
  ['a heading that is not there', 'src/a.ts', '// (docs/kustomer-api.md, Rate limit)', 'Rate limit'],
  ['a second heading', 'src/a.ts', '// (docs/kustomer-api.md, Search and Nothing)', 'Nothing'],
  ['a heading in the next line', 'src/a.ts', '/**\n * (docs/kustomer-api.md,\n * Nothing)', 'Nothing'],
  ['an issue', 'src/a.ts', '// as said in issue 3', 'issue 3'],
])('%s is found', (_, file, text, named) => {
  const line = text.startsWith('/**') ? 2 : 1;
  expect(findingsOf(file, text)).toEqual([expect.stringContaining(named)]);
  expect(findingsOf(file, text)[0]).toMatch(new RegExp(`^${file}:${line} `));
});

test.each([
  ['an import', 'test/kustomer/a.ts', "from '../../src/config'"],
  ['what is built', 'bin/a', "require('../dist/source-kustomer.js')"],
  [
    'a page from the root, and from beside it',
    'docs/streams.md',
    'docs/kustomer.md, kustomer.md, ../README.md.',
  ],
  ['an address', 'README.md', 'https://example.com/docs/nothing.md and https://example.com/issues/3'],
  ['a heading', 'src/a.ts', '// (docs/kustomer-api.md, Lists: no promised order)'],
  ['two headings', 'src/a.ts', ' * @see docs/kustomer-api.md, Search and Archive search'],
  ['a heading of two lines', 'src/a.ts', '/**\n * (docs/kustomer-api.md, Rate\n * limits)'],
])('%s is no finding', (_, file, text) => {
  expect(findingsOf(file, text)).toEqual([]);
});
