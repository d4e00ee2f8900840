import {execFileSync} from 'node:child_process';
import {existsSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {type Run, runChild} from './child';
import {readWith, withFolder} from './connector';
import {type DataSet, FOR_THE_TAP} from './data-sets';
import {ONLY_SEARCH} from './record-path';
import type {Peer, PeerReading} from './result';
import {RowCount} from './row-count';
import {requestsIn, searchesIn, type Server, startProcess} from './server';

/** The last that is on PyPI; its makers' own repository has 1.1.1, in which only dependencies are newer. */
const TAP = 'tap-kustomer==1.1.0';
/** Ignored by git. */
const FOLDER = '.cache/peer';
/** How many records are read; the tap takes a minute for the most. */
const SIZES = [5_000, 10_000, 20_000, 50_000];

interface Tap {
  readonly python: string;
  /** The program that starts it. */
  readonly program: string;
}

/** The Singer tap from PyPI, unmodified, and the connector, turn about over the same records. Needs Python 3 and PyPI. */
export async function measurePeer(root: string, share: number): Promise<Peer> {
  const tap = install(root);
  const dataSet = FOR_THE_TAP;
  const readings: PeerReading[] = [];
  for (const size of SIZES.map((each) => Math.round(each * share))) {
    readings.push(
      await measure('connector', dataSet, size, (server, rows) => readAll(server, dataSet, rows)),
    );
    readings.push(await measure('tap', dataSet, size, (server, rows) => runTap(tap, server, dataSet, rows)));
  }
  const [node, at] = [process.version, new Date().toISOString()];
  return {node, at, tap: TAP.replace('==', ' '), dataSet: dataSet.name, readings};
}

/** Installs the tap in an environment of its own, once. */
function install(root: string): Tap {
  const folder = join(root, FOLDER);
  const python = join(folder, 'bin/python');
  if (!existsSync(join(folder, 'bin/tap-kustomer'))) {
    execFileSync('python3', ['-m', 'venv', folder], {stdio: 'inherit'});
    execFileSync(python, ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', TAP], {
      stdio: 'inherit',
    });
  }
  return {python, program: join(root, 'tools/bench/peer/run_tap.py')};
}

async function measure(
  reader: PeerReading['reader'],
  dataSet: DataSet,
  due: number,
  read: (server: Server, rows: RowCount) => Promise<Run>,
): Promise<PeerReading> {
  const server = await startProcess({dataSet, size: due});
  const rows = new RowCount();
  const {bytes, blocked, cpu, seconds, rss} = await read(server, rows);
  const stats = await server.stats();
  server.close();
  const counted = {records: rows.rows, due, came: rows.distinct, values: rows.values};
  const asked = {searches: searchesIn(stats), requests: requestsIn(stats)};
  return {reader, bytes, blocked, cpu, seconds, rss, ...counted, ...asked};
}

function readAll({url}: Server, {stream}: DataSet, rows: RowCount): Promise<Run> {
  return readWith(url, [stream], ONLY_SEARCH, {onOutput: (chunk) => rows.take(chunk)});
}

/** Discovers what the tap has, selects the one stream with all its columns, and syncs it. */
function runTap({python, program}: Tap, {url}: Server, {stream}: DataSet, rows: RowCount): Promise<Run> {
  return withFolder(async (folder) => {
    const [config, catalog] = [join(folder, 'config.json'), join(folder, 'catalog.json')];
    const given = {
      api_token: 'sandbox-token',
      start_date: '2015-01-01T00:00:00Z',
      user_agent: 'source-kustomer benchmark',
      page_size_limit: 500,
    };
    writeFileSync(config, JSON.stringify(given));
    const env = {PEER_URL: url};
    let discovered = '';
    await runChild(python, [program, '--config', config, '--discover'], {
      env,
      stderr: 'ignore',
      onOutput: (chunk) => (discovered += chunk.toString()),
    });
    writeFileSync(catalog, JSON.stringify(select(JSON.parse(discovered) as Catalog, stream)));
    return runChild(python, [program, '--config', config, '--catalog', catalog], {
      env,
      stderr: 'ignore',
      onOutput: (chunk) => rows.take(chunk),
    });
  });
}

interface Catalog {
  readonly streams: readonly {
    readonly stream: string;
    readonly metadata: readonly {readonly metadata: object}[];
  }[];
}

function select({streams}: Catalog, name: string): Catalog {
  return {
    streams: streams
      .filter(({stream}) => stream === name)
      .map((stream) => ({
        ...stream,
        metadata: stream.metadata.map((one) => ({...one, metadata: {...one.metadata, selected: true}})),
      })),
  };
}
