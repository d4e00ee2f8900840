/** An API key. */
export interface Token {
  token: string;
  /** A role covers all beneath it: `org.user` covers `org.user.tag.read`, and `org` covers everything. */
  roles: string[];
  expired?: boolean;
  /** Search contexts that it may not read, though it may search. */
  deniedContexts?: string[];
}

/** How this Kustomer behaves; all of it can be changed while it runs. */
export interface Settings {
  tokens: Token[];
  /** Of the organization: all requests, others' too. */
  requestsPerMinute: number;
  /** Searches have this limit besides; null: none of their own. */
  searchesPerMinute: number | null;
  /** What the limits are counted in: a window has its part of a minute's requests. */
  windowMs: number;
  /** Whether windows follow each other from the first request on, or are always the last `windowMs`. */
  quotaWindow: 'fixed' | 'sliding';
  /** Which answers carry the x-ratelimit headers. */
  rateLimitHeaders: 'all' | 'refusals' | 'none';
  /** Which limit the headers of searches' answers tell. */
  searchHeaders: 'search' | 'organization' | 'none';
  /** How refusals tell when there will be more: epoch seconds, epoch ms, a date, seconds from now, or not at all. */
  resetFormat: 'seconds' | 'milliseconds' | 'iso' | 'delta' | 'none';
  /** Requests of others that are no searches, evenly spread. */
  foreignPerMinute: number;
  /** Searches of others, evenly spread: they spend from both limits. */
  foreignSearchesPerMinute: number;
  /** No answer has more records, however many were asked for. */
  maxPageSize: number;
  /** A larger page size is refused with a 400; null refuses none. */
  refusePageSizeAbove: number | null;
  /** What search says in `meta.total`: up to `totalCap`, all, nothing, or nonsense. */
  totals: 'capped' | 'exact' | 'missing' | 'wrong';
  totalCap: number;
  /** What `links.next` is on the last page. */
  nextLinks: 'null' | 'absent';
  /** Search has what was updated in these last days. */
  searchDays: number;
  /** The archive has what was updated before these last days: fewer than `searchDays`, and both have what lies between. */
  archiveDays: number;
  /** Whether there is an archive search at all; 404 if not. */
  archive: boolean;
  /** Whether `includeDeleted` is refused with a 400. */
  rejectIncludeDeleted: boolean;
  /** Whether records that sort equal change places with every change that becomes visible. */
  tieOrder: 'shuffled' | 'stable';
}

/** The settings when nothing else is said: an Enterprise organisation (docs/kustomer-api.md, Rate limits). */
export function defaultSettings(): Settings {
  const search = ['org.permission.search.create'];
  return {
    tokens: [
      {token: 'sandbox-token', roles: ['org']},
      {token: 'sandbox-expired', roles: ['org'], expired: true},
      {token: 'sandbox-no-notes', roles: ['org'], deniedContexts: ['note']},
      {token: 'sandbox-no-metadata', roles: [...search, ...readRoles()]},
      {token: 'sandbox-search-only', roles: search},
      {token: 'sandbox-users-only', roles: ['org.permission.user.read']},
    ],
    requestsPerMinute: 1000,
    searchesPerMinute: null,
    windowMs: 60_000,
    quotaWindow: 'fixed',
    rateLimitHeaders: 'all',
    searchHeaders: 'search',
    resetFormat: 'seconds',
    foreignPerMinute: 0,
    foreignSearchesPerMinute: 0,
    maxPageSize: 500,
    refusePageSizeAbove: null,
    totals: 'capped',
    totalCap: 10_000,
    nextLinks: 'null',
    searchDays: 730,
    archiveDays: 729,
    archive: true,
    rejectIncludeDeleted: false,
    tieOrder: 'shuffled',
  };
}

/** Limits that no client feels. They differ, since a client may take two equal ones for one, and searches tell theirs. */
export const UNLIMITED = {requestsPerMinute: 1_000_000, searchesPerMinute: 900_000};

function readRoles(): string[] {
  const objects = [
    'user',
    'team',
    'tag',
    'shortcut',
    'klass',
    'kobject',
    'company',
    'customer',
    'brand',
    'sla',
    'schedule',
    'conversation',
  ];
  return objects.map((object) => `org.permission.${object}.read`);
}
