import type {Finding} from './finding';
import {sandboxLike, type SandboxLike} from './sandbox-file';

/** What `--json` writes: the findings, and settings for a sandbox that behaves so. Nothing in it says what a record says. */
export interface ProbeReport {
  readonly version: string;
  readonly requests: number;
  readonly findings: readonly Omit<Finding, 'sandbox'>[];
  readonly sandbox: SandboxLike;
}

const WIDTHS = [20, 40, 52, 44] as const;
const GAP = '  ';
const MARKS: Readonly<Record<Finding['verdict'], string>> = {
  'as assumed': '=',
  differs: '!',
  'not shown': '?',
  failed: 'x',
  'not asked': '-',
};

export function reportOf(findings: readonly Finding[], requests: number, version: string): ProbeReport {
  return {
    version,
    requests,
    findings: findings.map(({topic, assumed, verdict, seen, does}) => ({
      topic,
      assumed,
      verdict,
      seen,
      does,
    })),
    sandbox: sandboxLike(findings),
  };
}

/** The findings for people: a table, and what its marks mean. */
export function tableOf({findings, requests}: ProbeReport): string {
  const rows = findings.map(({topic, assumed, seen, does, verdict}) =>
    row([`${MARKS[verdict]} ${topic}`, assumed, seen, does]),
  );
  const head = row(['', 'assumed', 'seen', 'what the connector does']);
  const line = WIDTHS.map((width) => '-'.repeat(width)).join(GAP);
  const notAsked = findings.filter(({verdict}) => verdict === 'not asked').map(({topic}) => topic);
  return [
    head,
    line,
    rows.join('\n\n'),
    '',
    '= as assumed, ! differs, ? the account has nothing that shows it, x failed, - not asked',
    ...(notAsked.length > 0 ? [`Not asked: ${notAsked.join(', ')}.`] : []),
    `${requests} requests.`,
  ].join('\n');
}

/** One row of several lines, its cells broken between words. */
function row(cells: readonly string[]): string {
  const broken = cells.map((cell, at) => breakLines(cell, WIDTHS[at] ?? 0));
  const height = Math.max(...broken.map((lines) => lines.length));
  return Array.from({length: height}, (_, at) =>
    broken
      .map((lines, column) => (lines[at] ?? '').padEnd(WIDTHS[column] ?? 0))
      .join(GAP)
      .trimEnd(),
  ).join('\n');
}

function breakLines(text: string, width: number): readonly string[] {
  const lines: string[] = [''];
  for (const word of text.split(' ')) {
    const line = lines.pop() ?? '';
    const longer = line === '' ? word : `${line} ${word}`;
    lines.push(...(longer.length <= width || line === '' ? [longer] : [line, word]));
  }
  return lines;
}
