import {spawn, type ChildProcess} from 'node:child_process';
import {startServer, type ServerOptions} from '../sandbox/listen';

/** A sandbox in a process of its own. */
export interface Server {
  readonly url: string;
  stats(): Promise<Stats>;
  reset(): Promise<void>;
  set(settings: Readonly<Record<string, unknown>>): Promise<void>;
  close(): void;
}

/** What the sandbox counted, as far as it matters here. */
export interface Stats {
  readonly requests: Readonly<Record<string, number>>;
  readonly statuses: Readonly<Record<string, number>>;
  readonly records: Readonly<Record<string, number>>;
  readonly firstAt: number;
  readonly lastAt: number;
}

/** Serves in this process until it is killed, or whoever started it is gone. @param options JSON of the sandbox's options */
export async function serve(options: string): Promise<void> {
  const {url} = await startServer(JSON.parse(options) as Partial<ServerOptions>);
  process.stdout.write(`${url}\n`);
  process.stdin.once('end', () => process.exit()).resume();
}

export async function startProcess(options: Partial<ServerOptions>): Promise<Server> {
  const child = spawn(process.execPath, [__filename, 'serve', JSON.stringify(options)], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const url = await firstLine(child);
  const post = async (path: string, body: unknown): Promise<void> => {
    await fetch(url + path, {method: 'POST', body: JSON.stringify(body)});
  };
  return {
    url,
    stats: async () => (await (await fetch(`${url}/sandbox/stats`)).json()) as Stats,
    reset: () => post('/sandbox/stats/reset', {}),
    set: (settings) => post('/sandbox/settings', settings),
    close: () => void child.kill(),
  };
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
