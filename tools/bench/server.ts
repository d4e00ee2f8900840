import {spawn, type ChildProcess} from 'node:child_process';
import {startServer, type ServerSettings} from '../../sandbox/server/listen';
import {type DataSet, dataSetOf} from './data-sets';

/** A sandbox in a process of its own. */
export interface Server {
  readonly url: string;
  stats(): Promise<Stats>;
  close(): void;
}

/** What the sandbox counted, as far as it matters here. */
export interface Stats {
  readonly requests: Readonly<Record<string, number>>;
  readonly statuses: Readonly<Record<string, number>>;
  /** Requests of others. */
  readonly foreign: {readonly served: number; readonly refused: number};
}

/** What is served, and how. */
export interface Served {
  readonly dataSet: DataSet;
  readonly size: number;
  /** Without any, limits that are never felt. */
  readonly settings?: Partial<ServerSettings>;
}

/** Serves in this process until it is killed, or whoever started it is gone. @param served JSON of what `startProcess` passes on */
export async function serve(served: string): Promise<void> {
  const {name, size, settings} = JSON.parse(served) as Passed;
  const {options, fill} = dataSetOf(name);
  const given = options(size);
  const sandbox = await startServer({...given, settings: {...given.settings, ...settings}});
  fill?.(sandbox.world, size);
  process.stdout.write(`${sandbox.url}\n`);
  process.stdin.once('end', () => process.exit()).resume();
}

interface Passed {
  readonly name: string;
  readonly size: number;
  readonly settings: Partial<ServerSettings>;
}

export async function startProcess({dataSet: {name}, size, settings = {}}: Served): Promise<Server> {
  const passed: Passed = {name, size, settings};
  const child = spawn(process.execPath, [__filename, 'serve', JSON.stringify(passed)], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const url = await firstLine(child);
  return {
    url,
    stats: async () => (await (await fetch(`${url}/sandbox/stats`)).json()) as Stats,
    close: () => void child.kill(),
  };
}

/** How many searches were among the requests. */
export function searchesIn({requests}: Stats): number {
  return Object.entries(requests).reduce(
    (sum, [name, count]) => sum + (name.includes('search') ? count : 0),
    0,
  );
}

/** All requests. */
export function requestsIn({requests}: Stats): number {
  return Object.values(requests).reduce((sum, count) => sum + count, 0);
}

function firstLine(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    child.once('exit', (code) => reject(new Error(`the sandbox ended with ${code}`)));
    let text = '';
    child.stdout?.on('data', (chunk: Buffer) => {
      text += chunk.toString();
      if (text.includes('\n')) resolve(text.trim());
    });
  });
}
