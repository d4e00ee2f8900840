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
  /** Per organisation and 60 s. */
  requestsPerMinute: number;
  /** Whether the 60 s are counted from the first request on, one after the other, or always the last 60 s. */
  quotaWindow: 'fixed' | 'sliding';
  /** Whether answers carry the x-ratelimit headers. */
  quotaHeaders: boolean;
  /** Requests of others that spend from the same quota, evenly spread. */
  foreignPerMinute: number;
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
    quotaWindow: 'fixed',
    quotaHeaders: true,
    foreignPerMinute: 0,
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
