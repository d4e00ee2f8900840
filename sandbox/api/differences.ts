import type {ErrorForm} from './errors';
import type {RefusalRule} from './refusals';

/** Some records: a share of all, chosen by chance but always the same ones, or those with these ids. */
export type Some = number | string[];

/** What has a largest page size of its own (docs/kustomer-api.md, Lists). */
export type PageKind = 'search' | 'lists' | 'users' | 'teams' | 'times';

/** Errors and refusals. */
interface RefusalSettings {
  errorForm: ErrorForm;
  /** What a key without the role for a request is answered: 403, or 401 as an older page says. */
  missingRoleStatus: number;
  /** The region that answers; keys of another `pod` are refused. */
  pod: string;
  /** The status of that refusal. */
  wrongRegionStatus: number;
  /** Requests that are refused whatever the key may do. */
  refusals: RefusalRule[];
}

/** Pages and links, of searches and lists alike. */
interface PageSettings {
  /** The largest page of each kind; `maxPageSize` holds as well. */
  pageSizes: Record<PageKind, number>;
  /** Whether a larger page size is served as the largest or refused. */
  largerPages: 'clamped' | 'refused';
  /** The status of that refusal. */
  largerPagesStatus: number;
  /** Whether that refusal names the largest page size. */
  largerPagesText: 'maximum' | 'plain';
  /** What `links.next` of lists looks like: a path, with the host, to another host, or with a cursor in place of the page. */
  nextForm: 'relative' | 'absolute' | 'otherHost' | 'cursor';
  /** Whether answers of searches and of lists have `meta` (empty if not) and `links` (absent if not). */
  searchMeta: boolean;
  searchLinks: boolean;
  listMeta: boolean;
  listLinks: boolean;
}

/** What search finds, and in which order. */
interface SearchDifferences {
  /** Whose copy of a record an answer holds: the index's, the store's (newer while the index is late), or the one before. */
  bodyFrom: 'index' | 'store' | 'before';
  /** By what search sorts: the time, the time to the second, or nothing, whatever was asked. */
  sortBy: 'time' | 'second' | 'nothing';
  /** Whether `gte` and `lte` leave their own bound out. */
  gteExcludes: boolean;
  lteExcludes: boolean;
  /** Bounds are cut down to a multiple of this before they are compared: ms, 0 for not at all. */
  gteCutMs: number;
  lteCutMs: number;
  /** Bounds and records are compared only to this precision: ms, 0 for whole. */
  compareCutMs: number;
  /** What search answers for a page from `deepFromPage`, or a record from `deepFromRecord` (counted from 1), on; null for never. */
  deepPages: 'refused' | 'empty' | 'first' | 'failed';
  deepFromPage: number | null;
  deepFromRecord: number | null;
  /** Attributes that search neither filters nor sorts by: `company_updated_at`. */
  refusedAttributes: string[];
  /** How far off `total` is where `totals` is `off`. */
  totalOff: number;
}

/** Searches whose answers lack something, by chance: each a share from 0 to 1. */
interface HoleSettings {
  /** Answers without records. */
  emptyPages: number;
  /** Answers with the first half of their records. */
  shortPages: number;
  /** Answers with half of their records, marked `timed_out`. */
  timedOutPages: number;
  /** Hits that an answer leaves out; another one may have them. */
  lostHits: number;
  /** Answers in which one record takes the place of another, so that it comes twice. */
  repeatedHits: number;
  /** Whether `total` and `next` agree with what an answer lacks. */
  holesTold: boolean;
  /** Records that search never finds. */
  hidden: Some;
}

/** How lists differ. */
interface ListSettings {
  /** Number of the first page. */
  listFirstPage: 0 | 1;
  /** Whether `page` is heeded, or every page is the first. */
  listPages: 'numbered' | 'ignored';
  /** Whether `links.next` leads on, or is null on every page. */
  listNext: 'sent' | 'never';
  /** Which lists tell totals. */
  listTotals: 'customers' | 'all' | 'none';
  /** What a page without records answers: `data: []`, `data: null`, `{}`, or 204. */
  emptyLists: 'array' | 'null' | 'object' | 'noContent';
  /** Deleted tags: always in their list, only with `deleted=true`, or never, since `deleted` is `ignored` or `refused` (400). */
  deletedTags: 'listed' | 'asked' | 'ignored' | 'refused';
  /** Records of a list that change after each of its answers. */
  busyLists: number;
  /** The most audit logs in an answer. */
  auditPage: number;
  /** Which of `filter[start]` and `filter[end]` audit logs heed: both, the end only, or none. */
  auditFilters: 'heeded' | 'end only' | 'ignored';
  /** Whether entries at these very instants are found. */
  auditBounds: 'included' | 'excluded';
}

/** How records look. */
interface RecordSettings {
  /** Records whose body tells another `updatedAt` than their place in the index, and by how much (ms; negative is older). */
  skewed: Some;
  skewMs: number;
  /** Records without a usable `updatedAt`, and what they have instead. */
  badUpdatedAt: Some;
  badUpdatedAtAs: 'absent' | 'null' | 'text' | 'number';
  /** Whether records have a `createdAt`. */
  createdAts: boolean;
  /** How times are written: UTC with ms; cut to seconds; six digits, of which the last three are zeros or not; `+00:00`; `+02:00`; epoch ms. */
  timestamps: 'ms' | 's' | 'us' | 'us0' | 'offset' | 'shifted' | 'epoch';
  /** Whether ids are texts or numbers. */
  ids: 'text' | 'number';
  /** Attributes, standard or custom, whose values are masked. */
  masked: string[];
  /** Records with `heavyAttributes` more custom attributes, and one that is nested `heavyDepth` levels deep. */
  heavy: Some;
  heavyAttributes: number;
  heavyDepth: number;
  /** Whether attachments in a list have ids. */
  attachmentIds: boolean;
  /** Whether klasses have names. */
  klassNames: boolean;
}

/** How bodies are sent. */
interface BodySettings {
  /** `gzip` where the client takes it; the others always. */
  encoding: 'gzip' | 'identity' | 'br' | 'deflate' | 'gzip, identity';
  /** How texts become bytes. */
  charset: 'utf8' | 'bom' | 'utf16';
}

/** In what a Kustomer may differ from what is documented or assumed (docs/kustomer-api.md, What is not known). */
export interface Differences
  extends
    RefusalSettings,
    PageSettings,
    SearchDifferences,
    HoleSettings,
    ListSettings,
    RecordSettings,
    BodySettings {
  /** What happens by chance follows from this. */
  seed: number;
}

/** None: what is documented, or assumed where nothing is. */
export function noDifferences(): Differences {
  return {
    seed: 1,
    errorForm: 'message',
    missingRoleStatus: 403,
    pod: 'prod1',
    wrongRegionStatus: 401,
    refusals: [],
    pageSizes: {search: 500, lists: 100, users: 500, teams: 500, times: 1000},
    largerPages: 'clamped',
    largerPagesStatus: 400,
    largerPagesText: 'maximum',
    nextForm: 'relative',
    searchMeta: true,
    searchLinks: true,
    listMeta: true,
    listLinks: true,
    bodyFrom: 'index',
    sortBy: 'time',
    gteExcludes: false,
    lteExcludes: false,
    gteCutMs: 0,
    lteCutMs: 0,
    compareCutMs: 0,
    deepPages: 'refused',
    deepFromPage: null,
    deepFromRecord: null,
    refusedAttributes: [],
    totalOff: 1,
    emptyPages: 0,
    shortPages: 0,
    timedOutPages: 0,
    lostHits: 0,
    repeatedHits: 0,
    holesTold: false,
    hidden: 0,
    listFirstPage: 1,
    listPages: 'numbered',
    listNext: 'sent',
    listTotals: 'customers',
    emptyLists: 'array',
    deletedTags: 'listed',
    busyLists: 0,
    auditPage: 1000,
    auditFilters: 'heeded',
    auditBounds: 'included',
    skewed: 0,
    skewMs: 0,
    badUpdatedAt: 0,
    badUpdatedAtAs: 'absent',
    createdAts: true,
    timestamps: 'ms',
    ids: 'text',
    masked: [],
    heavy: 0,
    heavyAttributes: 0,
    heavyDepth: 0,
    attachmentIds: true,
    klassNames: true,
    encoding: 'gzip',
    charset: 'utf8',
  };
}
