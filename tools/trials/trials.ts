import {join} from 'node:path';
import {parseArgs} from 'node:util';
import {CASES} from './cases';
import {FINDINGS} from './findings';
import {discover, play} from './play';
import {reportOf} from './report';
import type {Outcome} from './trial';

/** Trials at once: most of their time is the start of a process. */
const AT_ONCE = 3;

/** Runs the built connector against servers that are not as it believes, and prints what came of it as Markdown. */
async function main(): Promise<void> {
  const {values} = parseArgs({options: {only: {type: 'string'}}});
  const root = join(__dirname, '..');
  const only = new RegExp(`^(${values.only ?? '.*'})$`);
  const trials = CASES.filter(({finding, label}) => only.test(finding) || only.test(label));
  const catalog = await discover(root);
  const outcomes = new Map<number, readonly Outcome[]>();
  const queue = trials.entries();
  const work = async (): Promise<void> => {
    for (const [at, trial] of queue) {
      const played = await play(root, trial, catalog);
      outcomes.set(at, played);
      for (const {run, exit, wrong} of played) {
        process.stderr.write(
          `${trial.finding} ${trial.label} ${run}: exit ${exit} ${wrong.length === 0 ? 'as expected' : `WRONG: ${wrong.join('; ')}`}\n`,
        );
      }
    }
  };
  await Promise.all(Array.from({length: AT_ONCE}, work));
  const all = trials.flatMap((_, at) => outcomes.get(at) ?? []);
  process.stdout.write(`${reportOf(FINDINGS, all)}\n`);
  process.exitCode = all.some(({wrong}) => wrong.length > 0) ? 1 : 0;
}

main().catch((error: unknown) => {
  process.stderr.write(
    `The trials failed: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`,
  );
  process.exitCode = 1;
});
