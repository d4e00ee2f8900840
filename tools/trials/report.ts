import type {Outcome} from './trial';

/** What was found of old, in the order of the table. */
export interface Finding {
  readonly name: string;
  readonly title: string;
  readonly before: string;
}

const LONGEST = 160;

/** The tables of docs: a summary by finding, and below it each run. */
export function reportOf(findings: readonly Finding[], outcomes: readonly Outcome[]): string {
  const of = (name: string): Outcome[] => outcomes.filter(({trial}) => trial.finding === name);
  const shown = findings.filter(({name}) => of(name).length > 0);
  const summary = shown.map(({name, title, before}) => [name, title, before, nowOf(of(name))]);
  const runs = shown.flatMap(({name}) => of(name).map(lineOf));
  const head = ['trial', 'what is tried', 'exit', 'statuses', 'rows', 'missing', 'requests', 'seconds'];
  return [
    markdown(['', 'finding', 'before', 'now'], summary),
    '',
    markdown([...head, 'what it says', 'as expected'], runs),
  ].join('\n');
}

/** A finding's trials in one sentence. */
function nowOf(outcomes: readonly Outcome[]): string {
  const whole = outcomes.filter(({exit, missing, stale}) => exit === 0 && missing + stale === 0);
  const silent = outcomes.filter((one) => one.exit === 0 && one.missing + one.stale > 0);
  const loud = outcomes.filter(({exit, stopped}) => exit !== 0 && !stopped);
  const stopped = outcomes.filter((one) => one.stopped);
  const parts = [
    [whole.length, 'whole'],
    [loud.length, 'failed by name'],
    [silent.length, 'ended well with records missing'],
    [stopped.length, 'stopped by us, not waited for'],
  ] as const;
  const texts = parts.filter(([count]) => count > 0).map(([count, text]) => `${count} ${text}`);
  const wrong = outcomes.filter((one) => one.wrong.length > 0).length;
  return texts.join(', ') + (wrong > 0 ? `; **${wrong} not as expected**` : '');
}

function lineOf(outcome: Outcome): string[] {
  const {trial, run, exit, stopped, statuses, rows, missing, stale, requests, seconds, says, wrong} = outcome;
  const again = trial.runs.length > 1 ? ` (run ${run})` : '';
  return [
    `${trial.finding} ${trial.label}`,
    trial.tried + again,
    stopped ? `${exit}, stopped` : String(exit),
    countsOf(statuses),
    rows.toLocaleString('en-US'),
    stale > 0 ? `${missing}, and ${stale} stale` : String(missing),
    String(requests),
    seconds.toFixed(1),
    shortened(says),
    wrong.length === 0 ? 'yes' : `**no: ${wrong.join('; ')}**`,
  ];
}

/** `COMPLETE, COMPLETE, INCOMPLETE` -> `2 COMPLETE, 1 INCOMPLETE`. */
function countsOf(statuses: readonly string[]): string {
  const counts = new Map<string, number>();
  for (const status of statuses) counts.set(status, (counts.get(status) ?? 0) + 1);
  return Array.from(counts, ([status, count]) =>
    statuses.length === 1 ? status : `${count} ${status}`,
  ).join(', ');
}

/** Ports and times of this one run would make each report another. */
function shortened(text: string): string {
  const steady = text.replace(/127\.0\.0\.1:\d+/g, '127.0.0.1').replace(/\s+/g, ' ');
  return steady.length <= LONGEST ? steady : `${steady.slice(0, LONGEST)}…`;
}

function markdown(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell) => cell.replace(/([|<>*_])/g, (mark) => (mark === '*' ? mark : `\\${mark}`))).join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}
