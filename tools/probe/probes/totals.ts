import type {Outcome, Probe, SandboxPart, SandboxSettings, Subject} from '../finding';
import {nextOf, partOf} from '../reply';
import type {SearchPage} from '../search-pages';
import {byOutcome} from '../words';

/** Where totals may stop (docs/kustomer-api.md, Search). */
const CAP = 10_000;
/** As many as that follow a first page that does not say. */
const UNCOUNTED_PAGES = 20;
const OBJECTS = {
  customer: 'customers',
  conversation: 'conversations',
  message: 'messages',
  note: 'notes',
  kobject: 'kobjects',
  company: 'companies',
} as const;

/** What `meta.total` of a first page says of the whole, as far as the page itself can tell. */
export function totalSeen({reply, rows = [], asked}: Pick<SearchPage, 'reply' | 'rows' | 'asked'>): string {
  const {total, totalPages} = partOf(reply, 'meta');
  if (total === undefined) return 'no total';
  if (typeof total !== 'number') return `the total is ${typeof total === 'string' ? 'a text' : 'no number'}`;
  const isWhole = nextOf(reply) === undefined && rows.length < asked;
  if (total === rows.length && isWhole) return 'exact';
  if (total === 0) return 'zero with records';
  if (total < rows.length) {
    return total === 1 || total === totalPages ? 'the number of pages' : 'fewer than came';
  }
  if (!Number.isSafeInteger(total)) return 'no possible number';
  if (total === CAP) return 'stops at 10,000';
  if (total > CAP) return 'beyond 10,000';
  return isWhole ? 'more than came' : 'told, but too many records to prove it';
}

/** Whether totals are exact, and where they stop. */
export const totals: Probe = {
  topic: 'totals',
  assumed: 'searches tell meta.total, exact below 10,000; from there on it means at least',
  async run({searches}: Subject): Promise<Outcome> {
    const pages = (await searches.all()).filter(({rows}) => rows !== undefined);
    const outcomes = pages.map((page) => [page.context, totalSeen(page)] as const);
    const kinds = new Set(outcomes.map(([, outcome]) => outcome));
    const isWrong = [...kinds].some((kind) => !GOOD.has(kind));
    return {
      verdict: isWrong ? 'differs' : kinds.size > 0 ? 'as assumed' : 'not shown',
      seen: byOutcome(outcomes) || 'no context answers',
      does: isWrong
        ? 'counts what comes; a total that is missing is not used, one that is wrong again and again neither'
        : 'asks again where fewer come than were counted; counts what comes',
      sandbox: {...sizesOf(pages), settings: settingsOf(kinds)},
    };
  },
};

const GOOD = new Set(['exact', 'stops at 10,000', 'beyond 10,000', 'told, but too many records to prove it']);

function settingsOf(kinds: ReadonlySet<string>): SandboxSettings {
  if (kinds.has('no total')) return {totals: 'missing'};
  if (kinds.has('the total is a text')) return {totals: 'text'};
  if (kinds.has('the total is no number')) return {totals: 'object'};
  if (kinds.has('no possible number')) return {totals: 'huge'};
  if (kinds.has('zero with records')) return {totals: 'zero'};
  if (kinds.has('the number of pages')) return {totals: 'pages'};
  if (kinds.has('more than came')) return {totals: 'off', totalOff: 1};
  if (kinds.has('fewer than came')) return {totals: 'off', totalOff: -1};
  if (kinds.has('beyond 10,000')) return {totals: 'exact'};
  return {totals: 'capped'};
}

/** The sandbox's history is half as long again as the two years that search looks back, and a capped total must stay capped. */
const HISTORY = 1.6;

/** Records for a sandbox in which search finds about as many as were counted, and no fewer than came. */
function sizesOf(pages: readonly SearchPage[]): SandboxPart {
  const sizes = pages.flatMap(({context, reply, asked, rows = []}) => {
    const {total} = partOf(reply, 'meta');
    const isMore = rows.length >= asked || nextOf(reply) !== undefined;
    const counted = typeof total === 'number' && total <= CAP ? total : isMore ? UNCOUNTED_PAGES * asked : 0;
    return [
      [
        OBJECTS[context as keyof typeof OBJECTS],
        Math.ceil(HISTORY * Math.max(counted, rows.length)),
      ] as const,
    ];
  });
  return {sizes: Object.fromEntries(sizes)};
}
