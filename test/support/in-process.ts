import {Outlet} from '../../src/airbyte/outlet';
import {SourceRunner} from '../../src/airbyte/runner';
import {explain} from '../../src/error-messages';
import type {Transport} from '../../src/http/call';
import {KustomerSource} from '../../src/source';
import {type AirbyteMessage, Capture} from './capture';
import {SleeplessClock} from '../fakes/sleepless-clock';

/** Runs a command in this process, on a clock that does not wait: for what takes minutes until it is given up. */
export async function runHere(
  args: readonly string[],
  transport?: Transport,
): Promise<{code: number; messages: AirbyteMessage[]; text: string; waited: number}> {
  const capture = new Capture();
  const clock = new SleeplessClock();
  const started = clock.now();
  const outlet = new Outlet(capture.write, clock);
  const stop = new AbortController().signal;
  const source = new KustomerSource(
    {
      clock,
      random: () => 0.5,
      stop,
      version: 'test',
      log: outlet.log,
      backpressure: outlet.drained,
      ...(transport && {transport}),
    },
    outlet,
  );
  const ignore = (): void => undefined;
  const runner = new SourceRunner(source, {
    outlet,
    clock,
    explain,
    version: 'test',
    print: ignore,
    complain: ignore,
  });
  const code = await runner.run(args);
  return {code, messages: capture.messages, text: capture.text, waited: clock.now() - started};
}
