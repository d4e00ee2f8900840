import {type KustomerError, RefusedError, UnavailableError} from '../../http/errors';
import type {FoundRecord} from '../../keyset/page';
import type {Resource} from '../../kustomer/envelope';
import type {DecodedRecord, Search} from '../../kustomer/search';
import type {Interval} from '../../time';
import type {RowReport, ShapedRow} from './rows';

/** What becomes of the records that are found. */
export interface RecordDecoder<T> {
  readonly rows: RowReport;
  /** Each record costs requests of its own: many are made side by side, and a state can be written behind each record. */
  readonly asksEach?: boolean;
  /** What is kept of a record while its page is being read: many of them are held at once. */
  decode(resource: Resource): T;
  /** The same of a record that is not parsed; undefined where it has to be. */
  decodeBytes?(record: Buffer): DecodedRecord<T> | undefined;
  /** The rows that come of records: one of each, or of what hangs on them. */
  toRows(found: readonly FoundRecord<T>[]): Promise<readonly ShapedRow[]>;
}

/** One source of records, and what becomes of them. */
export interface Part<T> {
  readonly source: Search<T>;
  readonly decoder: RecordDecoder<T>;
}

/** What is done with what one source gives. */
export interface Take<T> {
  /** Called with records as they are found. @returns those whose rows are wanted */
  pick(found: readonly FoundRecord<T>[]): readonly FoundRecord<T>[];
  /** Called when the rows of all that an interval has are written. */
  done(interval: Interval): void;
}

/** Any final answer of a source that never served says: there is none for this key. */
export function isRefusalOf(source: Search<unknown>, error: unknown): error is KustomerError {
  const isFinal =
    error instanceof RefusedError ||
    (error instanceof UnavailableError && error.status !== undefined && error.status >= 500);
  const {path, context} = source.endpoint;
  return isFinal && error.endpoint?.path === path && error.endpoint.context === context;
}
