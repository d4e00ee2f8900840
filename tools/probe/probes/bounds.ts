import type {Interval} from '../../../src/time';
import type {Outcome, Probe, SandboxSettings, Subject} from '../finding';
import {type Row, rowsOf} from '../rows';
import {type SearchPage, searchRequest} from '../search-pages';
import {byOutcome} from '../words';

/** How far the bound that is not looked at is away: ms. */
const FAR_MS = 1500;
const LEARNS = 'finds out while it reads, and asks for 1 ms or one second more where that is needed';
const FOUND = 'an instant alone is found';
const MISSED = 'an instant alone is missed';

/** What the filters of one context do with their bounds. `whole second`: all that happened in the bound's second is in. */
interface Bounds {
  readonly gte: 'in' | 'out' | 'whole second';
  /** `cut`: the bound is cut down to its second. */
  readonly lte: 'in' | 'out' | 'whole second' | 'cut';
}

/** Whether `gte` and `lte` have their bounds in them, and how exact they are (docs/kustomer-api.md, Search). */
export const bounds: Probe = {
  topic: 'bounds',
  assumed: 'gte and lte have their bound in them, to the millisecond',
  async run(subject: Subject): Promise<Outcome> {
    const found: [SearchPage, Row][] = (await subject.searches.all()).flatMap((page) => {
      const row = witnessIn(page.rows ?? []);
      return row ? [[page, row] as [SearchPage, Row]] : [];
    });
    const [first, ...others] = found;
    if (!first) {
      const seen = 'no record has an instant of its own with milliseconds';
      return {verdict: 'not shown', seen, does: LEARNS};
    }
    const bounds = await boundsOf(subject, ...first);
    const outcomes: [string, string][] = [];
    for (const [page, row] of others) outcomes.push([page.context, await instantOf(subject, page, row)]);
    const expected = bounds.gte !== 'out' && ['in', 'whole second'].includes(bounds.lte) ? FOUND : MISSED;
    const isSame = outcomes.every(([, outcome]) => outcome === expected);
    const isAssumed = bounds.gte === 'in' && bounds.lte === 'in' && isSame;
    return {
      verdict: isAssumed ? 'as assumed' : 'differs',
      seen: byOutcome([[first[0].context, describe(bounds)], ...outcomes]),
      does: isAssumed ? 'goes on from the last instant, which it asks for again' : LEARNS,
      sandbox: {settings: settingsOf(bounds)},
    };
  },
};

/** A record with an instant of its own in the middle of a sorted page, with milliseconds that a cut would take away. */
export function witnessIn(rows: readonly Row[]): Row | undefined {
  const middle = rows.length / 2;
  const fit = rows.filter(({updatedAtMs: time}, at) => {
    const before = rows[at - 1]?.updatedAtMs ?? -Infinity;
    const after = rows[at + 1]?.updatedAtMs ?? Infinity;
    const ms = (time ?? 0) % 1000;
    return time !== undefined && before < time && time < after && ms > 0 && ms < 999;
  });
  const distance = (row: Row): number => Math.abs(rows.indexOf(row) - middle);
  return fit.sort((a, b) => distance(a) - distance(b))[0];
}

async function boundsOf(subject: Subject, page: SearchPage, row: Row): Promise<Bounds> {
  const at = row.updatedAtMs ?? 0;
  const has = (from: number, to: number): Promise<boolean> => isFound(subject, page, row, [from, to]);
  const atFrom = await has(at, at + FAR_MS);
  const afterFrom = atFrom && (await has(at + 1, at + FAR_MS));
  const atTo = await has(at - FAR_MS, at);
  const beforeTo = atTo && (await has(at - FAR_MS, at - 1));
  const afterTo = !atTo && (await has(at - FAR_MS, at + 1));
  return {
    gte: atFrom ? (afterFrom ? 'whole second' : 'in') : 'out',
    lte: atTo ? (beforeTo ? 'whole second' : 'in') : afterTo ? 'out' : 'cut',
  };
}

async function instantOf(subject: Subject, page: SearchPage, row: Row): Promise<string> {
  const at = row.updatedAtMs ?? 0;
  return (await isFound(subject, page, row, [at, at])) ? FOUND : MISSED;
}

async function isFound(
  {ask}: Subject,
  {context, asked, isDeletedRefused}: SearchPage,
  {id}: Row,
  range: Interval,
): Promise<boolean> {
  const request = searchRequest({context, range, size: asked, withDeleted: !isDeletedRefused});
  return (rowsOf(await ask(request)) ?? []).some((row) => row.id === id);
}

function describe({gte, lte}: Bounds): string {
  return gte === lte ? `gte and lte: ${WORDS[gte]}` : `gte: ${WORDS[gte]}, lte: ${WORDS[lte]}`;
}

const WORDS: Readonly<Record<Bounds['lte'], string>> = {
  in: 'their bound is in',
  out: 'their bound is out',
  'whole second': 'the whole second of their bound is in',
  cut: 'cut down to the second',
};

function settingsOf({gte, lte}: Bounds): SandboxSettings {
  if (gte === 'whole second' && lte === 'whole second') return {compareCutMs: 1000};
  return {
    ...(gte === 'out' && {gteExcludes: true}),
    ...(gte === 'whole second' && {gteCutMs: 1000}),
    ...(lte === 'out' && {lteExcludes: true}),
    ...(lte === 'cut' && {lteCutMs: 1000}),
  };
}
