import {COLORS, draw} from '../../pictures/draw';
import type {Sample} from '../course';
import type {LoggedRequest} from '../sandbox';
import {count} from '../table';
import {type Kind, perSecond, type Question, questionsOf} from './requests';

const KIND_COLORS: Readonly<Record<Kind, string>> = {
  search: COLORS.ours,
  archive: COLORS.tap,
  list: COLORS.ideal,
};
const WIDTH = 960;

/** One read, as its pictures see it. */
export interface ReadCourse {
  /** When it began: epoch ms. */
  readonly began: number;
  /** From when on it reads: epoch ms. */
  readonly startDate: number;
  readonly samples: readonly Sample[];
  readonly requests: readonly LoggedRequest[];
}

/** Rows per stream over time: each stream in a lane of its own, from none of its rows to all of them. */
export function rowsPicture({began, samples}: ReadCourse): Promise<string> {
  const last = samples.at(-1);
  const names = [...(last?.rows.keys() ?? [])];
  const points = samples.flatMap(({at, rows}) =>
    Array.from(rows, ([stream, number]) => ({
      stream,
      second: (at - began) / 1000,
      part: number / Math.max(1, last?.rows.get(stream) ?? 0),
    })),
  );
  const labels = names.map((stream) => ({
    stream,
    text: `${stream}  ${count(last?.rows.get(stream) ?? 0)} rows`,
  }));
  return draw(
    (plot) => ({
      ...{width: WIDTH, height: 60 + 44 * names.length, marginLeft: 190, marginRight: 20, marginBottom: 40},
      fy: {domain: names, axis: null, padding: 0.2},
      x: {label: 'seconds', labelAnchor: 'center'},
      y: {axis: null, domain: [0, 1]},
      marks: [
        plot.areaY(points, {x: 'second', y: 'part', fy: 'stream', fill: COLORS.oursLight}),
        plot.lineY(points, {x: 'second', y: 'part', fy: 'stream', stroke: COLORS.ours, strokeWidth: 1.5}),
        plot.ruleY([0], {stroke: COLORS.others}),
        plot.text(labels, {text: 'text', fy: 'stream', frameAnchor: 'left', textAnchor: 'end', dx: -8}),
      ],
    }),
    'Rows of each stream over time',
  );
}

/** Windows read side by side: each line is a window of the history that is read from its start to its end. */
export function windowsPicture({began, requests, startDate}: ReadCourse): Promise<string> {
  // The first one asks from the configured start on, long before there was anything.
  const within = questionsOf(requests).filter(({from}) => from > startDate);
  const questions = within.map((one) => ({
    ...one,
    second: (one.at - began) / 1000,
    place: new Date(one.from),
    window: `${one.object} ${one.kind} ${one.to}`,
  }));
  const color = ({kind}: Question): string => KIND_COLORS[kind];
  return draw(
    (plot) => ({
      ...{width: WIDTH, height: 380, marginLeft: 60, marginBottom: 42, marginTop: 30, marginRight: 20},
      fx: {label: null, domain: [...new Set(questions.map(({object}) => object))].sort(), padding: 0.12},
      x: {label: 'seconds', ticks: 4, labelAnchor: 'center'},
      y: {label: 'updatedAt', type: 'utc', grid: true, ticks: 6},
      marks: [
        plot.line(questions, {
          ...{x: 'second', y: 'place', z: 'window', fx: 'object'},
          ...{stroke: color, strokeWidth: 1.25, strokeOpacity: 0.7},
        }),
        plot.dot(questions, {x: 'second', y: 'place', fx: 'object', r: 2.5, fill: color}),
      ],
    }),
    'Which part of the history each search asked for, over time',
  );
}

/** Requests in each second against the pace that the limit allows. */
export function requestsPicture({began, requests}: ReadCourse, requestsPerMinute: number): Promise<string> {
  const counts = perSecond(requests, began);
  const pace = requestsPerMinute / 60;
  const order: readonly Kind[] = ['list', 'archive', 'search'];
  return draw(
    (plot) => ({
      ...{width: WIDTH, height: 240, marginLeft: 60, marginBottom: 42, marginTop: 24, marginRight: 20},
      x: {
        label: 'seconds',
        labelAnchor: 'center',
        domain: [0, 1 + Math.max(0, ...counts.map(({second}) => second))],
      },
      y: {label: 'requests in each second', grid: true},
      marks: [
        plot.rectY(counts, {
          ...{x1: 'second', x2: ({second}: {second: number}) => second + 1, y: 'count', insetLeft: 1},
          ...{
            fill: ({kind}: {kind: Kind}) => KIND_COLORS[kind],
            order: (one: {kind: Kind}) => order.indexOf(one.kind),
          },
        }),
        plot.ruleY([0]),
        plot.ruleY([pace], {stroke: COLORS.limit, strokeWidth: 1.5}),
        plot.text([`${count(requestsPerMinute)} a minute`], {
          ...{y: pace, frameAnchor: 'right', textAnchor: 'end', dy: -8, fill: COLORS.limit},
        }),
      ],
    }),
    'Requests in each second, and the pace of the limit',
  );
}

/** What the colors mean, by what they stand for. */
export const LEGEND: readonly {readonly color: string; readonly text: string}[] = [
  {color: KIND_COLORS.search, text: 'search'},
  {color: KIND_COLORS.archive, text: 'archive search'},
  {color: KIND_COLORS.list, text: 'list or other'},
];
