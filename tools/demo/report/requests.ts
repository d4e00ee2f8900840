import type {LoggedRequest} from '../sandbox';

/** Where a request counts: searches have a limit of their own besides the organization's. */
export type Kind = 'search' | 'archive' | 'list';

/** A question to a search: which records of an object, by `updatedAt`. */
export interface Question {
  /** Epoch ms. */
  readonly at: number;
  /** `conversations`. */
  readonly object: string;
  readonly kind: Kind;
  /** From where on, and the end of its window: epoch ms. */
  readonly from: number;
  readonly to: number;
}

type Bounds = Readonly<Record<string, {readonly gte?: string; readonly lte?: string}>>;

interface Search {
  readonly queryContext?: string;
  readonly and?: readonly Bounds[];
}

export function kindOf({url}: LoggedRequest): Kind {
  if (!/\/search\b/.test(url)) return 'list';
  return /\/archive\//.test(url) ? 'archive' : 'search';
}

/** The searches among the requests that have both bounds of `updatedAt`. */
export function questionsOf(requests: readonly LoggedRequest[]): Question[] {
  return requests.flatMap((request) => {
    const kind = kindOf(request);
    if (kind === 'list') return [];
    const {queryContext, and = []} = JSON.parse(request.body) as Search;
    const bounds = and.flatMap((one) => one[`${queryContext}_updated_at`] ?? []);
    const from = timeOf(bounds.find(({gte}) => gte !== undefined)?.gte);
    const to = timeOf(bounds.find(({lte}) => lte !== undefined)?.lte);
    if (queryContext === undefined || from === undefined || to === undefined) return [];
    return [{at: request.at, object: `${queryContext}s`, kind, from, to}];
  });
}

function timeOf(text: string | undefined): number | undefined {
  const time = Date.parse(text ?? '');
  return Number.isNaN(time) ? undefined : time;
}

/** How many requests there were in each second since `began`, by kind. */
export function perSecond(
  requests: readonly LoggedRequest[],
  began: number,
): {readonly second: number; readonly kind: Kind; readonly count: number}[] {
  const counts = new Map<string, number>();
  for (const request of requests) {
    const key = `${Math.max(0, Math.floor((request.at - began) / 1000))} ${kindOf(request)}`;
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  return Array.from(counts, ([key, count]) => {
    const [second, kind] = key.split(' ');
    return {second: Number(second), kind: kind as Kind, count};
  });
}
