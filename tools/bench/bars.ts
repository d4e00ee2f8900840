import type {Peer, Result} from './result';
import type {Table} from './table';

/** What a run must not be above, or below. */
export interface Bar {
  readonly what: string;
  readonly value: number;
  readonly limit: number;
  readonly atLeast: boolean;
  readonly digits: number;
}

/** Each number of a run that has a bar, beside it. */
export function barsOf(run: Result): Bar[] {
  return [...costBars(run), ...requestBars(run), ...quotaBars(run)];
}

function costBars({startUp, recordPath, growth}: Result): Bar[] {
  const cpu = (command: string, limit: number): Bar[] =>
    startUp
      .filter((one) => one.command === command)
      .map((one) => atMost(`${command}: CPU s`, one.cpu, limit, 2));
  return [
    ...cpu('spec', 0.15),
    ...cpu('check', 0.3),
    ...recordPath.flatMap(({dataSet, floor, connector}) => [
      atMost(`${dataSet}: CPU × the floor's`, connector.cpu / floor.cpu, 1.2, 2),
      atMost(`${dataSet}: RSS MB`, connector.rss, 200, 0),
      atMost(`${dataSet}: blocked ms`, connector.blocked, 50, 0),
    ]),
    ...growth
      .filter(({reader, rows}) => reader === 'connector' && rows > 50_000)
      .map(({rows, rss}) => atMost(`${inThousands(rows)} rows: RSS MB`, rss, 200, 0)),
  ];
}

function requestBars({requests}: Result): Bar[] {
  const most = Math.max(...requests.map(({records}) => records));
  return requests
    .filter(({records}) => records === most)
    .flatMap(({dataSet, records, searches, pageSize, rss}) => [
      atMost(
        `${dataSet}: searches × the fewest`,
        searches / Math.ceil(records / pageSize),
        /block/.test(dataSet) ? 1.06 : records < 1_000_000 ? 1.015 : 1.005,
        3,
      ),
      atMost(`${dataSet}: RSS MB`, rss, 200, 0),
    ]);
}

function quotaBars({quotaUse, minutes}: Result): Bar[] {
  return [
    ...quotaUse.map(({latency, reserve, limit, others, ours}) =>
      atLeast(
        `${latency} ms, reserve ${reserve} %, ${inThousands(others)} by others: % of our share`,
        (100 * ours) / (limit * (1 - reserve / 100) - others),
        reserve === 0 ? 97 : 95,
      ),
    ),
    ...minutes.flatMap((minute) => {
      const {latency, refused} = minute;
      return [
        atLeast(`${latency} ms, both limits: % of our share of searches`, usedOf(minute, 'searches'), 95),
        atLeast(`${latency} ms, both limits: % of our share of all`, usedOf(minute, 'all'), 95),
        atMost(`${latency} ms, both limits: 429s`, refused, 0, 0),
      ];
    }),
  ];
}

/** Of our share of one of two limits, what was sent in the minute: %. */
export function usedOf(
  {limits, others, reserve, moments}: Result['minutes'][number],
  which: 'searches' | 'all',
): number {
  const last = moments.at(-1);
  if (!last) return 0;
  const share = limits[which] * (1 - reserve / 100) - others[which];
  return (100 * last.ours[which] * (60 / last.second)) / share;
}

/** How many times as much processor time the tap took for as many records, of the largest reading. */
export function tapBars({readings}: Peer): Bar[] {
  const most = Math.max(...readings.map(({due}) => due));
  const cpuOf = (name: string): number => {
    const found = readings.find(({reader, due}) => reader === name && due === most);
    return found ? found.cpu / found.came : NaN;
  };
  return [atLeast('tap: CPU × ours, a record', cpuOf('tap') / cpuOf('connector'), 15)];
}

/** One row a bar, one column a run. */
export function barTable(title: string, runs: readonly (readonly Bar[])[]): Table {
  const [first = []] = runs;
  return {
    title,
    rows: first.map((bar, at) => ({
      '': bar.what,
      bar: `${bar.atLeast ? '>=' : '<='} ${bar.limit}`,
      ...Object.fromEntries(
        runs.map((bars, run) => {
          const one = bars[at];
          return [`run ${run + 1}`, one ? `${one.value.toFixed(one.digits)}${isMet(one) ? '' : ' !'}` : ''];
        }),
      ),
    })),
  };
}

function isMet({value, limit, atLeast: isLeast}: Bar): boolean {
  return isLeast ? value >= limit : value <= limit;
}

function atMost(what: string, value: number, limit: number, digits: number): Bar {
  return {what, value, limit, digits, atLeast: false};
}

function atLeast(what: string, value: number, limit: number): Bar {
  return {what, value, limit, digits: 1, atLeast: true};
}

/** `100000` -> `100,000`. */
export function inThousands(number: number): string {
  return number.toLocaleString('en-US');
}
