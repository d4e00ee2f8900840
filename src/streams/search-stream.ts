import type {Log} from '../airbyte/outlet';
import type {StreamRun} from '../airbyte/stream';
import {formatInstant} from '../time';
import {archiveEnd, searchHorizon} from '../kustomer/archive';
import {type Resource, whole} from '../kustomer/envelope';
import {type Endpoint, RefusedError} from '../http/errors';
import {METADATA_RESOURCES} from '../kustomer/metadata';
import type {FoundRecord} from '../keyset/page';
import {PageSize} from '../kustomer/page-size';
import {DeletedRecords} from '../kustomer/deleted-records';
import {Search, type SearchOptions} from '../kustomer/search';
import {type SearchTimes, searchTimes, sortedByOf} from '../kustomer/search-times';
import {SEARCH_ROLES, type AnyRole} from '../kustomer/roles';
import {restoreCustomColumns} from '../catalog/configured-columns';
import type {StreamSource, WayOfReading} from './documentation';
import {Children, type Parent} from './read/children';
import {OldChildren, type OldChildSource} from './read/old-children';
import type {Part, RecordDecoder} from './read/part';
import {planRead} from './read/read-plan';
import {PARENTS, ReadProgress} from './read/progress';
import {type RowMaker, Rows, type ShapedRow} from './read/rows';
import {SearchRead, type SearchReadOptions} from './read/search-read';
import {KustomerStream} from './stream';

/** The most that Kustomer documents for one request (docs/kustomer-api.md, Search). */
const SEARCH_PAGE = 500;
const MONTH_MS = 30 * 24 * 60 * 60_000;
/** What a context or an attribute that the key or the account does not have is refused with (docs/kustomer-api.md, Errors). */
const REFUSALS = new Set([400, 401, 403, 404, 422]);

/** One read of a stream: its run, what there is to do, and when it began (epoch ms). */
export type PlannedRead = Pick<SearchReadOptions<unknown>, 'run' | 'plan' | 'now'> &
  Partial<Pick<SearchOptions<unknown>, 'times' | 'createdTo'>>;

const SEARCH: WayOfReading = {
  name: 'Search',
  documented:
    'the contexts, `gte` and `lte` with dates, at most 100 pages of 500 records, only what has changed within two years, the archive for the rest, and `includeDeleted` (portal: concepts/search; API description)',
  assumed:
    'that the `updated_at` of every context sorts, which is promised for customers only (a page out of order fails the stream); that a change is found within the lookback; that in the week around the two years a record is in search or in the archive',
};

/** A stream that is read through `POST /v1/customers/search`, by seeking on `updatedAt`. */
export abstract class SearchStream extends KustomerStream {
  /** The `queryContext`. */
  abstract readonly context: string;
  /** Whether the archive has this object: all but notes (docs/kustomer-api.md, Archive search). */
  readonly archived: boolean = true;
  /** Where those are that search has forgotten, if the archive does not have them: with which parents. */
  readonly oldOnes: OldChildSource | undefined = undefined;
  readonly roles: readonly AnyRole[] = [SEARCH_ROLES];

  /** What it can be read along, the best first: the first that Kustomer takes is used. */
  protected get times(): readonly [SearchTimes, ...SearchTimes[]] {
    return [searchTimes(this.context)];
  }

  get source(): StreamSource {
    const search = `\`POST /v1/customers/search\` with the context \`${this.context}\``;
    const old = 'for what has not changed for two years';
    if (this.archived) {
      const full = `${search}, and \`POST /v1/customers/archive/search\` ${old}`;
      return {short: 'search and archive', full, way: SEARCH};
    }
    if (this.oldOnes) {
      const {parent, address} = this.oldOnes;
      const full = `${search}, and \`GET ${address}\`, one request for each ${parent} that may have some, ${old}`;
      return {short: `search; one request per ${parent} for old ones`, full, way: SEARCH};
    }
    return {
      short: 'search; there is no archive',
      full: `${search}; there is no archive of these`,
      way: SEARCH,
    };
  }

  get endpoint(): Endpoint {
    return this.search({decode: whole}).endpoint;
  }

  /** Whose custom attributes its `custom` has: a resource of `GET /v1/metadata`, or `kobject` for all klasses together. */
  get customOf(): string | undefined {
    return this.context === 'kobject' || METADATA_RESOURCES.has(this.context) ? this.context : undefined;
  }

  async read(run: StreamRun): Promise<void> {
    const now = this.deps.clock.now();
    const times = await this.pickTimes(run.log);
    const plan = planRead(run, {...this.deps, name: this.name, now, sortedBy: sortedByOf(times)});
    if (!plan) return run.checkpoint(run.state);
    await this.readRows({run, plan, now, times}, this.rowsFor(run));
  }

  protected rowsFor(run: StreamRun): RowMaker {
    return new Rows(this.name, restoreCustomColumns(run.schema, this.schema));
  }

  /** Each record is a row. */
  protected async readRows(read: PlannedRead, rows: RowMaker): Promise<void> {
    const decoder = {
      rows,
      decode: (resource: Resource) => rows.shape(resource),
      decodeBytes: (record: Buffer) => rows.walk(record),
      toRows: async (found: readonly FoundRecord<ShapedRow>[]) => found.map((record) => record.take()),
    };
    await this.readWith(read, decoder, rows);
  }

  /**
   * Finds out what Kustomer takes to search this stream by: one request for each that there is, none where there is but one.
   * A refusal is about that one request, so the next read asks again.
   * @throws the first refusal where all are refused
   */
  protected async pickTimes(log: Log): Promise<SearchTimes> {
    const [first, ...others] = this.times;
    if (others.length === 0) return first;
    let refusal: RefusedError | undefined;
    for (const times of this.times) {
      const {attribute} = times.moved;
      const refused = await this.refusalOf({times});
      if (!refused) {
        log('INFO', `${this.name}: searched by ${attribute}`);
        return times;
      }
      log('INFO', `${this.name}: Kustomer refuses to search by ${attribute} (${refused.message})`);
      refusal ??= refused;
    }
    throw refusal ?? new Error('there is nothing to search by');
  }

  /** @returns the refusal of a question for one record, where another way may do @throws other failures */
  protected async refusalOf(options: {readonly times?: SearchTimes} = {}): Promise<RefusedError | undefined> {
    const found = await this.firstRecords(options);
    return found instanceof RefusedError ? found : undefined;
  }

  /** Asks for the first record of search, or of its archive. @returns the refusal, where another way may do @throws other failures */
  protected async firstRecords(
    options: {readonly times?: SearchTimes; readonly archive?: boolean} = {},
  ): Promise<readonly FoundRecord<Resource>[] | RefusedError> {
    const search = this.search({decode: whole, size: new PageSize(1), ...options});
    const now = this.deps.clock.now();
    const horizon = searchHorizon(now);
    try {
      const updated = options.archive ? ([this.deps.startMs, horizon] as const) : ([horizon, now] as const);
      return (await search.page({updated, sort: 'updated', page: 1})).records;
    } catch (error) {
      if (isRefusal(error)) return error;
      throw error;
    }
  }

  protected async readWith<T>(
    {run, plan, now, times, createdTo}: PlannedRead,
    decoder: RecordDecoder<T>,
    rows?: RowMaker,
  ): Promise<void> {
    const {client, includeArchived, lookbackMs, workers} = this.deps;
    const isOld = includeArchived && plan.range[0] < searchHorizon(now);
    if (isOld && !this.archived && !this.oldOnes) {
      run.log(
        'WARN',
        `${this.name}: Kustomer keeps no archive of these, only those updated since ${formatInstant(searchHorizon(now))} can be had`,
      );
    }
    const progress = new ReadProgress();
    const partOf = (archive: boolean): Part<T> => {
      const source: Search<T> = this.search({
        archive,
        ...(times && !archive && {times}),
        ...(createdTo !== undefined && {createdTo}),
        priority: () => (decoder.asksEach ? PARENTS : progress.priority(source.asks)),
        decode: (resource) => decoder.decode(resource),
        decodeBytes: decoder.decodeBytes && ((record) => decoder.decodeBytes?.(record)),
        report: this.reportTo(run.log, archive ? 'archive: ' : ''),
      });
      return {source, decoder};
    };
    const old = includeArchived && rows ? this.oldOnes : undefined;
    await new SearchRead({
      ...{run, now, workers, lookbackMs, progress},
      plan: {...plan, sortedBy: times && sortedByOf(times)},
      search: partOf(false),
      archive: includeArchived && this.archived ? partOf(true) : undefined,
      old: old && rows && this.oldChildren(old, rows, {run, plan, now}),
      clockAheadMs: () => client.clockAheadMs,
    }).read();
  }

  private oldChildren(
    source: OldChildSource,
    rows: RowMaker,
    {run, plan, now}: Pick<SearchReadOptions<never>, 'run' | 'plan' | 'now'>,
  ): OldChildren {
    const {client, clock, includeDeleted, lists, startMs} = this.deps;
    const children = new Children(source, {stream: this.name, client, lists, log: run.log});
    const parents = (archive: boolean): Search<Parent> =>
      this.search({
        context: source.parent,
        archive,
        // None that was made later has a record of before.
        createdTo: archiveEnd(now),
        priority: () => PARENTS,
        decode: (resource) => children.parentOf(resource),
        report: this.reportTo(run.log, `${source.parent}s: `),
      });
    return new OldChildren({
      ...{children, rows, includeDeleted, time: source.time},
      range: [startMs, Math.min(archiveEnd(now), plan.range[1])],
      archive: parents(true),
      live: parents(false),
      nowMs: () => clock.now(),
    });
  }

  private reportTo(log: Log, about: string): (message: string) => void {
    return (message) => log('WARN', `${this.name}: ${about}${message}`);
  }

  async sample(count: number): Promise<readonly Resource[]> {
    return (await this.find(count)).map((record) => record.take());
  }

  override sampleArchive(): Promise<unknown> | undefined {
    const {clock, includeArchived, startMs} = this.deps;
    const horizon = searchHorizon(clock.now());
    if (!this.archived || !includeArchived || startMs >= horizon) return undefined;
    const search = this.search({decode: whole, archive: true, size: new PageSize(1)});
    return search.page({updated: [startMs, horizon], sort: 'updated', page: 1, optional: true});
  }

  /** The first `count` of the last two years, one request; of the last month where there are any, and more than one is wanted. */
  protected async find(count: number): Promise<readonly FoundRecord<Resource>[]> {
    let refusal: unknown;
    for (const times of this.times) {
      try {
        return await this.findBy(times, count);
      } catch (error) {
        if (!isRefusal(error)) throw error;
        refusal ??= error;
      }
    }
    throw refusal;
  }

  private async findBy(times: SearchTimes, count: number): Promise<readonly FoundRecord<Resource>[]> {
    const now = this.deps.clock.now();
    const search = this.search({decode: whole, times, size: new PageSize(count)});
    for (const from of count > 1 ? [now - MONTH_MS, searchHorizon(now)] : [searchHorizon(now)]) {
      const {records} = await search.page({updated: [from, now], sort: 'updated', page: 1});
      if (records.length > 0) return records;
    }
    return [];
  }

  protected search<T>({
    decode,
    context = this.context,
    archive = false,
    size = this.deps.pageSizes.of(`${archive ? 'archive' : 'search'} ${context}`, SEARCH_PAGE),
    times = archive || context !== this.context ? searchTimes(context) : this.times[0],
    report = () => undefined,
    ...more
  }: Pick<SearchOptions<T>, 'decode'> & Partial<SearchOptions<T>>): Search<T> {
    const {client, includeDeleted} = this.deps;
    const deleted = new DeletedRecords(includeDeleted);
    return new Search({client, context, archive, times, size, deleted, decode, report, ...more});
  }
}

/** Whether another way may do. */
export function isRefusal(error: unknown): error is RefusedError {
  return error instanceof RefusedError && REFUSALS.has(error.status);
}
