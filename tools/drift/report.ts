import {layOut} from '../demo/table';
import type {Examined} from './examine';

/** What was found, for people: a table of differences, then what no sample had. */
export function reportOf(examined: readonly Examined[], requests: number): string {
  const rows = examined.flatMap(({stream, comparison}) =>
    (comparison?.differences ?? []).map(({path, declared, found, records, becomes}) => [
      stream,
      path,
      declared ?? 'not declared',
      found,
      `${records} of ${comparison?.records}`,
      becomes,
    ]),
  );
  const differences =
    rows.length > 0
      ? layOut(['stream', 'column', 'declared', 'found', 'records', 'becomes'], rows)
      : 'No record differs from its schema.';
  const streams = layOut(
    ['stream', 'records', 'differences', 'never seen'],
    examined.map(({stream, comparison}) => [
      stream,
      comparison?.records ?? 0,
      comparison?.differences.length ?? 0,
      comparison?.records ? comparison.neverSeen.length : '-',
    ]),
  );
  const unseen = examined.flatMap(({stream, comparison}) =>
    comparison && comparison.records > 0 && comparison.neverSeen.length > 0
      ? [`  ${stream}: ${comparison.neverSeen.join(', ')}`]
      : [],
  );
  const problems = examined.flatMap(({stream, problem}) => (problem ? [`  ${stream}: ${problem}`] : []));
  return [
    streams,
    differences,
    ...(unseen.length > 0
      ? [['Columns without a value in any record of the sample:', ...unseen].join('\n')]
      : []),
    ...(problems.length > 0 ? [['Streams that were not looked at:', ...problems].join('\n')] : []),
    `${requests} requests.`,
  ].join('\n\n');
}
