import {writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {CONNECTOR, withFolder} from './connector';
import {best, type Run, runChild} from './child';
import {EVEN_MESSAGES} from './data-sets';
import type {StartUp} from './result';
import {startProcess} from './server';

const ROUNDS = 5;

/** The two commands that somebody waits for: `spec`, and `check` of a server that answers at once. */
export async function measureStartUp(): Promise<StartUp[]> {
  const server = await startProcess({dataSet: EVEN_MESSAGES, size: 1000});
  try {
    return await withFolder(async (folder) => {
      const config = join(folder, 'config.json');
      writeFileSync(
        config,
        JSON.stringify({api_token: 'sandbox-token', base_url: server.url, start_date: '2015-01-01'}),
      );
      return [await measure('spec', []), await measure('check', ['--config', config])];
    });
  } finally {
    server.close();
  }
}

async function measure(command: string, args: readonly string[]): Promise<StartUp> {
  const runs: Run[] = [];
  for (let round = 0; round < ROUNDS; round++) runs.push(await runChild(CONNECTOR, [command, ...args]));
  const {cpu, seconds, rss} = best(runs);
  return {command, cpu, seconds, rss};
}
