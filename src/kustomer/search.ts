import {formatInstant, parseInstant} from '../time';
import {type ResponseBody, UnusableResponseError} from '../http/body/response-body';
import type {HttpRequest, Requester} from '../http/call';
import {BadResponseError, type Endpoint} from '../http/errors';
import {FoundRecord, type Page, type Query, TOTAL_CAP} from '../keyset/page';
import {PageSize, SMALLEST_PAGE} from './page-size';
import {type Envelope, type Resource, isObject, readEnvelope} from './envelope';
import type {Failure} from '../http/failure';

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
  private readonly size: PageSize;

  constructor(
    private readonly client: Requester,
    private readonly context: string,
    archive: boolean,
    private readonly pageSize: number,
    private readonly deleted: DeletedRecords,
    private readonly keep: (resource: Resource) => T,
  ) {
    this.endpoint = {method: 'POST', path: `/v1/customers/${archive ? 'archive/' : ''}search`, context};
    this.size = new PageSize(pageSize);
  }

  /** Records asked for in one request, as things stand. */
  get asks(): number {
    return this.size.full || this.size.now;
  }

  /** @throws RefusedError, UnavailableError, StoppedError; BadAnswerError for a record without id or updatedAt, or that was not asked for */
  async page(query: Query): Promise<Page<T>> {
    let asked = {size: 0, deleted: false};
    return this.client.request({
      build: () => {
        asked = {size: query.size ?? this.size.now, deleted: this.deleted.asked};
        return this.build(query, asked);
      },
      decode: (answer) => this.read(answer, query, asked.size),
      adapt: (failure, tries) => this.adapt(failure, tries, asked, query.size === undefined),
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

  private async read(answer: ResponseBody, query: Query, asked: number): Promise<Page<T>> {
    const {
      data: records,
      meta,
      next,
    } = await readEnvelope(this.endpoint, answer, (resource) => this.found(resource), checkWhole);
    for (const record of records) this.checkWithin(query, record);
    this.size.came(records.length);
    const total = readTotal(meta);
    return {
      records,
      total,
      asked,
      full: records.length >= Math.min(asked, this.size.full),
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

  /** Whether the next attempt asks for something else: without deleted records, or for fewer. */
  private adapt(failure: Failure, tries: number, asked: Asked, mayShrink: boolean): boolean {
    const mayBeDeleted = failure.status === 400 && asked.deleted;
    if (mayBeDeleted && /include_?deleted/i.test(failure.text)) {
      this.deleted.giveUp();
      return true;
    }
    if (!mayShrink) return false;
    if (this.size.failed(failure, tries, asked.size)) return true;
    if (!mayBeDeleted) return false;
    // Not the size: the one other thing that is known to be rejected by some servers.
    this.deleted.giveUp();
    this.size.reset(this.pageSize);
    return true;
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
