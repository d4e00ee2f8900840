import {COLORS, draw} from '../../pictures/draw';
import {inThousands} from '../bars';
import type {Minute} from '../result';
import type {Picture} from './picture';

/** One layer at one moment: others' requests below, ours above them. */
interface Layer {
  readonly latency: string;
  readonly limit: string;
  readonly who: 'ours' | 'others';
  readonly second: number;
  readonly count: number;
  /** Where the layer begins and ends: % of the limit. */
  readonly from: number;
  readonly to: number;
}

const KINDS = ['searches', 'all'] as const;
/** Where each layer's number is written: s. */
const LABEL_SECOND = 58;

/** How requests and quota fare over one minute, by latency and limit. */
export async function minutePicture(minutes: readonly Minute[]): Promise<Picture> {
  const layers = minutes.flatMap(layersOf);
  const [{others, reserve} = {others: {searches: 0, all: 0}, reserve: 0}] = minutes;
  const caption = `Requests and quota over one minute, by how long Kustomer takes to answer: what was spent of either limit since the minute began. Others send ${others.all} requests a minute, ${others.searches} of them searches, and ${reserve} % (above the dashed line) is left to whoever else there may be. An even rise up to that line uses all of our share without a burst.`;
  const facets = {fx: 'latency', fy: 'limit'} as const;
  const svg = await draw(
    (plot) => ({
      ...{width: 900, height: 460, marginLeft: 50, marginRight: 40, marginTop: 36, marginBottom: 42},
      fx: {label: null, domain: [...new Set(layers.map(({latency}) => latency))]},
      fy: {label: null, domain: [...new Set(layers.map(({limit}) => limit))], axis: null, padding: 0.18},
      x: {label: 'seconds', domain: [0, 60], ticks: [0, 15, 30, 45, 60], labelAnchor: 'center'},
      y: {label: '% of the limit', domain: [0, 105], ticks: [0, 25, 50, 75, 100], grid: true},
      marks: [
        plot.areaY(layers, {
          ...{x: 'second', y1: 'from', y2: 'to', z: 'who', ...facets},
          fill: ({who}: Layer) => (who === 'ours' ? COLORS.ours : COLORS.others),
        }),
        plot.ruleY([100], {stroke: COLORS.limit, strokeWidth: 2}),
        plot.ruleY([100 - reserve], {stroke: COLORS.limit, strokeDasharray: '4,3'}),
        plot.ruleY([0]),
        plot.text(lastOf(layers), {
          ...{x: LABEL_SECOND, textAnchor: 'end', ...facets, fontWeight: 600},
          // Below the middle: the layer is lower where the text begins.
          y: ({from, to}: Layer) => from + (to - from) * 0.35,
          fill: ({who}: Layer) => (who === 'ours' ? 'white' : COLORS.ink),
          text: ({who, count}: Layer) => `${who} ${inThousands(Math.round(count))}`,
        }),
        plot.text(
          [...new Set(layers.map(({limit}) => limit))].map((limit) => ({limit})),
          {
            text: 'limit',
            fy: 'limit',
            frameAnchor: 'top-left',
            dx: 6,
            dy: 34,
            textAnchor: 'start',
            fontWeight: 600,
          },
        ),
      ],
    }),
    caption,
  );
  return {file: 'minute.svg', caption, svg};
}

function layersOf({latency, limits, moments}: Minute): Layer[] {
  return KINDS.flatMap((kind) =>
    moments.flatMap(({second, ours, others}) => {
      const percent = (count: number): number => (100 * count) / limits[kind];
      const shared = {
        latency: `answers take ${inThousands(latency)} ms`,
        limit: `${kind === 'all' ? 'all requests' : 'searches'}: ${inThousands(limits[kind])} a minute`,
        second: Math.min(60, second),
      };
      const top = percent(others[kind]);
      return [
        {...shared, who: 'others' as const, count: others[kind], from: 0, to: top},
        {...shared, who: 'ours' as const, count: ours[kind], from: top, to: top + percent(ours[kind])},
      ];
    }),
  );
}

/** The last moment of each layer. */
function lastOf(layers: readonly Layer[]): Layer[] {
  const last = new Map(layers.map((layer) => [`${layer.latency} ${layer.limit} ${layer.who}`, layer]));
  return [...last.values()];
}
