import {setMaxListeners} from 'node:events';
import {setImmediate} from 'node:timers/promises';
import {Outlet, writeTo} from './airbyte/outlet';
import {SourceRunner} from './airbyte/runner';
import {systemClock} from './clock';
import {explain} from './error-messages';
import {KustomerSource} from './source';

/** The version in metadata.yaml, put here by the build. */
declare const __VERSION__: string;

async function main(): Promise<void> {
  const stop = new AbortController();
  // Each request and each wait listens to it: many listeners are no leak here.
  setMaxListeners(0, stop.signal);
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => stop.abort());
  const version = __VERSION__;
  const clock = systemClock;
  const outlet = new Outlet(writeTo(process.stdout), clock);
  const turn = async (): Promise<void> => {
    await outlet.drained();
    await setImmediate();
  };
  const source = new KustomerSource(
    {clock, random: Math.random, stop: stop.signal, version, log: outlet.log, backpressure: turn},
    outlet,
  );
  const runner = new SourceRunner(source, {outlet, clock, explain, version});
  await runner.mainCommand().parseAsync(process.argv);
  // Kept-alive connections would hold the process; what was written must be out before it goes.
  process.stdout.write('', () => process.exit(runner.exitCode));
}

void main();
