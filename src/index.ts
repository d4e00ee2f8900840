import {setMaxListeners} from 'node:events';
import {fstatSync, readSync, statSync, writeSync} from 'node:fs';
import {setImmediate} from 'node:timers/promises';
import {errorMessage} from './airbyte/messages';
import {Outlet, writeTo} from './airbyte/outlet';
import {SourceRunner} from './airbyte/runner';
import {systemClock} from './clock';
import {explain} from './error-messages';
import {withoutLineBreaks} from './http/failure';
import {proxySecrets} from './http/proxy';
import {KustomerSource} from './source';
import {displayOn} from './terminal/display';

/** The version in metadata.yaml, put here by the build. */
declare const __VERSION__: string;

/** How long a process that is told to stop may take to write last states, however slow its reader is: ms. */
const STOP_GRACE_MS = 4_000;
/** What is wrong with a stdout that cannot be written. */
const WRITE_ERRORS: Readonly<Record<string, string>> = {
  EPIPE: 'whoever reads it has gone away',
  ENOSPC: 'no space is left on the device',
  EIO: 'the device failed',
};

async function main(args: readonly string[]): Promise<void> {
  // A configured catalog is printed to be a file, in which no message may stand.
  const isForFile = args.some((arg) => /^--configured(=|$)/.test(arg));
  const outlet = new Outlet(writeTo(isForFile ? process.stderr : process.stdout), systemClock);
  for (const secret of proxySecrets(process.env)) outlet.hide(secret);
  handleErrors(outlet);
  const stop = stopSignal();
  if (args[0] === 'read' && isStdoutClosed()) die(outlet, 'stdout is closed: what is read would be lost');
  const backpressure = async (): Promise<void> => {
    await outlet.drained();
    await setImmediate();
  };
  const version = __VERSION__;
  const source = new KustomerSource(
    {
      ...{clock: systemClock, random: Math.random, stop, version, log: outlet.log, backpressure},
      // Beside messages in the same terminal it could not be read.
      ...(process.stderr.isTTY && !process.stdout.isTTY && {watch: displayOn(process.stderr, systemClock)}),
    },
    outlet,
  );
  const runner = new SourceRunner(source, {
    outlet,
    clock: systemClock,
    explain,
    version,
    print: (text) => process.stdout.write(text),
    complain: (text) => process.stderr.write(text),
  });
  const exitCode = await runner.run(args);
  // Kept-alive connections would hold the process; what was written must be out before it goes.
  process.stdout.write('', () => process.exit(exitCode));
}

/** Aborted by the first signal to stop; a second one of a kind ends the process at once, as does a reader that does not read. */
function stopSignal(): AbortSignal {
  const stop = new AbortController();
  // Each request and each wait listens to it: many listeners are no leak here.
  setMaxListeners(0, stop.signal);
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) {
    process.once(signal, () => {
      stop.abort();
      setTimeout(() => process.exit(1), STOP_GRACE_MS);
    });
  }
  return stop.signal;
}

function handleErrors(outlet: Outlet): void {
  process.stdout.on('error', ({code = '', message}: NodeJS.ErrnoException) =>
    die(outlet, `stdout cannot be written (${code}): ${WRITE_ERRORS[code] ?? message}`),
  );
  // Nobody is left to tell.
  process.stderr.on('error', () => undefined);
  process.on('uncaughtException', (error: unknown) => {
    void outlet.message(errorMessage(explain(error), systemClock.now()));
    die(outlet, String(error));
  });
}

/** Ends the process with one line on stderr. */
function die(outlet: Outlet, problem: string): never {
  try {
    writeSync(2, `source-kustomer: ${outlet.redact(withoutLineBreaks(problem))}\n`);
  } catch {
    // The exit code still tells.
  }
  process.exit(1);
}

/**
 * Whether the process was started without a stdout (`>&-`). Node then opens /dev/null instead, for reading and writing; whoever sends
 * output there on purpose opens it for writing only.
 */
function isStdoutClosed(): boolean {
  try {
    return fstatSync(1).rdev === statSync('/dev/null').rdev && readSync(1, Buffer.alloc(1)) === 0;
  } catch {
    return false;
  }
}

void main(process.argv.slice(2));
