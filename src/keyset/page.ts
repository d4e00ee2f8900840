import type {Endpoint} from '../http/errors';
import type {Interval} from '../time';

/** From here on a total means "at least so many" (docs/kustomer-api.md, Search). */
export const TOTAL_CAP = 10_000;

/** One page of a search: the records of `updated` (and of `createdFrom` on), sorted ascending by `sort`. */
export interface Query {
  readonly updated: Interval;
  /** Only records created at this instant or later: epoch ms. */
  readonly createdFrom?: number;
  /** Only records created at this instant or earlier: epoch ms. */
  readonly createdTo?: number;
  readonly sort: 'updated' | 'created';
  /** 1 and up. */
  readonly page: number;
  /** Asks for so many records and no other number, since the page's number would mean something else. */
  readonly size?: number;
}

/** A record as it was found: the two instants that reading it whole rests on, and what was kept of it. */
export class FoundRecord<T> {
  private kept: T | undefined;

  /** @param updatedAt epoch ms; @param createdAt epoch ms, undefined where the record has none that can be used */
  constructor(
    readonly id: string,
    readonly updatedAt: number,
    readonly createdAt: number | undefined,
    kept: T,
  ) {
    this.kept = kept;
  }

  /** Gives what was kept, once: pages are held on to for longer than that, and it is most of their weight. */
  take(): T {
    const {kept} = this;
    if (kept === undefined) throw new Error(`record ${this.id} was taken before`);
    this.kept = undefined;
    return kept;
  }
}

export interface Page<T> {
  readonly records: readonly FoundRecord<T>[];
  /** Records that the whole query has; undefined when the answer does not say. */
  readonly total: {readonly count: number; readonly atLeast: boolean} | undefined;
  /** Records that were asked for. */
  readonly asked: number;
  /** The page holds as many records as any did that was asked for alike: it may have been cut there. */
  readonly full: boolean;
  /** Everything the answer says of itself agrees that this small page is all there is. */
  readonly provenLast: boolean;
}

/** What a window is read from: a search, or anything that answers like one. */
export interface PageSource<T> {
  readonly endpoint: Endpoint;
  page(query: Query): Promise<Page<T>>;
}
