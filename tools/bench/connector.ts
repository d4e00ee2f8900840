import {mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {type ChildOptions, type Run, runChild} from './child';

/** The connector as Airbyte starts it. */
export const CONNECTOR = join(__dirname, '..', 'bin', 'source-kustomer');

/** Hands over a new folder, and takes it away in the end. */
export async function withFolder<T>(work: (folder: string) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'bench-'));
  try {
    return await work(folder);
  } finally {
    rmSync(folder, {recursive: true});
  }
}

/** Runs `read` of the bundled connector: a full refresh of these streams. @param config beyond where and with which key */
export function readWith(
  url: string,
  streams: readonly string[],
  config: Readonly<Record<string, unknown>> = {},
  options: ChildOptions = {},
): Promise<Run> {
  return withFolder((folder) => {
    const file = (name: string, content: unknown): string => {
      writeFileSync(join(folder, name), JSON.stringify(content));
      return join(folder, name);
    };
    const given = {api_token: 'sandbox-token', base_url: url, start_date: '2015-01-01', ...config};
    const configured = streams.map((name) => ({
      stream: {name, json_schema: {}, supported_sync_modes: ['full_refresh', 'incremental']},
      sync_mode: 'full_refresh',
      destination_sync_mode: 'append',
    }));
    const catalog = file('catalog.json', {streams: configured});
    return runChild(
      CONNECTOR,
      ['read', '--config', file('config.json', given), '--catalog', catalog],
      options,
    );
  });
}
