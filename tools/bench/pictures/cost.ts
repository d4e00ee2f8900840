import {COLORS, draw} from '../../pictures/draw';
import {inThousands} from '../bars';
import type {Growth, Result} from '../result';
import type {Picture} from './picture';

/** A line of a picture, and where its name is written: beside its last point. */
interface Point {
  readonly name: string;
  readonly rows: number;
  readonly value: number;
}

interface Drawn {
  readonly file: string;
  readonly caption: string;
  readonly label: string;
  readonly points: readonly Point[];
  /** A line that must not be crossed. */
  readonly bar?: number;
}

/** Processor time and memory, against rows. */
export function costPictures({
  growth,
  recordPath,
}: Pick<Result, 'growth' | 'recordPath'>): Promise<Picture[]> {
  const all = [...growth, ...ofRecordPath(recordPath)].sort((left, right) => left.rows - right.rows);
  const points = (value: (one: Growth) => number): Point[] =>
    all.map((one) => ({name: one.reader, rows: one.rows, value: value(one)}));
  return Promise.all([
    lines({
      file: 'processor.svg',
      caption: `Processor time against rows: the connector beside the floor, the least that any connector must do (parse and print). A straight line means that a row costs the same, however many there are.`,
      label: 'CPU s',
      points: points(({cpu}) => cpu),
    }),
    lines({
      file: 'memory.svg',
      caption:
        'Memory against rows: the most that was ever resident. Where the line is level, memory does not grow with the history. Red: what it must stay below.',
      label: 'RSS MB',
      points: points(({rss}) => rss),
      bar: 200,
    }),
  ]);
}

/** The first data set, which is the one that the others are of. */
function ofRecordPath(recordPath: Result['recordPath']): Growth[] {
  return recordPath.slice(0, 1).flatMap(({floor, connector}) => [
    {reader: 'floor', rows: floor.records, cpu: floor.cpu, rss: floor.rss},
    {reader: 'connector', rows: connector.records, cpu: connector.cpu, rss: connector.rss},
  ]);
}

async function lines({file, caption, label, points, bar}: Drawn): Promise<Picture> {
  const color = ({name}: Point): string => (name === 'connector' ? COLORS.ours : COLORS.ideal);
  const svg = await draw(
    (plot) => ({
      ...{width: 640, height: 320, marginLeft: 50, marginRight: 90, marginBottom: 42, marginTop: 30},
      x: {
        label: 'rows',
        tickFormat: inThousands,
        ticks: 5,
        domain: [0, largest(points)],
        labelAnchor: 'center',
      },
      y: {label, grid: true, zero: true},
      marks: [
        plot.ruleY([0]),
        ...(bar === undefined ? [] : [plot.ruleY([bar], {stroke: COLORS.limit, strokeWidth: 2})]),
        plot.lineY(points, {x: 'rows', y: 'value', z: 'name', stroke: color, strokeWidth: 2}),
        plot.dot(points, {x: 'rows', y: 'value', fill: color, r: 4}),
        plot.text(lastOf(points), {
          ...{x: 'rows', y: 'value', text: 'name', textAnchor: 'start', dx: 10, fontWeight: 600},
          fill: color,
        }),
      ],
    }),
    caption,
  );
  return {file, caption, svg};
}

function largest(points: readonly Point[]): number {
  return Math.max(...points.map(({rows}) => rows));
}

/** The point of each line that is farthest to the right; they are in order. */
function lastOf(points: readonly Point[]): Point[] {
  return [...new Map(points.map((point) => [point.name, point])).values()];
}
