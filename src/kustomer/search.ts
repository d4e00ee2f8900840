import {isObject} from '../json';
import {formatInstant, parseInstant} from '../time';
import {type ResponseBody, UnusableResponseError} from '../http/body/response-body';
import type {HttpRequest, Requester} from '../http/call';
import {BadResponseError, type Endpoint} from '../http/errors';
import {FoundRecord, type Page, type Query, TOTAL_CAP} from '../keyset/page';
import {type PageSize, SMALLEST_PAGE} from './page-size';
import {type Envelope, type Resource, readEnvelope} from './envelope';

/** What one attempt asked for that the next may ask for differently. */
interface Asked {
  readonly size: number;
  readonly deleted: boolean;
}

/** Whether deleted records are asked for; off for good once the server rejects the question. */
export class DeletedRecords {
  private refused = false;

  constructor(
    private readonly wanted: boolean,
    private readonly warn: (message: string) => void,
  ) {}

  get asked(): boolean {
    return this.wanted && !this.refused;
  }

  /** Stops asking, and says so once. */
  giveUp(): void {
    if (this.refused) return;
    this.refused = true;
    this.warn(
      'Kustomer rejects includeDeleted here: deleted records cannot be read, only those that are left.',
    );
  }
}

/**
 * One query context of `POST /v1/customers/search`, or of its archive, page by page. Says nothing about completeness: that
 * is the business of those who ask (seek.ts, tie.ts).
 * @see docs/kustomer-api.md, Search and Archive search
 */
export class Search<T> {
  readonly endpoint: Endpoint;

  constructor(
    private readonly client: Requester,
    private readonly context: string,
    archive: boolean,
    private readonly size: PageSize,
    private readonly deleted: DeletedRecords,
    private readonly keep: (resource: Resource) => T,
  ) {
    this.endpoint = {method: 'POST', path: `/v1/customers/${archive ? 'archive/' : ''}search`, context};
  }

  /** Records asked for in one request, as things stand. */
  get asks(): number {
    return this.size.full || this.size.now;
  }

  /** @throws RefusedError, UnavailableError, StoppedError; BadAnswerError for a record without id or updatedAt, or that was not asked for */
  async page(query: Query): Promise<Page<T>> {
    let asked = {size: 0, deleted: false};
    let requested = this.size.request();
    return this.client.request({
      build: () => {
        asked = {size: query.size ?? requested.next(), deleted: this.deleted.asked};
        return this.build(query, asked);
      },
      decode: async (answer) => {
        const page = await this.read(answer, query, asked.size);
        if (query.size === undefined) requested.came(page.records.length);
        return {...page, full: page.records.length >= Math.min(asked.size, this.size.full)};
      },
      adapt: (failure, tries) => {
        const mayBeDeleted = failure.status === 400 && asked.deleted;
        if (mayBeDeleted && /include_?deleted/i.test(failure.text)) {
          this.deleted.giveUp();
          return true;
        }
        if (query.size !== undefined) return false;
        if (requested.failed(failure, tries)) return true;
        if (!mayBeDeleted) return false;
        // Not the size: the one other thing that is known to be rejected by some servers.
        this.deleted.giveUp();
        requested = this.size.request();
        return true;
      },
    });
  }

  private build({updated, createdFrom, createdTo, sort, page}: Query, asked: Asked): HttpRequest {
    const at = (what: string) => `${this.context}_${what}_at`;
    const and: Record<string, Record<string, string>>[] = [
      {[at('updated')]: {gte: formatInstant(updated[0])}},
      {[at('updated')]: {lte: formatInstant(updated[1])}},
    ];
    if (createdFrom !== undefined) and.push({[at('created')]: {gte: formatInstant(createdFrom)}});
    if (createdTo !== undefined) and.push({[at('created')]: {lte: formatInstant(createdTo)}});
    return {
      ...this.endpoint,
      params: {page, pageSize: asked.size},
      body: {
        and,
        sort: [{[at(sort)]: 'asc'}],
        queryContext: this.context,
        ...(asked.deleted && {includeDeleted: true}),
      },
    };
  }

  private async read(answer: ResponseBody, query: Query, asked: number): Promise<Omit<Page<T>, 'full'>> {
    const {
      data: records,
      meta,
      next,
    } = await readEnvelope(this.endpoint, answer, {
      keep: (resource) => this.found(resource),
      check: checkWhole,
      page: `page ${query.page}`,
    });
    for (const record of records) this.checkWithin(query, record);
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

  private found(resource: Resource): FoundRecord<T> {
    const attributes = isObject(resource.attributes) ? resource.attributes : {};
    const updatedAt = parseInstant(attributes['updatedAt']);
    if (updatedAt === undefined) {
      const value = JSON.stringify(attributes['updatedAt']) ?? 'missing';
      throw new BadResponseError(this.endpoint, `record ${resource.id} has no usable updatedAt (${value})`);
    }
    return new FoundRecord(
      resource.id,
      updatedAt,
      parseInstant(attributes['createdAt']),
      this.keep(resource),
    );
  }

  private checkWithin(
    {updated, createdFrom, createdTo}: Query,
    {id, updatedAt, createdAt}: FoundRecord<T>,
  ): void {
    const asked: [string, number | undefined, number, number][] = [
      ['updatedAt', updatedAt, updated[0], updated[1]],
      ['createdAt', createdAt, createdFrom ?? -Infinity, createdTo ?? Infinity],
    ];
    for (const [name, instant, from, to] of asked) {
      // Without a createdAt a record can only come where none was asked for.
      if (instant === undefined ? createdFrom === undefined : instant >= from && instant <= to) continue;
      const value = instant === undefined ? 'missing' : formatInstant(instant);
      throw new BadResponseError(
        this.endpoint,
        `record ${id} lies outside of what was asked for: its ${name} is ${value}`,
      );
    }
  }
}

/** @throws UnusableAnswer for a search that ran out of time: some of its records may be missing */
function checkWhole(meta: Envelope<unknown>['meta']): void {
  if (meta['timed_out'] === true)
    throw new UnusableResponseError('the search timed out and its answer is partial');
}

function readTotal(meta: Record<string, unknown>): Page<unknown>['total'] {
  const count = meta['total'];
  if (typeof count !== 'number' || !Number.isInteger(count) || count < 0) return undefined;
  return {count, atLeast: count >= TOTAL_CAP};
}
