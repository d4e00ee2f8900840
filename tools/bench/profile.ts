import {mkdtempSync, readFileSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {basename, join} from 'node:path';
import {readWith} from './connector';
import {startConversations} from './server';
import {table} from './table';

/** What V8's profiler tells, as far as it is needed. */
interface CpuProfile {
  readonly nodes: readonly {
    readonly id: number;
    readonly callFrame: {readonly functionName: string; readonly url: string; readonly lineNumber: number};
  }[];
  /** The node that was running at each sample. */
  readonly samples: readonly number[];
  /** µs before each sample. */
  readonly timeDeltas: readonly number[];
}

/** Prints where a read of so many conversations spends its time: the functions that take most themselves. */
export async function showProfile(size: number): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'bench-profile-'));
  const server = await startConversations(size);
  const file = join(folder, 'read.cpuprofile');
  await readWith(server.url, ['conversations'], {include_archived: false}, {profile: file});
  server.close();
  const own = ownTimes(JSON.parse(readFileSync(file, 'utf8')) as CpuProfile);
  rmSync(folder, {recursive: true});
  const busy = [...own.values()].reduce((sum, time) => sum + time, 0);
  const top = [...own].sort(([, left], [, right]) => right - left).slice(0, 10);
  table(
    `Profile: ${size} conversations, ${(busy / 1e6).toFixed(2)} s busy, by a function's own time`,
    top.map(([name, time]) => ({
      '%': ((100 * time) / busy).toFixed(1),
      ms: (time / 1000).toFixed(0),
      function: name,
    })),
  );
}

/** µs by function, without the time in which nothing ran. */
function ownTimes({nodes, samples, timeDeltas}: CpuProfile): Map<string, number> {
  const names = new Map(
    nodes.map(({id, callFrame: {functionName, url, lineNumber}}) => [
      id,
      `${functionName || '(anonymous)'} ${url === '' ? '' : `${basename(url)}:${lineNumber + 1}`}`.trim(),
    ]),
  );
  const own = new Map<string, number>();
  samples.forEach((id, at) => {
    const name = names.get(id) ?? '';
    if (name !== '(idle)') own.set(name, (own.get(name) ?? 0) + (timeDeltas[at] ?? 0));
  });
  return own;
}
