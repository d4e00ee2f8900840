import {COLORS, draw, HALO} from '../../pictures/draw';
import {inThousands} from '../bars';
import type {Peer, Requests} from '../result';
import type {Picture} from './picture';

interface Point {
  readonly name: string;
  readonly records: number;
  /** How many times the fewest searches that so many records fit in. */
  readonly times: number;
  readonly color: string;
}

/** Where the axis begins. */
const LEAST = 0.9;
/** Records that one search may answer, of the tap as well. */
const PAGE_SIZE = 500;

/** Room for a name of two lines: px, of as many as the axis is long. */
const NAME_HEIGHT = 42;
const AXIS_HEIGHT = 288;

/** Searches against records: ours, the tap's, and the fewest there can be. */
export async function searchesPicture(
  requests: readonly Requests[],
  peer: Peer | undefined,
): Promise<Picture> {
  const points = [...requests.map(ofOurs), ...(peer ? ofTap(peer) : [])];
  const caption = `Searches against records, as a multiple of the fewest that they fit in at 500 a page (1.0 is ideal).${peer ? ` The Singer tap searches about as often, but asks who it is before each search; a block of 500 records with one updatedAt it asks for without end, so it is shown for records that changed one by one, and without the deleted ones it never gets.` : ''}`;
  const most = Math.max(...points.map(({records}) => records));
  const top = Math.max(1.4, ...points.map(({times}) => times + 0.1));
  const svg = await draw(
    (plot) => ({
      ...{width: 720, height: 360, marginLeft: 50, marginRight: 190, marginBottom: 42, marginTop: 30},
      x: {label: 'records', tickFormat: inThousands, ticks: 5, domain: [0, most], labelAnchor: 'center'},
      y: {
        label: 'searches, × the fewest',
        grid: true,
        domain: [LEAST, top],
      },
      marks: [
        plot.ruleY([1], {stroke: COLORS.ideal, strokeDasharray: '4,3'}),
        plot.lineY(points, {x: 'records', y: 'times', z: 'name', stroke: 'color', strokeWidth: 2}),
        plot.dot(points, {x: 'records', y: 'times', fill: 'color', r: 4}),
        plot.text(apart(lastOf(points), (NAME_HEIGHT / AXIS_HEIGHT) * (top - LEAST)), {
          ...{x: 'records', y: 'times', text: 'name', textAnchor: 'start', dx: 10, fill: 'color'},
          ...{fontWeight: 600, lineWidth: 14, ...HALO},
        }),
        plot.text([{text: 'ideal'}], {
          x: 0,
          y: 1,
          text: 'text',
          textAnchor: 'start',
          dx: 4,
          dy: 10,
          fill: COLORS.ideal,
        }),
      ],
    }),
    caption,
  );
  return {file: 'searches.svg', caption, svg};
}

function ofOurs({dataSet, records, searches, pageSize}: Requests): Point {
  const inBlocks = dataSet.includes('blocks');
  return {
    name: inBlocks ? 'ours, a tenth in blocks of one instant' : 'ours, changed one by one',
    records,
    times: searches / Math.ceil(records / pageSize),
    color: inBlocks ? COLORS.oursOtherwise : COLORS.ours,
  };
}

function ofTap({readings}: Peer): Point[] {
  const taps = readings.filter(({reader}) => reader === 'tap');
  const point = (name: string, due: number, count: number): Point => ({
    name,
    records: due,
    times: count / Math.ceil(due / PAGE_SIZE),
    color: COLORS.tap,
  });
  return [
    ...taps.map(({due, searches}) => point('tap: searches', due, searches)),
    ...taps.map(({due, requests}) => point('tap: all requests', due, requests)),
  ];
}

/** The last point of each line. */
function lastOf(points: readonly Point[]): Point[] {
  return [...new Map(points.map((point) => [point.name, point])).values()];
}

/** Moves names that would stand over one another up, so that they are `gap` apart: those at the end of one column. */
function apart(names: readonly Point[], gap: number): Point[] {
  const lowest = new Map<number, number>();
  return [...names]
    .sort((a, b) => a.times - b.times)
    .map((name) => {
      const times = Math.max(name.times, lowest.get(name.records) ?? 0);
      lowest.set(name.records, times + gap);
      return {...name, times};
    });
}
