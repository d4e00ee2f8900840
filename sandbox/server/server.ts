import {startServer} from './listen';
import {parseOptions} from './options';

/** Runs a sandbox as a program: says where it listens in one line of JSON, and ends on SIGTERM or SIGINT. */
async function main(): Promise<void> {
  const sandbox = await startServer(parseOptions(process.argv.slice(2)));
  process.stdout.write(`${JSON.stringify({url: sandbox.url})}\n`);
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.once(signal, () => void sandbox.close());
  }
}

if (require.main === module) {
  main().catch((error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 1;
  });
}
