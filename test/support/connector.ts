import {spawn} from 'node:child_process';
import {mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {type AirbyteMessage, type StateBody, parseMessages} from './capture';

/** The token of every run that does not say otherwise. */
export const TOKEN = 'sandbox-token';

/** What a command did. */
export interface Ran {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
  readonly messages: readonly AirbyteMessage[];
}

export interface ReadOptions {
  /** Stream name -> sync mode; or a whole configured catalog. */
  readonly streams?: Readonly<Record<string, 'incremental' | 'full_refresh'>>;
  readonly catalog?: unknown;
  readonly state?: unknown;
  readonly config?: Record<string, unknown>;
  /** Told of each message as it comes; may send a signal, or hang up: then nobody reads stdout any more. */
  readonly onMessage?: (
    message: AirbyteMessage,
    kill: (signal: NodeJS.Signals) => void,
    hangUp: () => void,
  ) => void;
}

/** The nine streams. */
export const STREAMS: readonly string[] = [
  ...['conversations', 'customers', 'kobjects', 'messages', 'notes'],
  ...['shortcuts', 'tags', 'teams', 'users'],
];

/** The nine streams, in one mode. */
export function allIn(mode: 'incremental' | 'full_refresh'): Record<string, 'incremental' | 'full_refresh'> {
  return Object.fromEntries(STREAMS.map((name) => [name, mode]));
}

/** A configured catalog that names what a read needs. */
export function catalogOf(streams: NonNullable<ReadOptions['streams']>): object {
  return {
    streams: Object.entries(streams).map(([name, mode]) => ({
      stream: {name, json_schema: {}, supported_sync_modes: ['full_refresh', 'incremental']},
      sync_mode: mode,
      destination_sync_mode: 'append',
    })),
  };
}

/** States as the platform hands them over. */
export function handOver(states: readonly StateBody[]): unknown {
  return states.map(({type, stream}) => ({type, stream}));
}

/** Runs the real program against one Kustomer. */
export class Connector {
  private readonly folder = mkdtempSync(join(tmpdir(), 'connector-'));
  private files = 0;

  constructor(private readonly url: string) {}

  /** A good configuration, with a change. */
  config(change: Record<string, unknown> = {}): Record<string, unknown> {
    return {api_token: TOKEN, start_date: '2015-01-01', base_url: this.url, concurrency: 4, ...change};
  }

  /** Writes a file: JSON, or a text as it is. */
  file(content: unknown): string {
    const file = join(this.folder, `${this.files++}.json`);
    writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content));
    return file;
  }

  check(change: Record<string, unknown> = {}, env: Record<string, string> = {}): Promise<Ran> {
    return this.run(['check', '--config', this.file(this.config(change))], undefined, env);
  }

  discover(change: Record<string, unknown> = {}): Promise<Ran> {
    return this.run(['discover', '--config', this.file(this.config(change))]);
  }

  read({
    streams = {},
    catalog = catalogOf(streams),
    state,
    config = {},
    onMessage,
  }: ReadOptions): Promise<Ran> {
    const files = ['--config', this.file(this.config(config)), '--catalog', this.file(catalog)];
    const stateFile = state === undefined ? [] : ['--state', this.file(state)];
    return this.run(['read', ...files, ...stateFile], onMessage);
  }

  /** Runs a command to its end; throws when a token is in what it says, or a line of stdout is no message. */
  run(
    args: readonly string[],
    onMessage?: ReadOptions['onMessage'],
    env: Record<string, string> = {},
  ): Promise<Ran> {
    return new Promise((resolve, reject) => {
      const child = spawn('bin/source-kustomer', args, {env: {...process.env, ...env}});
      let isLeft = false;
      const kill = (signal: NodeJS.Signals): void => void child.kill(signal);
      const hangUp = (): void => {
        isLeft = true;
        child.stdout.destroy();
      };
      let stdout = '';
      let stderr = '';
      let told = 0;
      child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
      child.stdout.setEncoding('utf8').on('data', (text: string) => {
        stdout += text;
        if (!onMessage) return;
        const whole = Math.max(told, stdout.lastIndexOf('\n') + 1);
        const news = parseMessages(stdout.slice(told, whole));
        told = whole;
        for (const message of news) onMessage(message, kill, hangUp);
      });
      child.once('error', reject);
      child.once('close', (code, signal) => {
        try {
          if (/sandbox-[a-z]|secret/.test(stdout + stderr)) {
            throw new Error(`a token was shown: ${stdout + stderr}`);
          }
          // Who was killed or left may have got no further than the middle of a line.
          const whole = signal === null && !isLeft ? stdout : stdout.slice(0, stdout.lastIndexOf('\n') + 1);
          resolve({code, signal, stdout, stderr, messages: parseMessages(whole)});
        } catch (error) {
          reject(error as Error);
        }
      });
    });
  }

  /** Removes the files that were written. */
  close(): void {
    rmSync(this.folder, {recursive: true, force: true});
  }
}
