import type {Requester} from '../http/call';
import {BadResponseError, type Endpoint} from '../http/errors';
import {type Interval, formatInstant, parseInstant} from '../time';
import type {Envelope, Resource} from './envelope';
import {paramOf} from './links';
import {readListPage} from './list-pass';
import type {PageSize} from './page-size';

/** The most entries that Kustomer documents for one request (docs/kustomer-api.md, Audit logs). */
export const AUDIT_PAGE = 1000;
/** Where the log is. */
export const AUDIT_LOG: Endpoint = {method: 'GET', path: '/v1/audit-logs'};

/** Whether an entry at a bound itself is found is not documented, nor how finely times are compared: so much more is asked for, ms. */
const MARGIN_MS = 1000;
/** Entries may be as much out of order, or times compared as coarsely, before it is taken for what a filter should have left out: ms. */
const DISORDER_MS = 60_000;

/** The audit log of one connection: a list that only grows, the newest first (docs/kustomer-api.md, Audit logs). */
export class AuditLog {
  private end = true;
  /** The most entries that any page had: one that has as many may have been cut there. */
  private served = 0;
  /** Entries without a usable time that were handed out: they may come with any range. */
  private readonly timeless = new Set<string>();

  constructor(
    private readonly client: Requester,
    private readonly size: PageSize,
  ) {}

  /** Whether the log takes notice of where a range ends, as far as is known: without that, each range is read from the newest entry on. */
  get heedsEnd(): boolean {
    return this.end;
  }

  /**
   * Reads the entries of a closed range of `createdAt`, the newest first, each once; what was there when it began.
   * @throws RefusedError, UnavailableError, StoppedError; BadResponseError where paging by `before` leads nowhere
   */
  async *read(range: Interval): AsyncGenerator<readonly Resource[]> {
    const seen = new Set<string>();
    let before: string | undefined;
    for (let hasMore = true; hasMore;) {
      const page: Envelope<Resource> = await this.ask(range, before);
      const fresh = page.data.filter(({id}) => !seen.has(id));
      for (const {id} of fresh) seen.add(id);
      // Where the entry that is asked before belongs to its own page, it stands alone on the last one.
      if (fresh.length === 0 && page.data.length > 1) {
        throw new BadResponseError(AUDIT_LOG, 'it gives the same entries whatever they should be before');
      }
      yield fresh.filter((entry) => this.isWanted(entry, range));
      hasMore = fresh.length > 0 && !this.isLast(page, range);
      before = paramOf(page.next, 'before') ?? page.data.at(-1)?.id;
    }
  }

  private async ask([from, to]: Interval, before: string | undefined): Promise<Envelope<Resource>> {
    const requested = this.size.request();
    const page = await this.client.request({
      build: () => ({
        ...AUDIT_LOG,
        params: {
          count: requested.next(),
          'filter[start]': formatInstant(from - MARGIN_MS),
          'filter[end]': formatInstant(to + MARGIN_MS),
          ...(before !== undefined && {before}),
        },
      }),
      decode: (body) => readListPage(AUDIT_LOG, body, {page: 'the page', identify: undefined}),
      adapt: (failure, tries) => requested.failed(failure, tries),
    });
    requested.came(page.data.length);
    return page;
  }

  private isWanted(entry: Resource, [from, to]: Interval): boolean {
    const instant = instantOf(entry);
    if (instant === undefined) return !this.timeless.has(entry.id) && Boolean(this.timeless.add(entry.id));
    if (instant > to + DISORDER_MS) this.end = false;
    return instant >= from && instant <= to;
  }

  /** Whether there is nothing of the range behind a page: it says so and is no full one, or all of it is older than the range. */
  private isLast({data, next}: Envelope<Resource>, [from]: Interval): boolean {
    const isFull = data.length >= this.served;
    this.served = Math.max(this.served, data.length);
    if (next === undefined && !isFull) return true;
    const instants = data.map(instantOf).filter((instant) => instant !== undefined);
    return instants.length > 0 && Math.max(...instants) < from - DISORDER_MS;
  }
}

function instantOf({attributes}: Resource): number | undefined {
  return parseInstant(attributes?.['createdAt']);
}
