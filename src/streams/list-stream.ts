import type {Log} from '../airbyte/outlet';
import type {StreamRun} from '../airbyte/stream';
import {formatStreamState} from '../cursor/stream-state';
import {parseInstant} from '../time';
import type {Envelope, Resource} from '../kustomer/envelope';
import type {Endpoint} from '../http/errors';
import {LIST_PAGE} from '../kustomer/list';
import {readListPage} from '../kustomer/list-pass';
import {isCheckpointDue} from './read/checkpoints';
import {planRead, promisedEnd} from './read/read-plan';
import {Rows} from './read/rows';
import {KustomerStream} from './stream';

/** A stream that is read through a page-numbered list: always whole, less what lies outside of the range. */
export abstract class ListStream extends KustomerStream {
  /** Such as `/v1/teams`. */
  abstract readonly path: string;

  /** The most records that Kustomer documents for one request (docs/kustomer-api.md, Lists). */
  protected readonly page: number = LIST_PAGE;

  get endpoint(): Endpoint {
    return {method: 'GET', path: this.path};
  }

  /** Query parameters of the listings that make up the stream. */
  protected listings(): readonly Readonly<Record<string, string>>[] {
    return [{}];
  }

  /** The records of an answer that are this stream's. */
  protected take({data}: Envelope<Resource>): readonly Resource[] {
    return data;
  }

  async read(run: StreamRun): Promise<void> {
    const now = this.deps.clock.now();
    const task = planRead(run.mode, run.state, now, this.deps);
    if (!task) return run.checkpoint(run.state);
    const [from, to] = task.range;
    // Nothing is promised before the list is through; until then a state only accounts for the records that were written.
    const running = run.mode === 'full_refresh' ? {fullRefresh: false} : {};
    const soFar = formatStreamState({cursor: task.state?.cursor ?? from, done: [], ...running});
    const rows = new Rows(this.name, this.schema);
    const emitted = new Set<string>();
    try {
      for (const filter of this.listings()) {
        for await (const page of this.pages(filter, run.log)) {
          const wanted = page.filter(
            (resource) =>
              !emitted.has(resource.id) && (this.cursorField === undefined || isWithin(resource, from, to)),
          );
          for (const {id} of wanted) emitted.add(id);
          const shaped = wanted.map((resource) => rows.shape(resource));
          rows.note(shaped);
          await run.records(shaped);
          if (isCheckpointDue(run)) await run.checkpoint(soFar);
        }
      }
    } catch (error) {
      await run.checkpoint(soFar);
      throw error;
    } finally {
      rows.report(run.log);
    }
    const complete = run.mode === 'full_refresh' ? {fullRefresh: true} : {};
    const cursor = promisedEnd(to, now, this.deps.client.clockAheadMs, run.log);
    await run.checkpoint(formatStreamState({cursor, done: [], ...complete}));
  }

  private pages(filter: Readonly<Record<string, string>>, log: Log): AsyncGenerator<readonly Resource[]> {
    const {client, lists} = this.deps;
    return lists.read(client, {
      path: this.path,
      page: this.page,
      filter,
      take: (response) => this.take(response),
      warn: (message) => log('WARN', `${this.name}: ${message}`),
    });
  }

  async sample(count: number): Promise<readonly Resource[]> {
    const params = {...this.listings()[0], page: 1, pageSize: count};
    const answer = await this.deps.client.request({
      build: () => ({...this.endpoint, params}),
      decode: (body) => readListPage(this.endpoint, body, 'page 1'),
    });
    return this.take(answer);
  }
}

/** A record that has no usable `updatedAt` cannot be left out by it: it comes with every read. */
function isWithin({attributes}: Resource, from: number, to: number): boolean {
  const updatedAt = parseInstant(attributes?.['updatedAt']);
  return updatedAt === undefined || (updatedAt >= from && updatedAt <= to);
}
