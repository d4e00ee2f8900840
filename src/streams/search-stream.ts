import type {StreamRun} from '../airbyte/stream';
import {formatInstant} from '../time';
import {searchHorizon} from '../kustomer/archive';
import {type Resource, whole} from '../kustomer/envelope';
import type {Endpoint} from '../http/errors';
import {METADATA_RESOURCES} from '../kustomer/metadata';
import type {FoundRecord} from '../keyset/page';
import {PageSize} from '../kustomer/page-size';
import {DeletedRecords} from '../kustomer/deleted-records';
import {Search, type SearchOptions} from '../kustomer/search';
import {SEARCH_ROLES, type AnyRole} from '../kustomer/roles';
import {restoreCustomColumns} from '../catalog/configured-columns';
import type {StreamSource, WayOfReading} from './documentation';
import {type ReadPlan, planRead} from './read/read-plan';
import {ReadProgress} from './read/progress';
import {type RowMaker, Rows} from './read/rows';
import {type RecordDecoder, SearchRead, type SearchReadOptions} from './read/search-read';
import {KustomerStream} from './stream';

/** The most that Kustomer documents for one request (docs/kustomer-api.md, Search). */
const SEARCH_PAGE = 500;
const MONTH_MS = 30 * 24 * 60 * 60_000;

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
  readonly roles: readonly AnyRole[] = [SEARCH_ROLES];

  get source(): StreamSource {
    const search = `\`POST /v1/customers/search\` with the context \`${this.context}\``;
    return this.archived
      ? {
          short: 'search and archive',
          full: `${search}, and \`POST /v1/customers/archive/search\` for what has not changed for two years`,
          way: SEARCH,
        }
      : {short: 'search; there is no archive', full: `${search}; there is no archive of these`, way: SEARCH};
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
    const plan = planRead(run, {...this.deps, name: this.name, now});
    if (!plan) return run.checkpoint(run.state);
    await this.readPlan(run, new Rows(this.name, restoreCustomColumns(run.schema, this.schema)), plan, now);
  }

  /** Each record is a row. @param now when the read began: epoch ms */
  async readPlan(run: StreamRun, rows: RowMaker, plan: ReadPlan, now: number): Promise<void> {
    await this.readWith(
      {run, plan, now},
      {
        rows,
        decode: (resource) => rows.shape(resource),
        decodeBytes: (record) => rows.walk(record),
        toRows: async (found) => found.map((record) => record.take()),
      },
    );
  }

  protected async readWith<T>(
    {run, plan, now}: Pick<SearchReadOptions<T>, 'run' | 'plan' | 'now'>,
    decoder: RecordDecoder<T>,
  ): Promise<void> {
    const {client, includeArchived, lookbackMs, workers} = this.deps;
    if (includeArchived && !this.archived && plan.range[0] < searchHorizon(now)) {
      run.log(
        'WARN',
        `${this.name}: Kustomer keeps no archive of these, only those updated since ${formatInstant(searchHorizon(now))} can be had`,
      );
    }
    const progress = new ReadProgress();
    const sourceOf = (archive: boolean): Search<T> => {
      const source: Search<T> = this.search({
        archive,
        priority: () => progress.priority(source.asks),
        decode: (resource) => decoder.decode(resource),
        decodeBytes: decoder.decodeBytes && ((record) => decoder.decodeBytes?.(record)),
        report: (message) => run.log('WARN', `${this.name}: ${archive ? 'archive: ' : ''}${message}`),
      });
      return source;
    };
    await new SearchRead({
      ...{run, plan, now, decoder, workers, lookbackMs, progress},
      search: sourceOf(false),
      archive: includeArchived && this.archived ? sourceOf(true) : undefined,
      clockAheadMs: () => client.clockAheadMs,
    }).read();
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

  /** Records asked for in one request, where Kustomer serves as many. */
  protected readonly searchPage: number = SEARCH_PAGE;

  /** The first `count` of the last two years, one request; of the last month where there are any, and more than one is wanted. */
  protected async find(count: number): Promise<readonly FoundRecord<Resource>[]> {
    const now = this.deps.clock.now();
    const search = this.search({decode: whole, size: new PageSize(count)});
    for (const from of count > 1 ? [now - MONTH_MS, searchHorizon(now)] : [searchHorizon(now)]) {
      const {records} = await search.page({updated: [from, now], sort: 'updated', page: 1});
      if (records.length > 0) return records;
    }
    return [];
  }

  private search<T>({
    decode,
    archive = false,
    size = this.sizeOf(archive),
    report = () => undefined,
    ...more
  }: Pick<SearchOptions<T>, 'decode'> & Partial<SearchOptions<T>>): Search<T> {
    const {client, includeDeleted} = this.deps;
    const deleted = new DeletedRecords(includeDeleted);
    return new Search({client, context: this.context, archive, size, deleted, decode, report, ...more});
  }

  private sizeOf(archive: boolean): PageSize {
    const kind = `${archive ? 'archive' : 'search'} ${this.context} ${this.searchPage}`;
    return this.deps.pageSizes.of(kind, this.searchPage);
  }
}
