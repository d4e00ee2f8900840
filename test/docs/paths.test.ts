import {existsSync, readFileSync} from 'node:fs';

const PAGES = ['ARCHITECTURE.md', 'CONTRIBUTING.md', 'docs/reading-a-moving-set.md'];
/** A path in code style: `src/keyset`, `keyset/{split,windows}.ts`; not an address, a glob or a placeholder. */
const PATH = /`((?:[\w.-]+\/)+[\w.{},-]*)`/g;

/** `a/{b,c}.ts` -> `a/b.ts`, `a/c.ts`. */
function expand(path: string): string[] {
  const [, before = '', choices, after = ''] = /^(.*)\{(.*)\}(.*)$/.exec(path) ?? [];
  return choices === undefined ? [path] : choices.split(',').map((choice) => before + choice + after);
}

test.each(PAGES)('every path that %s names is there', (page) => {
  const named = [...readFileSync(page, 'utf8').matchAll(PATH)].flatMap(([, path = '']) => expand(path));
  expect(named.length).toBeGreaterThan(10);
  // The pages name rooms of src as imports do: `keyset/seek.ts`. What is in `out` is left there by a run.
  expect(
    named
      .filter((path) => !path.startsWith('out/'))
      .filter((path) => !['', 'src/', 'src/streams/'].some((root) => existsSync(root + path))),
  ).toEqual([]);
});

test.each(PAGES)('every command that %s names exists', (page) => {
  const {scripts} = JSON.parse(readFileSync('package.json', 'utf8')) as {scripts: Record<string, string>};
  const commands = [...readFileSync(page, 'utf8').matchAll(/npm run ([\w:]+)/g)].map(([, name]) => name);
  expect(commands.filter((name) => !Object.hasOwn(scripts, name ?? ''))).toEqual([]);
});
