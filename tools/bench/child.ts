import {spawn} from 'node:child_process';
import {mkdtempSync, readFileSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {dirname, join} from 'node:path';
import {performance} from 'node:perf_hooks';
import type {Measured} from './hook';

/** What a process took from its start to its end. */
export interface Run extends Measured {
  /** Wall-clock time: s. */
  readonly seconds: number;
  /** What it wrote to stdout: bytes, and lines that are records. */
  readonly bytes: number;
  readonly records: number;
  /** Its last line. */
  readonly lastLine: string;
}

export interface ChildOptions {
  /** Where it writes the profile of its processor time. */
  readonly profile?: string;
  /** Stop it after this: ms. */
  readonly stopAfter?: number;
  /** More of its environment. */
  readonly env?: Readonly<Record<string, string>>;
  /** Where its stderr goes; shown unless given. */
  readonly stderr?: 'ignore' | 'inherit';
  /** Is handed all that it writes to stdout. */
  readonly onOutput?: (chunk: Buffer) => void;
}

/** Runs a program, of Node's or one that writes its own report, with its arguments, reads all that it writes, and measures it. */
export async function runChild(
  program: string,
  args: readonly string[],
  {profile, stopAfter, env, stderr = 'inherit', onOutput}: ChildOptions = {},
): Promise<Run> {
  const folder = mkdtempSync(join(tmpdir(), 'bench-'));
  const report = join(folder, 'report.json');
  const started = performance.now();
  const child = spawn(program, args, {
    stdio: ['ignore', 'pipe', stderr],
    env: {
      ...process.env,
      ...env,
      PATH: `${dirname(process.execPath)}:${process.env['PATH'] ?? ''}`,
      NODE_OPTIONS: `--require ${join(__dirname, 'bench-hook.js')}`,
      BENCH_REPORT: report,
      ...(profile !== undefined && {BENCH_PROFILE: profile}),
    },
  });
  if (stopAfter !== undefined) setTimeout(() => child.kill('SIGTERM'), stopAfter).unref();
  const output = new Output();
  child.stdout.on('data', (chunk: Buffer) => {
    output.take(chunk);
    onOutput?.(chunk);
  });
  const code = await new Promise<number | null>((resolve) => child.once('close', resolve));
  const seconds = (performance.now() - started) / 1000;
  if (code !== 0 && stopAfter === undefined) {
    throw new Error(`${args.join(' ')} ended with ${code}: ${output.lastLine}`);
  }
  const measured = JSON.parse(readFileSync(report, 'utf8')) as Measured;
  rmSync(folder, {recursive: true});
  return {...measured, seconds, bytes: output.bytes, records: output.records, lastLine: output.lastLine};
}

/** The run that took least of the processor; other work can only have added to its times, but not to its memory. */
export function best(runs: readonly Run[]): Run {
  const [first] = [...runs].sort((left, right) => left.cpu - right.cpu);
  if (!first) throw new Error('nothing was run');
  return {
    ...first,
    seconds: Math.min(...runs.map(({seconds}) => seconds)),
    blocked: Math.min(...runs.map(({blocked}) => blocked)),
    rss: Math.max(...runs.map(({rss}) => rss)),
  };
}

const RECORD = Buffer.from('{"type":"RECORD"');

/** Counts what is written without taking it apart: the reader should cost as little as it can. */
class Output {
  bytes = 0;
  records = 0;
  private tail: Buffer = Buffer.alloc(0);
  private recent: Buffer = Buffer.alloc(0);

  take(chunk: Buffer): void {
    this.bytes += chunk.length;
    const text = Buffer.concat([this.tail, chunk]);
    const end = text.length - RECORD.length;
    for (let at = text.indexOf(RECORD); at >= 0 && at <= end; at = text.indexOf(RECORD, at + RECORD.length)) {
      this.records += 1;
    }
    // Too short to hold the marker once more, long enough for its beginning; the last line is read from the end.
    this.tail = text.subarray(Math.max(0, text.length - RECORD.length + 1));
    this.recent = Buffer.concat([this.recent, chunk]).subarray(-4000);
  }

  get lastLine(): string {
    return this.recent.toString('utf8').trimEnd().split('\n').at(-1) ?? '';
  }
}
