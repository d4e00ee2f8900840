import type {ResponseBody} from '../http/body/response-body';
import type {HttpRequest, Requester} from '../http/call';
import {BadResponseError, type Endpoint, RefusedError} from '../http/errors';
import type {Failure} from '../http/failure';
import {
  DoubtfulResponseError,
  type Envelope,
  type Identify,
  type Resource,
  readEnvelope,
  whole,
} from './envelope';
import {type FirstPage, firstPageOf, readPageZero} from './first-page';
import {type Link, resolveLink} from './links';
import {type ListEnd, countedIn, isCut, isUnpaged} from './list-end';
import type {PageSize, RequestedSize} from './page-size';

/** What is known of lists that a server treats alike. */
export interface ListKind {
  readonly size: PageSize;
  /** The number of the first page; undefined while nobody has looked. */
  firstPage: Promise<FirstPage> | undefined;
  /** Empty pages that one before them led to, and that were empty again when asked for once more. */
  emptyEnds: number;
}

export interface ListSource {
  readonly client: Requester;
  readonly endpoint: Endpoint;
  /** Query parameters of each page. */
  readonly filter: Readonly<Record<string, string>>;
  /** Makes the ids of records that have none of their own. */
  readonly identify: Identify | undefined;
  /** Where links may lead. */
  readonly baseUrl: string;
  readonly kind: ListKind;
}

/** After as many pages in a row that only repeat earlier ones, the server does not look at the number. */
const MAX_REPEATS = 3;
/** A doubtful response is asked for again as many times before it is believed, or final. */
const MAX_DOUBTS = 3;
/** After as many empty pages that stayed empty, neither a link nor a full page says that another follows. */
const MAX_EMPTY_ENDS = 3;
/** What a page behind the last one may be answered with, instead of an empty list. */
const NO_SUCH_PAGE = new Set([400, 404, 416, 422]);
/** One refusal may be chance: the page is taken for one behind the end after as many. */
const REFUSALS_OF_END = 2;
const NO_RECORDS: Envelope<Resource> = {data: [], included: [], meta: {}, links: {}, next: undefined};

/** One reading of a list from its first page to its last. */
export class ListPass {
  private readonly requested: RequestedSize;
  private readonly seen = new Set<string>();
  private firstPage: FirstPage = 1;
  /** Pages before the next. */
  private before = 0;
  /** Where the last response says that the next page is. */
  private link: Link | undefined;
  private asked = 0;
  /** Pages are read by half their size, since page 2 repeated page 1. */
  private isProving = false;
  /** The most records that any response counted. */
  private counted = 0;
  private repeats = 0;
  /** The last page was as long as it was asked for, so that it may have been cut. */
  private wasFull = false;
  /** The next page was empty, and is asked for once more. */
  private wasEmpty = false;

  constructor(private readonly source: ListSource) {
    this.requested = source.kind.size.request();
  }

  /** The pages that have records; a record may come twice. @throws what Lists.read throws, but UnsettledError */
  async *read(): AsyncGenerator<Envelope<Resource>> {
    const {kind} = this.source;
    if (kind.firstPage) this.firstPage = await kind.firstPage;
    for (let hasMore = true; hasMore;) {
      const response = await this.ask();
      if (response.data.length > 0) yield response;
      kind.firstPage ??= firstPageOf(response, () => this.readPageZero());
      const firstPage = await kind.firstPage;
      if (firstPage === this.firstPage) {
        hasMore = this.advance(response);
      } else {
        this.firstPage = firstPage;
        this.restart();
      }
    }
  }

  /** Says how many records are counted but did not come; undefined where none are missing. */
  get missing(): string | undefined {
    if (this.counted <= this.seen.size) return undefined;
    return `${this.counted} records are counted, but ${this.seen.size} came`;
  }

  private async ask(): Promise<Envelope<Resource>> {
    const attempts = {doubts: 0, isDoubtful: false, refusals: 0};
    try {
      const response = await this.source.client.request({
        build: () => {
          attempts.isDoubtful = false;
          return this.build();
        },
        decode: async (body) => {
          try {
            return await this.decode(body, attempts.doubts);
          } catch (error) {
            attempts.isDoubtful = error instanceof DoubtfulResponseError;
            if (attempts.isDoubtful) attempts.doubts += 1;
            throw error;
          }
        },
        // What is merely doubtful says nothing about the size, nor does the refusal of a page that need not be there.
        adapt: (failure, tries) => {
          if (this.isBehindEnd(failure)) return ++attempts.refusals < REFUSALS_OF_END;
          return !attempts.isDoubtful && this.requested.failed(failure, tries);
        },
      });
      this.requested.came(response.data.length);
      return response;
    } catch (error) {
      if (error instanceof RefusedError && this.isBehindEnd(error)) return NO_RECORDS;
      throw error;
    }
  }

  /** The request for the next page: for the first one again, once a smaller size gives page numbers another meaning. */
  private build(): HttpRequest {
    const {endpoint, filter} = this.source;
    const size = this.requested.next();
    if (size < this.asked) this.restart();
    this.asked = size;
    if (!this.link) {
      return {...endpoint, params: {...filter, page: this.firstPage + this.before, pageSize: size}};
    }
    const {path, params} = this.link;
    // A cursor may be good for its own page size only; a page number means what it meant on the pages before.
    const pageSize = isNumbered(this.link) ? size : (params['pageSize'] ?? size);
    return {...endpoint, path, params: {...filter, ...params, ...filter, pageSize}};
  }

  private readPageZero(): Promise<readonly Resource[]> {
    const {client, endpoint, filter, identify} = this.source;
    const request = {...endpoint, params: {...filter, page: 0, pageSize: this.asked}};
    return readPageZero(client, request, identify);
  }

  private restart(): void {
    this.before = this.repeats = this.counted = 0;
    this.wasFull = this.wasEmpty = false;
    this.link = undefined;
    this.seen.clear();
  }

  /** @param doubts how many responses to the same request were doubtful @throws DoubtfulResponseError to have it asked again */
  private async decode(body: ResponseBody, doubts: number): Promise<Envelope<Resource>> {
    const {endpoint, identify} = this.source;
    const page = `page ${this.firstPage + this.before}`;
    try {
      const response = await readListPage(endpoint, body, {page, identify});
      this.counted = Math.max(this.counted, countedIn(response) ?? 0);
      if (response.data.length > 0) return response;
      const contradiction =
        this.missing ?? (response.next === undefined ? undefined : 'links to a next page');
      if (contradiction === undefined ? !this.asksOnceMore() : doubts >= MAX_DOUBTS) return response;
      throw new DoubtfulResponseError(
        `${page} is empty, but ${contradiction ?? 'the page before it leads there'}`,
      );
    } catch (error) {
      if (!(error instanceof DoubtfulResponseError) || doubts < MAX_DOUBTS) throw error;
      if (this.isGuess) return NO_RECORDS;
      throw new BadResponseError(endpoint, `${error.message}, in ${doubts + 1} attempts`);
    }
  }

  /** Takes note of an empty page. @returns whether to ask for it once more, since the one before it was full or links to it: some servers always link. */
  private asksOnceMore(): boolean {
    const {kind} = this.source;
    if ((!this.wasFull && !this.link) || kind.emptyEnds >= MAX_EMPTY_ENDS) return false;
    if (this.wasEmpty) kind.emptyEnds += 1;
    // The second time it is believed.
    this.wasEmpty = !this.wasEmpty;
    return this.wasEmpty;
  }

  /** Whether the next page is asked for though nothing says that there is one. */
  private get isGuess(): boolean {
    return this.before > 0 && !this.link;
  }

  private isBehindEnd({status}: Pick<Failure, 'status'>): boolean {
    return this.isGuess && NO_SUCH_PAGE.has(status ?? 0);
  }

  /** Takes note of a page. Returns whether there may be another one. */
  private advance(response: Envelope<Resource>): boolean {
    const {endpoint, baseUrl, kind} = this.source;
    const {data, next} = response;
    const known = this.seen.size;
    for (const {id} of data) this.seen.add(id);
    this.wasFull = data.length >= this.asked;
    this.wasEmpty = false;
    const isRepeat = this.seen.size === known;
    this.repeats = isRepeat ? this.repeats + 1 : 0;
    const end: ListEnd = {asked: this.asked, seen: this.seen.size, largest: kind.size.full};
    if (isRepeat && this.before === 1 && isUnpaged(response, end)) return this.provePaging(data.length);
    const link = next === undefined ? undefined : resolveLink(next, baseUrl, endpoint);
    const wasCursor = this.link !== undefined && !isNumbered(this.link);
    this.link = link;
    this.before += 1;
    // Some servers link to a next page from each, the empty one behind the end included.
    if (link && (data.length > 0 || !isNumbered(link))) {
      if (this.repeats < MAX_REPEATS) return true;
      throw new BadResponseError(endpoint, 'it gives the same records for every page number');
    }
    this.link = undefined;
    return !link && !isRepeat && !wasCursor && isCut(response, end);
  }

  /**
   * Begins anew with pages of half the size, once: a list that has other ways than page numbers, or that gives its last page
   * for those behind it, shows so then. @throws BadResponseError for one that still repeats its first page
   */
  private provePaging(records: number): boolean {
    if (this.isProving || records < 2) {
      const what = 'page 2 repeats page 1 and may not be the end of the list';
      throw new BadResponseError(this.source.endpoint, what);
    }
    this.isProving = true;
    this.requested.limit(Math.floor(records / 2));
    return true;
  }
}

/** Reads the response to one page of a list; 204 (No Content) is an empty one. @throws what readEnvelope throws */
export async function readListPage(
  endpoint: Endpoint,
  body: ResponseBody,
  {page, identify}: {readonly page: string; readonly identify: Identify | undefined},
): Promise<Envelope<Resource>> {
  return body.status === 204 ? NO_RECORDS : readEnvelope(endpoint, body, {keep: whole, page, identify});
}

function isNumbered({params}: Link): boolean {
  return params['page'] !== undefined;
}
