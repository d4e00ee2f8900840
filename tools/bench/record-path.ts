import {best, type Run, runChild} from './child';
import {readWith} from './connector';
import {type DataSet, RECORD_PATH} from './data-sets';
import type {Growth, RecordPath} from './result';
import {type Server, startProcess} from './server';

/** No archive is asked: the floor knows none. */
export const ONLY_SEARCH = {include_archived: false};
/** How many rows the readers are also tried with, besides those of the record path; the floor's pages end at 50,000. */
const GROWTH = {floor: [5_000, 10_000, 25_000], connector: [5_000, 10_000, 25_000, 100_000]};

/**
 * Floor and connector, turn about, over the same records: the best run of each counts, since other work on the machine only ever
 * adds.
 * @param share of the records that each data set has, where less will do
 */
export async function measureRecordPath(rounds: number, share: number): Promise<RecordPath[]> {
  const measured: RecordPath[] = [];
  for (const {dataSet, size} of RECORD_PATH) {
    const server = await startProcess({dataSet, size: Math.round(size * share)});
    const floors: Run[] = [];
    const reads: Run[] = [];
    for (let round = 0; round < rounds; round++) {
      floors.push(await runFloorOn(server, dataSet));
      reads.push(await readWith(server.url, [dataSet.stream], ONLY_SEARCH));
    }
    server.close();
    measured.push({dataSet: dataSet.name, rounds, floor: best(floors), connector: best(reads)});
  }
  return measured;
}

/** Processor time and memory with fewer rows and with more, of the first data set. */
export async function measureGrowth(share: number): Promise<Growth[]> {
  const measured: Growth[] = [];
  const [{dataSet} = {dataSet: undefined}] = RECORD_PATH;
  if (!dataSet) return [];
  for (const size of GROWTH.connector) {
    const server = await startProcess({dataSet, size: Math.round(size * share)});
    const {records, cpu, rss} = await readWith(server.url, [dataSet.stream], ONLY_SEARCH);
    measured.push({reader: 'connector', rows: records, cpu, rss});
    if (GROWTH.floor.includes(size)) {
      const floor = await runFloorOn(server, dataSet);
      measured.push({reader: 'floor', rows: floor.records, cpu: floor.cpu, rss: floor.rss});
    }
    server.close();
  }
  return measured;
}

function runFloorOn({url}: Server, {context}: DataSet): Promise<Run> {
  return runChild(process.execPath, [__filename, 'floor', url, context]);
}
