import {setImmediate} from 'node:timers/promises';
import {parseArgs} from 'node:util';
import {InputError} from '../../src/airbyte/input-error';
import {readJsonFile} from '../../src/airbyte/json-file';
import {redactDeep, redactorOf} from '../../src/airbyte/redact';
import {systemClock} from '../../src/clock';
import {type Config, readConfig} from '../../src/config';
import {connect, type Runtime} from '../../src/connection';
import {explain} from '../../src/error-messages';
import {Decompressor} from '../../src/http/body/decompress';
import {proxySecrets} from '../../src/http/proxy';
import {AxiosTransport} from '../../src/http/transport';
import {Asker, MOST_REQUESTS} from './ask';
import type {Finding} from './finding';
import {reportOf, tableOf} from './report';
import {runProbes} from './run';

declare const __VERSION__: string;

/** No answer within this is a failed attempt: ms. */
const TIMEOUT_MS = 30_000;

/** Asks an account each thing that the connector assumes, and prints what was seen: reads only, and says nothing that a record says. */
async function main(): Promise<void> {
  const {values} = parseArgs({options: {config: {type: 'string'}, json: {type: 'boolean'}}});
  if (values.config === undefined) throw new InputError('usage: npm run probe -- --config FILE [--json]');
  const config = readConfig(readJsonFile(values.config, 'configuration'));
  const asker = askerOf(config);
  const {lookbackMs} = config;
  const found = await runProbes({asker, startedAtMs: systemClock.now(), lookbackMs});
  const redact = redactorOf([config.token, ...proxySecrets(process.env)]);
  // Before the sandbox's own key comes to it, which may be the very same.
  const findings = redactDeep(found, redact) as readonly Finding[];
  const report = reportOf(findings, asker.requests, __VERSION__);
  process.stdout.write(`${values.json ? JSON.stringify(report, null, 2) : tableOf(report)}\n`, () =>
    process.exit(),
  );
}

function askerOf(config: Config): Asker {
  const runtime: Runtime = {
    clock: systemClock,
    random: Math.random,
    stop: new AbortController().signal,
    version: __VERSION__,
    log: () => undefined,
    backpressure: () => setImmediate(),
  };
  const {limiter} = connect({
    ...{config, runtime, budgetMs: TIMEOUT_MS, unpaced: MOST_REQUESTS},
    onWait: (until) =>
      process.stderr.write(`the rate limit is spent until ${new Date(until).toISOString()}\n`),
  });
  const {baseUrl, token} = config;
  const userAgent = `source-kustomer-probe/${__VERSION__}`;
  const transport = new AxiosTransport({
    baseUrl,
    token,
    userAgent,
    timeoutMs: TIMEOUT_MS,
    stop: runtime.stop,
  });
  const decompressor = new Decompressor();
  const decompress = (body: Buffer, coding: string) => decompressor.decompress(body, coding);
  return new Asker({transport, limiter, clock: systemClock, decompress});
}

main().catch((error: unknown) => {
  const {message} = error instanceof TypeError ? error : explain(error);
  process.stderr.write(`${message}\n`);
  process.exit(1);
});
