import type {Log} from '../airbyte/outlet';
import type {StreamRun} from '../airbyte/stream';
import {type Interval, parseInstant} from '../time';
import type {Envelope, Identify, Resource} from '../kustomer/envelope';
import {type Endpoint, RefusedError} from '../http/errors';
import {LIST_PAGE} from '../kustomer/list';
import {readListPage} from '../kustomer/list-pass';
import {completeState, isCheckpointDue, runningState} from './read/checkpoints';
import {DeletedList} from './read/deleted-list';
import {planRead, promisedEnd} from './read/read-plan';
import {Rows} from './read/rows';
import type {StreamSource, WayOfReading} from './documentation';
import {KustomerStream} from './stream';

const LIST: WayOfReading = {
  name: 'List',
  documented:
    'numbered pages, and `links.next` until there is none (portal: concepts/pagination); neither an order nor a filter on time, so each read asks for all pages, until two passes have the same ids, and passes on what has changed',
  assumed:
    'that every record is in its list (a list that changes through all passes fails the stream, to be tried again later); where deleted records have a list of their own, that what is deleted leaves the live one: so the former is asked for only where the live ids have changed, and once a day',
};

/** Query parameters. */
type Listing = Readonly<Record<string, string>>;

/** Lists that take it give deleted records only (docs/kustomer-api.md, Lists). */
const DELETED: Listing = {deleted: 'true'};
/** How a list may say that it takes no such parameter. */
const REFUSALS = new Set([400, 404, 422, 501]);

/** A stream that is read through a list: always whole, but only what was updated within the range is emitted. */
export abstract class ListStream extends KustomerStream {
  /** Such as `/v1/teams`. */
  abstract readonly path: string;

  /** The most records that Kustomer documents for one request (docs/kustomer-api.md, Lists). */
  protected readonly page: number = LIST_PAGE;
  get source(): StreamSource {
    const calls = this.listings().map((filter) => {
      const query = new URLSearchParams(filter).toString();
      return `\`GET ${this.path}${query && `?${query}`}\``;
    });
    return {short: 'list', full: calls.join(' and '), way: LIST};
  }

  get endpoint(): Endpoint {
    return {method: 'GET', path: this.path};
  }

  /** Query parameters of each listing; the stream is what they have together. */
  protected listings(): readonly Listing[] {
    if (this.takesDeleted === 'no' || !this.deps.includeDeleted) return [{}];
    return [{}, DELETED];
  }

  /** Whether the list gives deleted records where `deleted=true` asks for them: documented, or only seen in some client. */
  protected readonly takesDeleted: 'documented' | 'seen' | 'no' = 'no';

  /** The records of a response that are this stream's. */
  protected take({data}: Envelope<Resource>): readonly Resource[] {
    return data;
  }

  /** What rows are made of: the records of a page, or what hangs on each of them. */
  protected readonly recordsOf: (page: readonly Resource[], log: Log) => Promise<readonly Resource[]> =
    async (page) => page;

  /** Makes the ids of records that have none of their own. */
  protected readonly identify: Identify = () => undefined;

  async read(run: StreamRun): Promise<void> {
    const now = this.deps.clock.now();
    const plan = planRead(run, {...this.deps, name: this.name, now});
    if (!plan) return run.checkpoint(run.state);
    const {range, state} = plan;
    const deleted = new DeletedList(state?.deletedList, {...this.deps, now});
    // Nothing is promised before the list is through; until then a state only accounts for the records that were written.
    const soFar = runningState(run.mode, {
      cursor: state?.cursor ?? range[0],
      done: [],
      deletedList: state?.deletedList,
    });
    const rows = new Rows(this.name, this.schema);
    try {
      for await (const resources of this.wanted(range, deleted, run.log)) {
        const shaped = resources.map((resource) => rows.shape(resource));
        rows.note(shaped);
        await run.records(shaped);
        if (isCheckpointDue(run)) await run.checkpoint(soFar);
      }
    } catch (error) {
      await run.checkpoint(soFar);
      throw error;
    } finally {
      rows.report(run.log);
    }
    const cursor = promisedEnd(range[1], now, this.deps.client.clockAheadMs, run.log);
    const deletedList = deleted.stateAt(cursor);
    await run.checkpoint(completeState(run.mode, {cursor, done: [], deletedList}));
  }

  /** The records of all listings that are due, each once, as far as they lie within the range. */
  private async *wanted(
    range: Interval,
    deleted: DeletedList,
    log: Log,
  ): AsyncGenerator<readonly Resource[]> {
    const [listed, known] = [new Set<string>(), new Set<string>()];
    for (const listing of this.listings()) {
      const due = listing === DELETED ? deleted.due(listed, range[1]) : range;
      if (!due) return;
      const isWanted = (resource: Resource): boolean =>
        !known.has(resource.id) && (this.cursorField === undefined || isWithin(resource, due));
      const isTried = listing === DELETED && this.takesDeleted === 'seen';
      let isNew = false;
      try {
        for await (const page of this.pages(listing, log)) {
          const resources = await this.recordsOf(page, log);
          isNew ||= resources.some(({id}) => !listed.has(id));
          for (const {id} of resources) listed.add(id);
          const wanted = resources.filter(isWanted);
          for (const {id} of wanted) known.add(id);
          yield wanted;
        }
      } catch (error) {
        if (!isTried || !(error instanceof RefusedError) || !REFUSALS.has(error.status)) throw error;
        log(
          'WARN',
          `${this.name}: Kustomer does not list deleted ones (${error.message}), so they may be missing`,
        );
        return;
      }
      if (listing === DELETED) deleted.done();
      if (isTried && !isNew) {
        log(
          'INFO',
          `${this.name}: asked for deleted ones, Kustomer gives none that were not in the list before`,
        );
      }
    }
  }

  /** The pages of a list. One without records is asked for twice: all of it hangs on that answer, and nothing contradicts it. */
  private async *pages(filter: Listing, log: Log): AsyncGenerator<readonly Resource[]> {
    let isEmpty = true;
    for (let asked = 0; asked < 2 && isEmpty; asked++) {
      for await (const page of this.list(filter, log)) {
        isEmpty &&= page.length === 0;
        yield page;
      }
    }
  }

  private list(filter: Listing, log: Log): AsyncGenerator<readonly Resource[]> {
    const {client, lists} = this.deps;
    return lists.read(client, {
      path: this.path,
      page: this.page,
      filter,
      identify: this.identify,
      take: (response) => this.take(response),
      warn: (message) => log('WARN', `${this.name}: ${message}`),
    });
  }

  async sample(count: number): Promise<readonly Resource[]> {
    const params = {...this.listings()[0], page: 1, pageSize: count};
    const answer = await this.deps.client.request({
      build: () => ({...this.endpoint, params}),
      decode: (body) => readListPage(this.endpoint, body, {page: 'page 1', identify: this.identify}),
    });
    return this.take(answer);
  }
}

/** A record without a usable `updatedAt` cannot be left out by it: it is emitted by every read. */
function isWithin({attributes}: Resource, [from, to]: Interval): boolean {
  const updatedAt = parseInstant(attributes?.['updatedAt']);
  return updatedAt === undefined || (updatedAt >= from && updatedAt <= to);
}
