import type {Endpoint} from '../http/errors';
import type {Interval} from '../time';
import type {Quirks} from './quirks';

/** One page of a moving set: the records of `updated` (and of `created…`), sorted ascending by `sort`. */
export interface Query {
  /** Epoch ms. */
  readonly updated: Interval;
  /** Only records created at this instant or later: epoch ms. */
  readonly createdFrom?: number;
  /** Only records created at this instant or earlier: epoch ms. */
  readonly createdTo?: number;
  readonly sort: 'updated' | 'created';
  /** 1 and up. */
  readonly page: number;
  /** Ask for exactly this number of records, since the page's number would mean something else with another. */
  readonly size?: number;
  /** How often the same was asked before, since the answer was doubted: waits a little longer each time. */
  readonly attempt?: number;
  /** The page only saves time: do not try for long. */
  readonly optional?: boolean;
}

/** A record as it was found: the two instants that reading it whole rests on, and what was decoded of it. */
export class FoundRecord<T> {
  readonly id: string;
  /** Epoch ms; undefined where the record has none that can be used. */
  readonly updatedAt: number | undefined;
  /** As `updatedAt`. */
  readonly createdAt: number | undefined;
  private decoded: T | undefined;

  constructor(
    {id, updatedAt, createdAt}: Pick<FoundRecord<T>, 'id' | 'updatedAt' | 'createdAt'>,
    decoded: T,
  ) {
    this.id = id;
    this.updatedAt = updatedAt;
    this.createdAt = createdAt;
    this.decoded = decoded;
  }

  /** Gives what was decoded, once: pages are kept for longer than that, and it is most of their weight. */
  take(): T {
    const {decoded} = this;
    if (decoded === undefined) throw new Error(`record ${this.id} was taken before`);
    this.decoded = undefined;
    return decoded;
  }
}

export interface Page<T> {
  readonly records: readonly FoundRecord<T>[];
  /** Records that the whole query has; undefined when the answer does not say. */
  readonly total: {readonly count: number; readonly atLeast: boolean} | undefined;
  /** Records that were asked for. */
  readonly asked: number;
  /** Records that fill a page of this size, as far as is known from the largest that came. */
  readonly capacity: number;
  /** Everything the answer says of itself agrees that this small page is all there is. */
  readonly provenLast: boolean;
}

/** What a set is read from: a search, or anything that answers like one. */
export interface PageSource<T> {
  readonly endpoint: Endpoint;
  readonly limits: {
    /** No page beyond this number is served. */
    readonly lastPage: number;
    /** From here on a total means "at least". */
    readonly totalCap: number;
  };
  /** What this source was seen to do in its own way. */
  readonly quirks: Quirks;
  /** @throws KustomerError */
  page(query: Query): Promise<Page<T>>;
}

/** As long as the longest page seen for this size, so it was possibly cut there. */
export function isFull({records, capacity}: Page<unknown>): boolean {
  return records.length > 0 && records.length >= capacity;
}

/** Records may follow that it does not show. */
export function isCut(page: Page<unknown>): boolean {
  return !page.provenLast && (isFull(page) || hasMore(page));
}

/** The answer counts more than it shows. */
export function hasMore({total, records}: Page<unknown>): boolean {
  return total !== undefined && total.count > records.length;
}

/** Each record only once, were a page to hold it twice. */
export function once<T>(records: readonly FoundRecord<T>[]): readonly FoundRecord<T>[] {
  const ids = new Set(records.map(({id}) => id));
  return ids.size === records.length ? records : records.filter(({id}) => ids.delete(id));
}
