import {cpus} from 'node:os';
import {measureQuota} from './quota';
import {measureGrowth, measureRecordPath} from './record-path';
import {measureRequests} from './requests';
import type {Result} from './result';
import {measureStartUp} from './start-up';

/** How much is measured. */
export interface Sizes {
  /** Of the records of each data set. */
  readonly share: number;
  /** How often floor and connector run. */
  readonly rounds: number;
  /** With how many records searches are counted. */
  readonly requests: readonly number[];
}

type Measured = Partial<Omit<Result, 'node' | 'processors' | 'at'>>;

/** What is measured, in the order in which it is. */
export const PARTS: Readonly<Record<string, (sizes: Sizes) => Promise<Measured>>> = {
  'start-up': async () => ({startUp: await measureStartUp()}),
  'record-path': async ({rounds, share}) => ({recordPath: await measureRecordPath(rounds, share)}),
  growth: async ({share}) => ({growth: await measureGrowth(share)}),
  requests: async ({requests}) => ({requests: await measureRequests(requests)}),
  quota: measureQuota,
};

/** Measures these parts, one after the other. @throws Error for a part that there is not */
export async function measureRun(sizes: Sizes, parts: readonly string[]): Promise<Result> {
  const [{model} = {model: 'unknown processor'}] = cpus();
  let result: Result = {
    node: process.version,
    processors: `${cpus().length} × ${model}`,
    at: new Date().toISOString(),
    ...{startUp: [], recordPath: [], growth: [], requests: [], quotaUse: [], minutes: []},
  };
  for (const part of parts) {
    const measure = PARTS[part];
    if (!measure) throw new Error(`--only takes ${Object.keys(PARTS).join(', ')} or peer`);
    result = {...result, ...(await measure(sizes))};
  }
  return result;
}
