import {mkdtempSync, readFileSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {basename, join} from 'node:path';
import {readWith} from './connector';
import {CONVERSATIONS} from './data-sets';
import {ONLY_SEARCH} from './record-path';
import {startProcess} from './server';
import type {Table} from './table';

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

/** Where a read of so many conversations spends its time: the functions that take most themselves. */
export async function measureProfile(size: number): Promise<Table> {
  const folder = mkdtempSync(join(tmpdir(), 'bench-profile-'));
  const server = await startProcess({dataSet: CONVERSATIONS, size});
  const file = join(folder, 'read.cpuprofile');
  await readWith(server.url, ['conversations'], ONLY_SEARCH, {profile: file});
  server.close();
  const own = ownTimes(JSON.parse(readFileSync(file, 'utf8')) as CpuProfile);
  rmSync(folder, {recursive: true});
  const busy = [...own.values()].reduce((sum, time) => sum + time, 0);
  const top = [...own].sort(([, left], [, right]) => right - left).slice(0, 10);
  return {
    title: `Profile: ${size} conversations, ${(busy / 1e6).toFixed(2)} s busy, by a function's own time`,
    rows: top.map(([name, time]) => ({
      '%': ((100 * time) / busy).toFixed(1),
      ms: (time / 1000).toFixed(0),
      function: name,
    })),
  };
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
