import {readWith} from './connector';
import {type DataSet, EVEN_MESSAGES, MESSAGES} from './data-sets';
import {ONLY_SEARCH} from './record-path';
import type {Requests} from './result';
import {searchesIn, startProcess} from './server';

const PAGE_SIZE = 500;

/** How many searches a stream takes with so many records, where each changed by itself and where bulk jobs changed some. */
export async function measureRequests(sizes: readonly number[]): Promise<Requests[]> {
  const measured: Requests[] = [];
  for (const dataSet of [EVEN_MESSAGES, MESSAGES]) {
    for (const size of sizes) measured.push(await measure(dataSet, size));
  }
  return measured;
}

async function measure(dataSet: DataSet, size: number): Promise<Requests> {
  const server = await startProcess({dataSet, size});
  const {records, cpu, seconds, rss} = await readWith(server.url, [dataSet.stream], ONLY_SEARCH);
  const searches = searchesIn(await server.stats());
  server.close();
  return {dataSet: dataSet.name, records, searches, pageSize: PAGE_SIZE, cpu, seconds, rss};
}
