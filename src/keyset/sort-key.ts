import type {Endpoint} from '../http/errors';
import type {FoundRecord, Page} from './page';
import type {Quirks} from './quirks';
import type {Seen} from './seen';

/** What is being read, along one sort key. It may be cut shorter while it is read. */
export interface Range {
  /** Its first instant: epoch ms. */
  readonly from: number;
  /** Everything before it has been read; past `to` when the range is done. */
  cursor: number;
  readonly to: number;
  /** Where questions end: past `to`, so that a page which shows what lies behind it proves the end. */
  readonly reach: number;
  /**
   * What was changed up to here is where it belongs in the index: epoch ms. A record with a later time may still stand where it
   * was before.
   */
  readonly settledTo: number;
  /** Where nothing comes of it, the next read asks for it again: so that there is nothing need not be proved. */
  readonly isRepeated: boolean;
}

/** What a page shows of its range. */
export interface PageView {
  /** Where its first and last record stand: epoch ms. */
  readonly first: number;
  readonly last: number;
  readonly records: number;
  readonly total: Page<unknown>['total'];
}

/** How records are found along one sort key, `updatedAt` or (within one instant of it) `createdAt`. */
export interface SortKey<T> {
  readonly endpoint: Endpoint;
  readonly quirks: Quirks;
  /** What was handed out of late. */
  readonly seen: Seen;
  /** Epoch ms; undefined where the record has none that can be used. */
  instantOf(record: FoundRecord<T>): number | undefined;
  /** The first page of what lies in `[from, to]` and nothing else, sorted ascending. @param attempt how often it was asked before */
  ask(from: number, to: number, attempt: number): Promise<Page<T>>;
  /** A further page of the same, which need not be there. @param number 2 and up; @param size records */
  askPage(from: number, to: number, number: number, size: number): Promise<Page<T>>;
  /** Called with each page on the way, before the cursor moves, and up to where it was asked for. */
  onPage(view: PageView, reach: number): void;
  /**
   * Reads one instant whole that seeking cannot get past, less what was handed out.
   * @param shown ids of records that stand at the instant
   * @returns the last instant that is read whole now
   */
  tie(instant: number, shown: ReadonlySet<string>): AsyncGenerator<readonly FoundRecord<T>[], number>;
}
