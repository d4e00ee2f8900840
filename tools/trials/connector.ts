import {spawn} from 'node:child_process';
import {once} from 'node:events';
import {join} from 'node:path';

/** A message of Airbyte's protocol, as far as the trials look at it. */
export interface Message {
  readonly type: string;
  readonly record?: {readonly stream: string; readonly data: Readonly<Record<string, unknown>>};
  readonly state?: {readonly stream: {readonly stream_descriptor: {readonly name: string}}};
  readonly trace?: {
    readonly stream_status?: {
      readonly stream_descriptor: {readonly name: string};
      readonly status: string;
    };
    readonly error?: {readonly message: string; readonly failure_type: string};
  };
  readonly log?: {readonly level: string; readonly message: string};
  readonly connectionStatus?: {readonly status: string; readonly message?: string};
  readonly catalog?: {readonly streams: readonly {readonly name: string}[]};
}

/** How a process of the connector ended, and all it wrote. */
export interface Ending {
  readonly exit: number | null;
  readonly stopped: boolean;
  readonly stdout: string;
  readonly stderr: string;
  readonly seconds: number;
}

/** What to run. */
export interface Command {
  readonly root: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  /** What a shell makes of `"$@"`. */
  readonly shell: string | undefined;
  readonly stopAfterMs: number | undefined;
}

/** The most that a run may take before it counts as stuck: ms. */
const STUCK_MS = 90_000;
/** Between being told to stop and being killed: ms. */
const KILL_MS = 6_000;

/** Runs the built connector as Airbyte does. */
export async function runConnector({root, args, env, shell, stopAfterMs}: Command): Promise<Ending> {
  const bin = join(root, 'bin/source-kustomer');
  const started = Date.now();
  // A proxy of this machine is none of the trials' own.
  const plain = Object.fromEntries(Object.entries(process.env).filter(([name]) => !/_proxy$/i.test(name)));
  const options = {env: {...plain, ...env}, stdio: ['ignore', 'pipe', 'pipe']} as const;
  const child =
    shell === undefined
      ? spawn(bin, args, {...options, stdio: [...options.stdio]})
      : spawn('bash', ['-c', shell, 'bash', bin, ...args], {...options, stdio: [...options.stdio]});
  let stdout = '';
  let stderr = '';
  let stopped = false;
  child.stdout?.setEncoding('utf8').on('data', (text: string) => (stdout += text));
  child.stderr?.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  const stop = setTimeout(() => {
    stopped = true;
    child.kill('SIGTERM');
  }, stopAfterMs ?? STUCK_MS);
  const kill = setTimeout(() => child.kill('SIGKILL'), (stopAfterMs ?? STUCK_MS) + KILL_MS);
  await once(child, 'close');
  clearTimeout(stop);
  clearTimeout(kill);
  return {exit: child.exitCode, stopped, stdout, stderr, seconds: (Date.now() - started) / 1000};
}

/** The messages in what the connector wrote; a last line that was cut off is left out. */
export function messagesOf(stdout: string): Message[] {
  return stdout.split('\n').flatMap((line) => {
    if (!line.startsWith('{') || !line.endsWith('}')) return [];
    return [JSON.parse(line) as Message];
  });
}
