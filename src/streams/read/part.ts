import {type KustomerError, RefusedError, UnavailableError} from '../../http/errors';
import type {FoundRecord} from '../../keyset/page';
import type {Resource} from '../../kustomer/envelope';
import type {DecodeBytes, Search} from '../../kustomer/search';
import type {Interval} from '../../time';
import type {RowReport, ShapedRow} from './rows';

/** What becomes of the records that are found. */
export interface RecordDecoder<T> {
  readonly rows: RowReport;
  /** Records whose rows are made together, where each costs requests: a state can be written in between. All of a page unless given. */
  readonly step?: number;
  /** What is kept of a record while its page is being read: many of them are held at once. */
  decode(resource: Resource): T;
  /** The same of a record that is not parsed; undefined where it has to be. */
  readonly decodeBytes?: DecodeBytes<T>;
  /** The rows that come of records: one of each, or of what hangs on them. */
  toRows(found: readonly FoundRecord<T>[]): Promise<readonly ShapedRow[]>;
}

/** One source of records, and what becomes of them. */
export interface Part<T> {
  readonly source: Search<T>;
  readonly decoder: RecordDecoder<T>;
}

/** Takes the records that one source gives, and what they cover. */
export type Take<T> = (records: readonly FoundRecord<T>[], done: Interval) => Promise<void>;

/** Any final answer of a source that never served says: there is none for this key. */
export function isRefusalOf(source: Search<unknown>, error: unknown): error is KustomerError {
  const isFinal =
    error instanceof RefusedError ||
    (error instanceof UnavailableError && error.status !== undefined && error.status >= 500);
  const {path, context} = source.endpoint;
  return isFinal && error.endpoint?.path === path && error.endpoint.context === context;
}
