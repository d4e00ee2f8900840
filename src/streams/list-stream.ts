import type {StreamRun} from '../airbyte/stream';
import {formatStreamState} from '../cursor/stream-state';
import {parseInstant} from '../time';
import {type Envelope, type Resource, readEnvelope, whole} from '../kustomer/envelope';
import type {Endpoint} from '../http/errors';
import {LIST_PAGE, readList} from '../kustomer/list';
import {isCheckpointDue} from './read/checkpoints';
import {planRead, promisedEnd} from './read/read-plan';
import {Rows} from './read/rows';
import type {StreamSource, WayOfReading} from './documentation';
import {KustomerStream} from './stream';

const LIST: WayOfReading = {
  name: 'List',
  documented:
    'numbered pages, and `links.next` until there is none (portal: concepts/pagination); neither an order nor a filter on time, so each read asks for all pages, until two passes have the same ids, and passes on what has changed',
  assumed: 'that every record is in its list (a list that does not come to rest fails the stream)',
};

/** A stream that is read through a page-numbered list: always whole, less what lies outside of the range. */
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
        for await (const page of this.pages(filter)) {
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

  private pages(filter: Readonly<Record<string, string>>): AsyncGenerator<readonly Resource[]> {
    const {client, pageSizes} = this.deps;
    return readList(client, this.path, pageSizes.of(this.path, this.page), filter, (answer) =>
      this.take(answer),
    );
  }

  async sample(count: number): Promise<readonly Resource[]> {
    const params = {...this.listings()[0], page: 1, pageSize: count};
    const answer = await this.deps.client.request({
      build: () => ({...this.endpoint, params}),
      decode: (body) => readEnvelope(this.endpoint, body, whole),
    });
    return this.take(answer);
  }
}

/** A record that has no usable `updatedAt` cannot be left out by it: it comes with every read. */
function isWithin({attributes}: Resource, from: number, to: number): boolean {
  const updatedAt = parseInstant(attributes?.['updatedAt']);
  return updatedAt === undefined || (updatedAt >= from && updatedAt <= to);
}
