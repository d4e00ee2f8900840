import {readFileSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {parseArgs} from 'node:util';
import {problemsOf, tableOf} from './compare';
import {Judge} from './judge';
import type {State} from './messages';
import {Output} from './output';
import {read} from './read';
import {excerptOf, withExcerpt} from './readme';
import {pageOf, type ReadPart, type Report} from './report/page';
import {Sandbox} from './sandbox';
import {discover, START_DATE, tryConnection, type Setup, type Stage} from './setup';
import {count} from './table';
import type {Tally} from './tally';

const SIZE = 100_000;
/** Of every answer: ms. */
const LATENCY = 20;
/** That of the largest plan (docs/kustomer-api.md, Rate limits). */
const REQUESTS_PER_MINUTE = 2_000;
/** So many that the organization's limit is what is felt; Kustomer allows an API key 100 (docs/kustomer-api.md, Rate limits). */
const SEARCHES_PER_MINUTE = 1_990;
/** What the tally looks at besides what the tables show (tally.ts). */
const COMPARED = [
  'Each row fits the schema that discover told.',
  'Each stream says STARTED, RUNNING and COMPLETE, in this order, and no row comes before or after.',
  'Each state counts the rows since the one before it, and after the last state no row comes.',
  'The connector ends with exit code 0.',
];
const ABOUT_SANDBOX = `A sandbox with ${count(SIZE)} records, whose answers take ${LATENCY} ms at least.`;
const CHANGES = {updates: 3_000, deletes: 500, inserts: 1_500};

/**
 * The connector reads a sandbox, the sandbox changes, the connector reads again; both reads are compared with the truth. With
 * `-- --readme`, the README shows what this run printed.
 */
async function main(): Promise<void> {
  const {values} = parseArgs({options: {readme: {type: 'boolean', default: false}}});
  const started = Date.now();
  const root = join(__dirname, '..');
  const stage = await setStage(root);
  try {
    const problems = await play(stage);
    for (const problem of problems) stage.say(`WRONG: ${problem}`);
    stage.say(
      `\n${problems.length === 0 ? 'All is well' : 'The demo failed'} after ${count((Date.now() - started) / 1000)} s.`,
    );
    process.exitCode = problems.length === 0 ? 0 : 1;
    if (values.readme && problems.length === 0) showInReadme(stage);
  } finally {
    stage.output.close();
    stage.sandbox.stop();
  }
}

function showInReadme({root, told}: Stage): void {
  const file = join(root, 'README.md');
  writeFileSync(file, withExcerpt(readFileSync(file, 'utf8'), excerptOf(told)));
}

async function setStage(root: string): Promise<Stage> {
  const screen = process.stdout;
  const told: string[] = [];
  const say = (text: string): void => {
    told.push(text);
    screen.write(`${text}\n`);
  };
  const settings = {
    size: SIZE,
    latency: LATENCY,
    'requests-per-minute': REQUESTS_PER_MINUTE,
    'searches-per-minute': SEARCHES_PER_MINUTE,
  };
  const args = Object.entries(settings).flatMap(([name, value]) => [`--${name}`, String(value)]);
  const sandbox = await Sandbox.start(root, args);
  say(`Sandbox: a made-up Kustomer with ${count(SIZE)} records at ${sandbox.url}`);
  say(`  its quota: ${count(REQUESTS_PER_MINUTE)} requests a minute, that of Kustomer's largest plan`);
  say(
    `  searches: ${count(SEARCHES_PER_MINUTE)} a minute, so that this takes less than a minute; Kustomer allows an API key 100`,
  );
  say(`  each answer takes ${LATENCY} ms at least; the real Kustomer is slower`);
  return {root, sandbox, output: new Output(join(root, 'out')), screen, say, told};
}

/** Returns what went wrong, in sentences. */
async function play(stage: Stage): Promise<string[]> {
  const {sandbox, output, say} = stage;
  const setup = await discover(stage, await tryConnection(stage));
  const judge = new Judge(sandbox);
  output.open(setup.streams.map(({name}) => name));

  say('\nFirst read, of everything:\n');
  const first = await round(stage, setup, judge, []);

  const changed = await sandbox.change(CHANGES);
  const of = (kind: string): string => count(changed.filter((change) => change.kind === kind).length);
  const changes = `In the sandbox ${of('update')} records are changed, ${of('delete')} deleted and ${of('insert')} added.`;
  say(`\n${changes}`);

  say('\nSecond read, from the saved state on (and the lookback, the 10 minutes before it, again):\n');
  const second = await round(stage, setup, judge, first.tally.lastStates);
  const {rows, wrong} = await judge.tables([first.tally, second.tally]);
  const newest = `The newest row of each id in out/*.jsonl, ${count(rows)} rows, is ${wrong.length === 0 ? '' : 'NOT '}what the sandbox has.`;
  say(`\n${newest}`);
  const problems = [
    ...first.problems,
    ...second.problems,
    ...wrong.map((name) => `${name}: both reads together are not what is true`),
  ];
  await leaveReport(stage, {
    reads: [
      {title: 'First read, of everything', about: ABOUT_SANDBOX, ...first.part},
      {title: 'Second read, from the saved state on', about: changes, ...second.part},
    ],
    requestsPerMinute: REQUESTS_PER_MINUTE,
    compared: [newest, ...COMPARED],
    problems,
  });
  return problems;
}

async function leaveReport({output, say}: Stage, report: Report): Promise<void> {
  output.text('report.html', await pageOf(report));
  say('All of it in pictures: out/report.html');
}

interface Round {
  readonly tally: Tally;
  readonly problems: readonly string[];
  readonly part: Omit<ReadPart, 'title' | 'about'>;
}

/** One read and its comparison with the truth. */
async function round(stage: Stage, setup: Setup, judge: Judge, states: readonly State[]): Promise<Round> {
  await stage.sandbox.requests();
  const began = Date.now();
  const {tally, samples} = await read(stage, setup, states);
  const requests = await stage.sandbox.log();
  const comparisons = await judge.compare(tally, states);
  stage.say(`\n${tableOf(comparisons)}`);
  return {
    tally,
    problems: [...tally.problems, ...comparisons.flatMap(problemsOf)],
    part: {began, startDate: Date.parse(START_DATE), samples, requests, comparisons},
  };
}

main().catch((error: unknown) => {
  process.stderr.write(`The demo failed: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
