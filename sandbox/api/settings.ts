import {isObject} from '../world/json';
import {type Differences, noDifferences} from './differences';

/** An API key. */
export interface Token {
  token: string;
  /** A role covers all beneath it: `org.user` covers `org.user.tag.read`, and `org` covers everything. */
  roles: string[];
  expired?: boolean;
  /** The region it belongs to; any unless given. */
  pod?: string;
  /** Search contexts that it may not read, though it may search. */
  deniedContexts?: string[];
}

/** How this Kustomer behaves, all of it JSON; can be changed while it runs. */
export interface Settings extends Differences {
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
  /** No answer of whatever kind has more records; `pageSizes` holds as well. */
  maxPageSize: number;
  /** A larger page size of whatever kind is refused; null refuses none. */
  refusePageSizeAbove: number | null;
  /**
   * What search says in `meta.total`: up to `totalCap`, all, nothing, nonsense, all and `totalOff`, the number of pages, 0, a
   * text, an object, or 1e308.
   */
  totals: 'capped' | 'exact' | 'missing' | 'wrong' | 'off' | 'pages' | 'zero' | 'text' | 'object' | 'huge';
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
  /** Records that sort equal change places with every change that becomes visible, never, or at each answer; or go by id. */
  tieOrder: 'shuffled' | 'stable' | 'random' | 'descending';
}

/** The settings when nothing else is said: an Enterprise organization (docs/kustomer-api.md, Rate limits). */
export function defaultSettings(): Settings {
  const search = ['org.permission.search.create'];
  return {
    ...noDifferences(),
    tokens: [
      {token: 'sandbox-token', roles: ['org']},
      {token: 'sandbox-expired', roles: ['org'], expired: true},
      {token: 'sandbox-other-region', roles: ['org'], pod: 'prod2'},
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
    maxPageSize: 1000,
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
    'attachment',
    ...['routing', 'satisfaction', 'snooze', 'assistant', 'apps', 'spam', 'kb'],
    ...['customer_merge', 'satisfaction_response'],
  ];
  return objects.map((object) => `org.permission.${object}.read`);
}

/** Changes settings by name; objects in settings member by member. Throws a TypeError that names what is not one. */
export function applySettings<T extends Settings>(settings: T, patch: object): T {
  for (const [name, value] of Object.entries(patch)) {
    if (!(name in settings)) throw new TypeError(`there is no setting ${name}`);
    const old: unknown = settings[name as keyof T];
    Object.assign(settings, {
      [name]: isObject(old) && isObject(value) ? {...old, ...value} : (value as unknown),
    });
  }
  return settings;
}
