import {spawn} from 'node:child_process';
import {once} from 'node:events';
import {join} from 'node:path';
import type {Readable} from 'node:stream';
import type {Message} from './messages';

/** How a command of the connector ended. */
export interface Ending {
  readonly exitCode: number | null;
  /** What it wrote to stderr: nothing, when all is well. */
  readonly stderr: string;
}

/**
 * Runs one command of the real connector as a process of its own, as Airbyte does.
 * @param onMessage is handed each line of stdout, in order
 * @throws Error for a line that is no JSON
 */
export async function runConnector(
  root: string,
  args: readonly string[],
  onMessage: (message: Message) => void,
): Promise<Ending> {
  const child = spawn(join(root, 'bin/source-kustomer'), args, {stdio: ['ignore', 'pipe', 'pipe']});
  const closed = once(child, 'close');
  let stderr = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  try {
    for await (const line of linesOf(child.stdout)) onMessage(JSON.parse(line) as Message);
  } finally {
    child.kill();
  }
  await closed;
  return {exitCode: child.exitCode, stderr};
}

/** Splits at `\n` and nothing else: what other characters end a line for some readers may stand inside a JSON text. */
async function* linesOf(stream: Readable): AsyncGenerator<string> {
  let rest = '';
  for await (const chunk of stream.setEncoding('utf8')) {
    const lines = (rest + String(chunk)).split('\n');
    rest = lines.pop() ?? '';
    yield* lines;
  }
  if (rest !== '') yield rest;
}
