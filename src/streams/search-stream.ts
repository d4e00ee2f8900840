import type {Log} from '../airbyte/outlet';
import type {StreamRun} from '../airbyte/stream';
import {formatInstant} from '../time';
import {archiveEnd, searchHorizon} from '../kustomer/archive';
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
import {Children, type Parent} from './read/children';
import {OldChildren, type OldChildSource} from './read/old-children';
import type {Part, RecordDecoder} from './read/part';
import {type ReadPlan, planRead} from './read/read-plan';
import {ReadProgress} from './read/progress';
import {type RowMaker, Rows} from './read/rows';
import {SearchRead, type SearchReadOptions} from './read/search-read';
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
  /** Where those are that search has forgotten, if the archive does not have them: with which parents. */
  readonly oldOnes: OldChildSource | undefined = undefined;
  readonly roles: readonly AnyRole[] = [SEARCH_ROLES];

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
        toRows: async (found) => found.map((record) => record.take()),
      },
      rows,
    );
  }

  protected async readWith<T>(
    {run, plan, now}: Pick<SearchReadOptions<T>, 'run' | 'plan' | 'now'>,
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
        priority: () => progress.priority(source.asks),
        decode: (resource) => decoder.decode(resource),
        report: this.reportTo(run.log, archive ? 'archive: ' : ''),
      });
      return {source, decoder};
    };
    const old = includeArchived && rows ? this.oldOnes : undefined;
    await new SearchRead({
      ...{run, plan, now, workers, lookbackMs, progress},
      search: partOf(false),
      archive: includeArchived && this.archived ? partOf(true) : undefined,
      old: old && rows && this.oldChildren(old, rows, {run, plan, now, progress}),
      clockAheadMs: () => client.clockAheadMs,
    }).read();
  }

  private oldChildren(
    source: OldChildSource,
    rows: RowMaker,
    {run, plan, now, progress}: Pick<SearchReadOptions<never>, 'run' | 'plan' | 'now' | 'progress'>,
  ): OldChildren {
    const {client, clock, includeDeleted, lists, startMs} = this.deps;
    const children = new Children(source, {stream: this.name, client, lists, log: run.log});
    const parents = (archive: boolean): Search<Parent> => {
      const search: Search<Parent> = this.search({
        context: source.parent,
        archive,
        // None that was made later has a record of before.
        createdTo: archiveEnd(now),
        priority: () => progress.priority(search.asks),
        decode: (resource) => children.parentOf(resource),
        report: this.reportTo(run.log, `${source.parent}s: `),
      });
      return search;
    };
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
    context = this.context,
    archive = false,
    size = this.deps.pageSizes.of(`${archive ? 'archive' : 'search'} ${context}`, SEARCH_PAGE),
    report = () => undefined,
    ...more
  }: Pick<SearchOptions<T>, 'decode'> & Partial<SearchOptions<T>>): Search<T> {
    const {client, includeDeleted} = this.deps;
    const deleted = new DeletedRecords(includeDeleted);
    return new Search({client, context, archive, size, deleted, decode, report, ...more});
  }
}
