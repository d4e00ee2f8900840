import type {ResponseBody} from '../http/body/response-body';
import type {HttpRequest, Requester} from '../http/call';
import {type Endpoint, RefusedError} from '../http/errors';
import type {Failure} from '../http/failure';
import {FoundRecord, type Page, type PageSource, type Query, once} from '../keyset/page';
import {Quirks} from '../keyset/quirks';
import {formatInstant, parseInstant} from '../time';
import type {DeletedRecords} from './deleted-records';
import {isObject} from '../json';
import {type KeepBytes, type Resource, readEnvelope} from './envelope';
import {type PageSize, type RequestedSize, SMALLEST_PAGE} from './page-size';
import type {SearchTime, SearchTimes} from './search-times';

/** No page beyond this number is served, and no total beyond this one is exact (docs/kustomer-api.md, Search). */
const LIMITS = {lastPage: 100, totalCap: 10_000} as const;
/** Attempts for a page that only saves time. */
const OPTIONAL_TRIES = 2;
/** A doubted question is asked again after this long, twice as long each time: ms. */
const FIRST_DELAY_MS = 500;
const MAX_DELAY_MS = 8_000;
/** What a question is refused with that asks for something it should not (docs/kustomer-api.md, Errors). */
const REFUSED_QUESTION = new Set([400, 422]);

/** What was decoded of a record, and what it is found by. */
export interface DecodedRecord<T> extends Pick<FoundRecord<T>, 'id' | 'updatedAt' | 'createdAt'> {
  readonly decoded: T;
}

/** Decodes the record that begins at `at` in a body, and tells where it ends; undefined where it has to be parsed. */
export type DecodeBytes<T> = (
  body: Buffer,
  at: number,
) => (DecodedRecord<T> & {readonly end: number}) | undefined;

export interface SearchOptions<T> {
  readonly client: Requester;
  /** The `queryContext`. */
  readonly context: string;
  readonly times: SearchTimes;
  /** Only records created at this instant or earlier: epoch ms. All unless given. */
  readonly createdTo?: number;
  readonly archive: boolean;
  readonly size: PageSize;
  readonly deleted: DeletedRecords;
  /** What is kept of each record. */
  readonly decode: (resource: Resource) => T;
  /** The same of a record that is not parsed; undefined where it has to be. */
  readonly decodeBytes?: DecodeBytes<T> | undefined;
  /** Called with what there is to say of the source, each thing once. */
  readonly report: (message: string) => void;
  /** Of its next request among the searches of all streams: see `Call.priority`. */
  readonly priority?: () => number;
}

/**
 * One query context of `POST /v1/customers/search`, or of its archive, page by page. Says nothing about completeness: that
 * is the business of src/keyset.
 * @see docs/kustomer-api.md, Search and Archive search
 */
export class Search<T> implements PageSource<T> {
  readonly endpoint: Endpoint;
  readonly limits = LIMITS;
  readonly quirks: Quirks;
  private hasUntimed = false;

  constructor(private readonly options: SearchOptions<T>) {
    const {archive, context} = options;
    this.endpoint = {method: 'POST', path: `/v1/customers/${archive ? 'archive/' : ''}search`, context};
    this.quirks = new Quirks(options.report);
  }

  /** Records asked for in one request, as things stand. */
  get asks(): number {
    return this.options.size.full || this.options.size.now;
  }

  /** Whether deleted records are among those that it gives, as far as they were wanted. */
  get isWithoutDeleted(): boolean {
    return this.options.deleted.refused;
  }

  /** @throws RefusedError, UnavailableError, StoppedError; BadResponseError for a record without id */
  async page(query: Query): Promise<Page<T>> {
    const {deleted} = this.options;
    const withDeleted = deleted.asked;
    try {
      return await this.ask(query, withDeleted);
    } catch (error) {
      const isQuestion = error instanceof RefusedError && REFUSED_QUESTION.has(error.status);
      if (!withDeleted || !isQuestion) throw error;
      return this.withoutDeleted(query, error);
    }
  }

  /** Finds out whether `includeDeleted` is what is refused: only if the question works without it, and then fails with it again. */
  private async withoutDeleted(query: Query, refusal: RefusedError): Promise<Page<T>> {
    const {deleted, report} = this.options;
    let page: Page<T>;
    try {
      page = await this.ask(query, false);
    } catch (error) {
      throw error instanceof RefusedError ? refusal : error;
    }
    try {
      return await this.ask(query, true);
    } catch (error) {
      if (!(error instanceof RefusedError)) throw error;
    }
    if (!deleted.refused) {
      deleted.refused = true;
      report(
        `Kustomer refuses to include deleted records here (${refusal.message}), so they are missing; they are read once it is granted`,
      );
    }
    return page;
  }

  private ask(query: Query, withDeleted: boolean): Promise<Page<T>> {
    const {size, priority} = this.options;
    const requested = size.request();
    let asked = 0;
    return this.options.client.request({
      ...(priority && {priority}),
      ...(query.optional && {maxTries: OPTIONAL_TRIES}),
      ...(query.attempt && {delayMs: Math.min(MAX_DELAY_MS, FIRST_DELAY_MS * 2 ** (query.attempt - 1))}),
      build: () => {
        asked = query.size ?? requested.next();
        return this.build(query, asked, withDeleted);
      },
      decode: async (body) => {
        const page = await this.read(body, query.page, asked);
        if (query.size === undefined) requested.came(once(page.records).length);
        return {...page, capacity: Math.min(asked, size.full)};
      },
      adapt: (failure, tries) => query.size === undefined && mayShrink(failure, tries, requested),
    });
  }

  private build(
    {updated, createdFrom, createdTo, sort, page}: Query,
    size: number,
    withDeleted: boolean,
  ): HttpRequest {
    const {context, times} = this.options;
    const latest = Math.min(createdTo ?? Infinity, this.options.createdTo ?? Infinity);
    const bounds: (readonly [SearchTime, 'gte' | 'lte', number | undefined])[] = [
      [times.moved, 'gte', updated[0]],
      [times.moved, 'lte', updated[1]],
      [times.created, 'gte', createdFrom],
      [times.created, 'lte', latest < Infinity ? latest : undefined],
    ];
    // No condition may stand there twice, as it would where both times are one.
    const and = new Map<string, Record<string, Record<string, string>>>();
    for (const [{attribute}, operator, instant] of bounds) {
      if (instant === undefined) continue;
      const value = formatInstant(instant);
      and.set(`${attribute} ${operator} ${value}`, {[attribute]: {[operator]: value}});
    }
    const {attribute} = sort === 'updated' ? times.moved : times.created;
    return {
      ...this.endpoint,
      params: {page, pageSize: size},
      body: {
        and: [...and.values()],
        sort: [{[attribute]: 'asc'}],
        queryContext: context,
        ...(withDeleted && {includeDeleted: true}),
      },
    };
  }

  private async read(body: ResponseBody, number: number, asked: number): Promise<Omit<Page<T>, 'capacity'>> {
    const {
      data: records,
      meta,
      next,
    } = await readEnvelope(this.endpoint, body, {
      keep: (resource) => this.found(resource),
      keepBytes: this.keepBytes,
      page: `page ${number}`,
    });
    const total = readTotal(meta);
    return {
      records,
      total,
      asked,
      provenLast:
        records.length < SMALLEST_PAGE &&
        total !== undefined &&
        total.count === records.length &&
        next === undefined &&
        Number(meta['pageSize']) > records.length,
    };
  }

  /** Only where records are found by the two times that are told of one that is not parsed. */
  private get keepBytes(): KeepBytes<FoundRecord<T>> | undefined {
    const {decodeBytes, times} = this.options;
    const isUsual = times.moved.member === 'updatedAt' && times.created.member === 'createdAt';
    if (!decodeBytes || !isUsual) return undefined;
    return (body, at) => {
      const one = decodeBytes(body, at);
      return one && {kept: new FoundRecord(one, one.decoded), end: one.end};
    };
  }

  private found(resource: Resource): FoundRecord<T> {
    const {id} = resource;
    const attributes = isObject(resource.attributes) ? resource.attributes : {};
    const {moved, created} = this.options.times;
    const updatedAt = parseInstant(attributes[moved.member]);
    if (updatedAt === undefined && !this.hasUntimed) {
      this.hasUntimed = true;
      this.options.report(
        `record ${id} (perhaps not the only one) has no usable ${moved.member}: it is delivered where it was found, and moves no state`,
      );
    }
    return new FoundRecord(
      {id, updatedAt, createdAt: parseInstant(attributes[created.member])},
      this.options.decode(resource),
    );
  }
}

/** A refusal that names deleted records has nothing to do with the size. */
function mayShrink(failure: Failure, tries: number, requested: RequestedSize): boolean {
  return !/include_?deleted/i.test(failure.text) && requested.failed(failure, tries);
}

function readTotal(meta: Record<string, unknown>): Page<unknown>['total'] {
  const count = meta['total'];
  if (typeof count !== 'number' || !Number.isSafeInteger(count) || count < 0) return undefined;
  return {count, atLeast: count >= LIMITS.totalCap};
}
