import {setImmediate} from 'node:timers/promises';
import {parseArgs} from 'node:util';
import {InputError} from '../../src/airbyte/input-error';
import {readJsonFile} from '../../src/airbyte/json-file';
import {systemClock} from '../../src/clock';
import {readConfig} from '../../src/config';
import {explain} from '../../src/error-messages';
import {examine} from './examine';
import {connectLimited} from './limited';
import {reportOf} from './report';

declare const __VERSION__: string;

/** Shows where an account's records differ from the schemas: reads a few of each stream, and prints names, types and counts only. */
async function main(): Promise<void> {
  const {values} = parseArgs({options: {config: {type: 'string'}}});
  if (values.config === undefined) throw new InputError('Usage: npm run drift -- --config FILE');
  const config = readConfig(readJsonFile(values.config, 'configuration'));
  const connection = connectLimited(
    config,
    {clock: systemClock, random: Math.random, version: __VERSION__, backpressure: () => setImmediate()},
    (until) => process.stderr.write(`the quota is spent until ${new Date(until).toISOString()}\n`),
  );
  const examined = await examine(connection, explain);
  process.stdout.write(`${reportOf(examined, connection.client.counts.requests)}\n`, () => process.exit());
}

main().catch((error: unknown) => {
  process.stderr.write(`${explain(error).message}\n`);
  process.exit(1);
});
