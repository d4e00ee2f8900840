import {type ChildProcess, spawn} from 'node:child_process';
import {once} from 'node:events';
import {join} from 'node:path';

/** A record as it truly is in the sandbox. `updatedAt` in epoch ms. */
export interface TrueRow {
  readonly id: string;
  readonly updatedAt: number;
}

/** A request as the sandbox saw it. */
export interface LoggedRequest {
  /** Epoch ms. */
  readonly at: number;
  /** The path and what follows it. */
  readonly url: string;
  readonly body: string;
  readonly status: number;
}

/** How many records to change, each kind apart. */
export interface ChangeCounts {
  readonly updates: number;
  readonly deletes: number;
  readonly inserts: number;
}

/** A Kustomer to read from: `dist/sandbox.js` as a process of its own, and its addresses beside the API. */
export class Sandbox {
  private constructor(
    private readonly child: ChildProcess,
    readonly url: string,
  ) {}

  /** @param options command line of the sandbox: `['--size', '1000']` */
  static async start(root: string, options: readonly string[]): Promise<Sandbox> {
    const stdio = ['ignore', 'pipe', 'inherit'] as const;
    const child = spawn(process.execPath, [join(root, 'dist/sandbox.js'), ...options], {stdio: [...stdio]});
    // Whatever becomes of the demo, no server outlives it.
    process.once('exit', () => child.kill());
    const stdout = child.stdout;
    if (!stdout) throw new Error('the sandbox has no stdout');
    const [line] = await Promise.race([
      once(stdout, 'data'),
      once(child, 'exit').then(([code]) => Promise.reject(new Error(`the sandbox ended with ${code}`))),
    ]);
    return new Sandbox(child, (JSON.parse(String(line)) as {url: string}).url);
  }

  /** Everything there is of an object, deleted records too. */
  async truth(object: string): Promise<TrueRow[]> {
    return (await this.ask('GET', `truth?object=${object}`)) as TrueRow[];
  }

  /** Changes records here and there, some of each object. */
  async change(counts: ChangeCounts): Promise<{readonly kind: string}[]> {
    return (await this.ask('POST', 'change', counts)) as {kind: string}[];
  }

  /** Requests since the last call, by object: `POST /v1/customers/search note` is one for notes. */
  async requests(): Promise<ReadonlyMap<string, number>> {
    const {requests} = (await this.ask('GET', 'stats')) as {requests: Record<string, number>};
    await this.ask('POST', 'stats/reset');
    const counts = new Map<string, number>();
    for (const [name, count] of Object.entries(requests)) {
      const context = /search (\w+)$/.exec(name)?.[1];
      const object = context ? `${context}s` : (name.split('/').at(-1) ?? name);
      counts.set(object, (counts.get(object) ?? 0) + count);
    }
    return counts;
  }

  /** The requests since `requests` was called. */
  async log(): Promise<LoggedRequest[]> {
    return (await this.ask('GET', 'log')) as LoggedRequest[];
  }

  stop(): void {
    this.child.kill();
  }

  private async ask(method: string, address: string, body?: object): Promise<unknown> {
    const answer = await fetch(`${this.url}/sandbox/${address}`, {
      method,
      ...(body && {body: JSON.stringify(body)}),
    });
    if (!answer.ok) throw new Error(`the sandbox answers ${answer.status} to ${method} ${address}`);
    return answer.json();
  }
}
