import {barsOf, barTable, inThousands, tapBars, usedOf} from './bars';
import type {Peer, Reading, Result} from './result';
import type {Table} from './table';

/** All that runs on one version of Node say: their bars side by side, and the last in full. */
export function tablesOf(runs: readonly Result[]): Table[] {
  const last = runs.at(-1);
  if (!last) return [];
  const bars = barTable('Bars (!: not met)', runs.map(barsOf));
  return [bars, ...costTables(last), ...quotaTables(last)];
}

function costTables({startUp, recordPath, growth, requests}: Result): Table[] {
  return [
    {
      title: 'Start-up, best of five',
      rows: startUp.map(({command, cpu, seconds, rss}) => ({
        command,
        'CPU s': cpu.toFixed(2),
        'wall s': seconds.toFixed(2),
        'RSS MB': rss.toFixed(0),
      })),
    },
    ...recordPath.map(({dataSet, rounds, floor, connector}) => ({
      title: `Record path: ${inThousands(connector.records)} ${dataSet}; no latency, no quota, best of ${rounds}`,
      rows: [
        {...describe('floor', floor), 'CPU ratio': '1.00'},
        {...describe('connector', connector), 'CPU ratio': (connector.cpu / floor.cpu).toFixed(2)},
      ],
    })),
    {
      title: 'The same with fewer rows and with more, once each',
      rows: growth.map(({reader, rows, cpu, rss}) => ({
        '': reader,
        rows: inThousands(rows),
        'CPU s': cpu.toFixed(2),
        'RSS MB': rss.toFixed(0),
      })),
    },
    {
      title: 'Searches, 500 records a page',
      rows: requests.map(({dataSet, records, searches, pageSize, seconds, rss}) => {
        const fewest = Math.ceil(records / pageSize);
        return {
          '': dataSet,
          records: inThousands(records),
          searches: inThousands(searches),
          fewest: inThousands(fewest),
          ratio: (searches / fewest).toFixed(3),
          'records/s': inThousands(Math.round(records / seconds)),
          'RSS MB': rss.toFixed(0),
        };
      }),
    },
  ].filter(({rows}) => rows.length > 0);
}

function quotaTables({quotaUse, minutes}: Result): Table[] {
  return [
    {
      title: 'Quota use under one limit, 25 s each',
      rows: quotaUse.map(({latency, reserve, limit, others, ours, refused, refusedOthers}) => {
        const share = limit * (1 - reserve / 100) - others;
        return {
          'latency ms': String(latency),
          'reserve %': String(reserve),
          'others/min': inThousands(others),
          'requests/min': ours.toFixed(0),
          share: String(share),
          'used %': ((100 * ours) / share).toFixed(1),
          '429s': String(refused),
          'of others refused': String(refusedOthers),
        };
      }),
    },
    {
      title: 'Quota use under both limits, others at work, one minute each',
      rows: minutes.map((minute) => ({
        'latency ms': String(minute.latency),
        'searches/min': String(minute.moments.at(-1)?.ours.searches ?? 0),
        'of our share %': usedOf(minute, 'searches').toFixed(1),
        'requests/min': String(minute.moments.at(-1)?.ours.all ?? 0),
        'of our share, %': usedOf(minute, 'all').toFixed(1),
        '429s': String(minute.refused),
        'of others refused': String(minute.refusedOthers),
      })),
    },
  ].filter(({rows}) => rows.length > 0);
}

/** The tap and the connector over the same records, and how they compare. */
export function peerTables(peer: Peer): Table[] {
  return [
    {
      title: `${peer.tap} beside the connector: ${peer.dataSet}, two in a hundred deleted`,
      rows: peer.readings.map((reading) => ({
        '': reading.reader,
        'there are': inThousands(reading.due),
        'rows lost': inThousands(reading.due - reading.came),
        'values a row': reading.values.toFixed(0),
        searches: inThousands(reading.searches),
        requests: inThousands(reading.requests),
        'CPU s': reading.cpu.toFixed(2),
        'CPU ms a row': ((1000 * reading.cpu) / reading.came).toFixed(2),
        'wall s': reading.seconds.toFixed(1),
        'RSS MB': reading.rss.toFixed(0),
      })),
    },
    barTable('Bar (!: not met)', [tapBars(peer)]),
  ];
}

function describe(
  name: string,
  {records, seconds, bytes, cpu, rss, blocked}: Reading,
): Record<string, string> {
  return {
    '': name,
    records: inThousands(records),
    'records/s': inThousands(Math.round(records / seconds)),
    'MB/s': (bytes / seconds / 1e6).toFixed(1),
    'CPU s': cpu.toFixed(2),
    'RSS MB': rss.toFixed(0),
    'blocked ms': blocked.toFixed(0),
  };
}
