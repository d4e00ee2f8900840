import {UNLIMITED} from '../../sandbox/api/settings';
import {spawn, type ChildProcess} from 'node:child_process';
import {type Sandbox, startServer, type ServerOptions} from '../../sandbox/server/listen';

/** Within search's reach, so that the archive is not asked too. */
export const HISTORY_DAYS = 700;

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
  /** Requests of others. */
  readonly foreign: {readonly served: number; readonly refused: number};
  readonly firstAt: number;
  readonly lastAt: number;
}

/** What is served: a history that the sandbox makes up, and so many messages besides that were changed one by one. */
export type Served = Partial<ServerOptions> & {readonly evenMessages?: number};

/** Serves in this process until it is killed, or whoever started it is gone. @param options JSON of the sandbox's options */
export async function serve(options: string): Promise<void> {
  const served = JSON.parse(options) as Served;
  const sandbox = await startServer(served);
  addEvenMessages(sandbox, served.evenMessages ?? 0);
  const {url} = sandbox;
  process.stdout.write(`${url}\n`);
  process.stdin.once('end', () => process.exit()).resume();
}

export async function startProcess(options: Served): Promise<Server> {
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

/** A sandbox with so many conversations, all within search's reach, and limits that are never felt. */
export function startConversations(size: number): Promise<Server> {
  return startProcess({
    size: 0,
    sizes: {conversations: size},
    historyDays: HISTORY_DAYS,
    settings: UNLIMITED,
  });
}

/** A minute apart, so that no two share an instant: all that a page can hold is new. */
function addEvenMessages({world}: Sandbox, count: number): void {
  const now = Date.now();
  for (let number = 0; number < count; number++) {
    const at = now - (count - number) * 60_000;
    const id = number.toString(16).padStart(24, '0');
    world.insert({object: 'messages', id, createdAt: at, updatedAt: at});
  }
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
