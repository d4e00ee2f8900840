import {mkdirSync, readFileSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {type Picture, picturesOf} from './pictures';
import type {Result, Results} from './result';
import {markdownOf} from './table';
import {peerTables, tablesOf} from './tables';

const PAGE = 'docs/performance.md';
/** Beside the page, where the raw numbers are too. */
const FOLDER = 'docs/performance';

/** Writes the pictures, and what the page says between its markers. */
export async function writePage(root: string, results: Results): Promise<void> {
  const newest = Object.values(results.runs).at(-1)?.at(-1);
  if (!newest) throw new Error('nothing was measured yet');
  const pictures = await picturesOf(newest, results.peer);
  mkdirSync(join(root, FOLDER), {recursive: true});
  for (const {file, svg} of pictures) writeFileSync(join(root, FOLDER, file), svg);
  const page = join(root, PAGE);
  const regions = regionsOf(results, pictures);
  writeFileSync(page, Object.entries(regions).reduce(fill, readFileSync(page, 'utf8')));
}

/** What stands between each pair of markers. */
export function regionsOf(
  {runs, million, peer}: Results,
  pictures: readonly Picture[],
): Record<string, string> {
  return {
    pictures: pictures
      .map(({file, caption}) => `![${titleOf(file)}](performance/${file})\n\n${caption}`)
      .join('\n\n'),
    runs: Object.values(runs).map(sectionOf).join('\n\n'),
    million: million
      ? [`Node ${million.node}`, ...tablesOf([million]).map(markdownOf)].join('\n\n')
      : notYet('--million'),
    peer: peer ? peerTables(peer).map(markdownOf).join('\n\n') : notYet('--peer'),
  };
}

function notYet(option: string): string {
  return `Not measured yet: \`npm run bench -- ${option}\`.`;
}

/** The runs on one version of Node. */
function sectionOf(runs: readonly Result[]): string {
  const [first] = runs;
  const last = runs.at(-1);
  if (!first || !last) return '';
  const head = `### Node ${last.node} on ${last.processors}`;
  const when = `${runs.length === 1 ? 'One run' : `${runs.length} runs`}, ${first.at.slice(0, 10)}. Below the bars, the last run in full.`;
  return [head, when, ...tablesOf(runs).map(markdownOf)].join('\n\n');
}

/** Puts text between a pair of markers. @throws Error where the page has none */
export function fill(page: string, [name, text]: readonly [string, string]): string {
  const [begin, end] = [`<!-- made by npm run bench: ${name} -->`, `<!-- end: ${name} -->`];
  const [from, to] = [page.indexOf(begin), page.indexOf(end)];
  if (from < 0 || to < from) throw new Error(`${PAGE} has no markers of ${name}`);
  return `${page.slice(0, from + begin.length)}\n\n${text}\n\n${page.slice(to)}`;
}

function titleOf(file: string): string {
  return file.replace('.svg', '');
}
