import {requestClassOf, type RequestClass} from '../../../src/http/call';
import type {Outcome, Probe, SandboxSettings, Subject} from '../finding';
import type {Exchange} from '../reply';

/** Names that tell of limits; anything else in a header stays untold. */
const TELLS = /^(x-)?rate-?limit(-[a-z-]+)?$|^retry-after$/;
const LIMIT = /^(x-)?rate-?limit-limit$/;

/** What the answers of one class of requests tell of its limit. */
interface Told {
  readonly headers: readonly string[];
  /** Requests per minute; undefined where no answer tells. */
  readonly limit: number | undefined;
  readonly refusals: number;
  /** Answers that were served tell it too, not only refusals for the limit. */
  readonly isServedWith: boolean;
}

/** Which limits answers tell (docs/kustomer-api.md, Rate limits). */
export const rateLimits: Probe = {
  topic: 'rate limits',
  assumed:
    'x-ratelimit-limit and -remaining on most answers; searches have 100 a minute of their own, and it is not known which limit theirs tell',
  async run({exchanges}: Subject): Promise<Outcome> {
    const lists = toldBy(exchanges, 'other');
    const searches = toldBy(exchanges, 'search');
    return {
      verdict: lists.limit === undefined ? 'differs' : 'as assumed',
      seen: `lists: ${describe(lists)}; searches: ${describe(searches)}${kindOf(lists, searches)}`,
      does: 'learns each limit from what its answers tell and from refusals; begins with 300 a minute, and 100 for searches',
      sandbox: {settings: settingsOf(lists, searches)},
    };
  },
};

function toldBy(exchanges: readonly Exchange[], requestClass: RequestClass): Told {
  const own = exchanges.filter(({request}) => requestClassOf(request) === requestClass);
  const names = own.flatMap(({headers}) => Object.keys(headers).filter((name) => TELLS.test(name)));
  const limits = own.flatMap(({headers}) =>
    Object.entries(headers).flatMap(([name, value]) => (LIMIT.test(name) ? [parseInt(value, 10)] : [])),
  );
  const limit = limits.filter((one) => one > 0).pop();
  return {
    headers: [...new Set(names)].sort(),
    limit,
    refusals: own.filter(({status}) => status === 429).length,
    isServedWith: own.some(
      ({status, headers}) => status !== 429 && Object.keys(headers).some((name) => LIMIT.test(name)),
    ),
  };
}

function describe({headers, limit, refusals}: Told): string {
  const told = [
    headers.length === 0 ? 'no header tells' : headers.join(', '),
    ...(limit === undefined ? [] : [`limit ${limit.toLocaleString('en-US')}`]),
    ...(refusals > 0 ? [`${refusals} refused (429)`] : []),
  ];
  return told.join(', ');
}

function kindOf(lists: Told, searches: Told): string {
  if (lists.limit === undefined || searches.limit === undefined) return '';
  return lists.limit === searches.limit ? " (the organization's)" : ' (their own)';
}

function settingsOf(lists: Told, searches: Told): SandboxSettings {
  const told = [lists, searches];
  if (told.every(({limit}) => limit === undefined)) return {rateLimitHeaders: 'none'};
  if (!told.some(({isServedWith}) => isServedWith)) return {rateLimitHeaders: 'refusals'};
  return {
    ...(lists.limit !== undefined && {requestsPerMinute: lists.limit}),
    ...(searches.limit === undefined
      ? {searchHeaders: 'none' as const}
      : searches.limit === lists.limit
        ? {searchHeaders: 'organization' as const}
        : {searchHeaders: 'search' as const, searchesPerMinute: searches.limit}),
  };
}
