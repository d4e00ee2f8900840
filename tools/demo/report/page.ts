import type {Comparison} from '../compare';
import {count} from '../table';
import {LEGEND, type ReadCourse, requestsPicture, rowsPicture, windowsPicture} from './pictures';

/** One read and what came of it. */
export interface ReadPart extends ReadCourse {
  readonly title: string;
  /** What was done and with what, in sentences. */
  readonly about: string;
  readonly comparisons: readonly Comparison[];
}

/** What the report tells. */
export interface Report {
  readonly reads: readonly ReadPart[];
  /** The sandbox's, requests/min. */
  readonly requestsPerMinute: number;
  /** What was compared besides the tables, in sentences. */
  readonly compared: readonly string[];
  /** What went wrong, in sentences; nothing when all is well. */
  readonly problems: readonly string[];
}

const STYLE = `
body { font: 16px/1.5 system-ui, "Segoe UI", sans-serif; color: #1f2937; max-width: 62rem; margin: 2rem auto; padding: 0 1rem; }
h1 { margin-bottom: 0; } h2 { margin-top: 3rem; border-bottom: 1px solid #e5e7eb; } h3 { margin: 2rem 0 .25rem; } p { margin: .25rem 0 .75rem; }
svg { max-width: 100%; height: auto; }
table { border-collapse: collapse; font-variant-numeric: tabular-nums; }
th, td { padding: .25rem .75rem; text-align: right; border-bottom: 1px solid #e5e7eb; }
th:first-child, td:first-child { text-align: left; } tr:last-child td { font-weight: 600; border-bottom: 0; }
.good { color: #15803d; } .bad { color: #b91c1c; font-weight: 600; }
.key { display: inline-block; width: .8em; height: .8em; margin: 0 .3em 0 1em; }
`;

/** The report as one HTML file that needs nothing else: pictures are within it, and there is no script. */
export async function pageOf(report: Report): Promise<string> {
  const {reads, problems, compared, requestsPerMinute} = report;
  const parts = await Promise.all(reads.map((read) => partOf(read, requestsPerMinute)));
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>source-kustomer: what the demo did</title>
<style>${STYLE}</style>
</head>
<body>
<h1>source-kustomer: what the demo did</h1>
${verdictOf(problems)}
${parts.join('\n')}
<h2>What was compared with the truth</h2>
<p>The sandbox says what is true; the tables above count a row only if it came in its latest version. Besides:</p>
<ul>${compared.map((sentence) => `<li>${escapeHtml(sentence)}</li>`).join('')}</ul>
</body>
</html>
`;
}

function verdictOf(problems: readonly string[]): string {
  if (problems.length === 0) {
    return '<p class="good">All is well: every row came, in its latest version, once.</p>';
  }
  return `<ul class="bad">${problems.map((problem) => `<li>${escapeHtml(problem)}</li>`).join('')}</ul>`;
}

async function partOf(read: ReadPart, requestsPerMinute: number): Promise<string> {
  const [rows, windows, requests] = await Promise.all([
    rowsPicture(read),
    windowsPicture(read),
    requestsPicture(read, requestsPerMinute),
  ]);
  return `<h2>${escapeHtml(read.title)}</h2>
<p>${escapeHtml(read.about)}</p>
${tableOf(read.comparisons)}
<h3>Rows over time</h3>
<p>Each stream from none of its rows to all of them.</p>
${rows}
<h3>Windows read side by side</h3>
<p>Each dot is a search: when it was asked, and from where in the history on. Each line is a window, read from its start to its end. ${legend()}</p>
${windows}
<h3>Requests against the limit</h3>
<p>${count(read.requests.length)} requests, ${count(refusedIn(read))} of them refused. The red line is the pace that the organization's limit allows. ${legend()}</p>
${requests}`;
}

function tableOf(comparisons: readonly Comparison[]): string {
  const head = ['stream', 'rows read', 'rows true', 'missing', 'twice', 'untrue', 'requests', 'seconds'];
  const rows = comparisons.map(cellsOf);
  const sums = head.map((_, at) => rows.reduce((sum, cells) => sum + Number(cells[at]), 0));
  const longest = Math.max(0, ...comparisons.map(({seconds}) => seconds));
  const total = ['all', ...sums.slice(1, -1), longest];
  const line = (cells: readonly (string | number)[]): string =>
    `<tr>${cells.map((cell, at) => `<td${isBad(cell, at) ? ' class="bad"' : ''}>${shown(cell)}</td>`).join('')}</tr>`;
  return `<table>
<thead><tr>${head.map((title) => `<th>${title}</th>`).join('')}</tr></thead>
<tbody>
${[...rows, total].map(line).join('\n')}
</tbody>
</table>`;
}

function cellsOf(one: Comparison): (string | number)[] {
  const {stream, read, due, missing, duplicate, untrue, requests, seconds} = one;
  return [stream, read, due, missing, duplicate, untrue, requests, seconds];
}

/** Missing, twice, untrue: none of them may be. */
function isBad(cell: string | number, column: number): boolean {
  return column >= 3 && column <= 5 && cell !== 0;
}

function shown(cell: string | number): string {
  return typeof cell === 'number' ? count(cell) : escapeHtml(cell);
}

function refusedIn({requests}: ReadCourse): number {
  return requests.filter(({status}) => status === 429).length;
}

function legend(): string {
  return LEGEND.map(({color, text}) => `<span class="key" style="background:${color}"></span>${text}`).join(
    '',
  );
}

function escapeHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
