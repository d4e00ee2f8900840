import {runConnector} from './connector';
import {Course, type Sample} from './course';
import type {State} from './messages';
import {Progress} from './progress';
import type {Setup, Stage} from './setup';
import {Tally} from './tally';

/** What a read has said, and how it went on. */
export interface ReadOutcome {
  readonly tally: Tally;
  readonly samples: readonly Sample[];
}

/**
 * A read of all streams, shown as it goes, its rows and last states left in the output.
 * @param states those of an earlier read; none for a first one
 */
export async function read(stage: Stage, setup: Setup, states: readonly State[]): Promise<ReadOutcome> {
  const {root, output, screen, say} = stage;
  const tally = new Tally(
    setup.streams.map(({name}) => name),
    setup.validate,
  );
  const progress = new Progress(tally.streams, screen, Date.now);
  const course = new Course(tally.streams, Date.now);
  const state = states.length > 0 ? ['--state', output.json('state.json', states)] : [];
  const args = ['read', '--config', setup.config, '--catalog', setup.catalog, ...state];
  const ending = await runConnector(root, args, (message) => {
    tally.take(message);
    if (message.record) output.row(message.record.stream, message.record.data);
    progress.update();
    course.update();
  });
  progress.finish();
  course.finish();
  tally.finish(ending.exitCode);
  if (ending.stderr !== '') say(`It wrote to stderr: ${ending.stderr.trimEnd()}`);
  output.json('state.json', tally.lastStates);
  return {tally, samples: course.samples};
}
