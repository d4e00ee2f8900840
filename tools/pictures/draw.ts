import type * as Plot from '@observablehq/plot';

/** The plotting library. */
export type PlotLibrary = typeof Plot;

/** What each thing looks like in all pictures. */
export const COLORS = {
  ours: '#2563eb',
  oursLight: '#93b4f5',
  oursOtherwise: '#7c3aed',
  others: '#c3c9d3',
  ideal: '#6b7280',
  tap: '#d97706',
  limit: '#dc2626',
  ink: '#1f2937',
} as const;

/** Of text that stands on lines. */
export const HALO = {stroke: 'white', strokeWidth: 5} as const;

const SVG = 'http://www.w3.org/2000/svg';
const FONT = {fontFamily: 'system-ui, "Segoe UI", "DejaVu Sans", sans-serif', fontSize: '12px'};

/** As much of a DOM's element as is needed. */
interface Element {
  readonly outerHTML: string;
  setAttribute(name: string, value: string): void;
  prepend(child: Element): void;
}

/**
 * Draws a picture as the text of an SVG file, without a browser. The same data make the same text. Observable Plot does so on any DOM
 * (linkedom is the smallest), bundles into our programs, and takes two thirds of the room that Vega does.
 * @param options of Observable Plot; its marks come from the library that is handed over
 * @param about what is to be seen, for those who cannot see it
 */
export async function draw(options: (plot: PlotLibrary) => Plot.PlotOptions, about: string): Promise<string> {
  // A program that draws nothing, such as the other processes of a benchmark, does not load them.
  const [plot, {parseHTML}] = await Promise.all([import('@observablehq/plot'), import('linkedom')]);
  const {document} = parseHTML('<html><body></body></html>');
  const svg: Element = plot.plot({style: FONT, ...options(plot), document});
  set(svg, {xmlns: SVG, role: 'img', 'aria-label': about, color: COLORS.ink});
  // The page behind may be dark.
  const paper: Element = document.createElementNS(SVG, 'rect');
  set(paper, {width: '100%', height: '100%', fill: 'white'});
  svg.prepend(paper);
  return `${svg.outerHTML}\n`;
}

function set(element: Element, attributes: Readonly<Record<string, string>>): void {
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
}
