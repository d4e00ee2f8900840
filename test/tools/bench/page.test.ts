import {readFileSync} from 'node:fs';
import {fill, regionsOf} from '../../../tools/bench/page';
import {picturesOf} from '../../../tools/bench/pictures';
import type {Result} from '../../../tools/bench/result';
import {readResults, withRuns} from '../../../tools/bench/results-file';
import {xmlProblem} from '../../support/xml';

/** What is wrong where one of these fails: numbers, pictures and page are written together. */
const REDRAW = 'npm run bench -- --redraw';
// Plot looks for this name, to draw half a pixel elsewhere in its own tests.
Reflect.deleteProperty(globalThis, 'it');
const results = readResults('.');
const newest = Object.values(results.runs).at(-1)?.at(-1) as Result;

test('the pictures are made of the numbers that are kept, each time the same', async () => {
  const pictures = await picturesOf(newest, results.peer);
  expect(pictures.map(({file}) => file)).toEqual([
    'minute.svg',
    'processor.svg',
    'memory.svg',
    'searches.svg',
  ]);
  const differing = pictures.filter(
    ({file, svg}) => readFileSync(`docs/performance/${file}`, 'utf8') !== svg,
  );
  expect(differing.map(({file}) => `${file}: ${REDRAW}`)).toEqual([]);
});

test('each picture is SVG that needs nothing else, and has all of its numbers', async () => {
  for (const {svg, caption} of await picturesOf(newest, results.peer)) {
    expect(xmlProblem(svg)).toBeUndefined();
    expect(svg).toMatch(/^<svg [^>]*viewBox="0 0 \d+ \d+"/);
    expect(svg).toContain('xmlns="http://www.w3.org/2000/svg"');
    expect(svg).not.toMatch(/NaN|undefined|href=|<script|url\(/);
    expect(caption.length).toBeGreaterThan(50);
  }
});

test('other numbers make another picture', async () => {
  const other = {...newest, growth: newest.growth.map((one) => ({...one, cpu: one.cpu + one.rows / 1000}))};
  const [before, after] = await Promise.all([newest, other].map((run) => picturesOf(run, undefined)));
  const differing = (before ?? []).filter(({svg}, at) => svg !== after?.[at]?.svg);
  expect(differing.map(({file}) => file)).toEqual(['processor.svg']);
});

test('the page says what the numbers say', async () => {
  const page = readFileSync('docs/performance.md', 'utf8');
  const regions = regionsOf(results, await picturesOf(newest, results.peer));
  expect(`${REDRAW}\n${Object.entries(regions).reduce(fill, page)}`).toBe(`${REDRAW}\n${page}`);
});

test('a page without markers is an error', () => {
  expect(() => fill('# Performance', ['runs', 'text'])).toThrow('has no markers of runs');
});

test('runs take the place of those on the same version of Node, and of no others', () => {
  const on = (node: string, at: string): Result => ({...newest, node, at});
  const first = withRuns({runs: {}}, [on('v20.1.0', 'a')]);
  const second = withRuns(first, [on('v24.0.0', 'b')]);
  const third = withRuns(second, [on('v20.2.0', 'c'), on('v20.2.0', 'd')]);
  expect(Object.values(third.runs).map((runs) => runs.map(({at}) => at))).toEqual([['c', 'd'], ['b']]);
});
