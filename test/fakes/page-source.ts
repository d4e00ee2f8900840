import {FoundRecord, type Page, type PageSource, type Query} from '../../src/keyset/page';
import {Quirks} from '../../src/keyset/quirks';

/** A record of the set: its id and its two instants, epoch ms. */
export interface SetRecord {
  readonly id: string;
  readonly updatedAt: number;
  readonly createdAt: number;
  /** Where the index has it, if its body says something newer: epoch ms. */
  readonly place?: number;
}

export interface PageSourceOptions {
  readonly records: readonly SetRecord[];
  readonly pageSize: number;
  /** Its filters leave out their bounds. */
  readonly exclusive?: boolean;
  /** Says how many records a question has. Default: true. */
  readonly totals?: boolean;
  /** No page beyond this number is served. Default: 100. */
  readonly lastPage?: number;
  /** It counts no further than this. Default: 10,000. */
  readonly totalCap?: number;
  /** Id of a record that it counts and does not show in the answer to a question. */
  readonly hide?: (query: Query) => string | undefined;
  /** Changes the set, or what is answered, before the answer to question `number` (from 1 on) is made up. */
  readonly before?: ((number: number, source: FakePageSource) => unknown) | undefined;
}

/** A few records in memory that answer like a search: sorted, filtered and cut into pages. */
export class FakePageSource implements PageSource<string> {
  readonly endpoint = {method: 'POST', path: '/v1/fake'} as const;
  readonly limits: PageSource<string>['limits'];
  readonly said: string[] = [];
  readonly quirks = new Quirks((message) => this.said.push(message));
  /** All questions so far. */
  readonly queries: Query[] = [];
  /** The set as it is now. */
  records: readonly SetRecord[];
  /** The next answer is empty, whatever there is. */
  isNextEmpty = false;

  constructor(private readonly options: PageSourceOptions) {
    this.records = options.records;
    this.limits = {lastPage: options.lastPage ?? 100, totalCap: options.totalCap ?? 10_000};
  }

  /** Updates a record: it moves to another instant. */
  touch(id: string, updatedAt: number): void {
    this.records = this.records.map((record) => (record.id === id ? {...record, updatedAt} : record));
  }

  remove(id: string): void {
    this.records = this.records.filter((record) => record.id !== id);
  }

  page(query: Query): Promise<Page<string>> {
    const {pageSize, totals = true, before, hide} = this.options;
    this.queries.push(query);
    before?.(this.queries.length, this);
    const found = this.find(query);
    const size = query.size ?? pageSize;
    const shown = this.isNextEmpty ? [] : found.slice((query.page - 1) * size, query.page * size);
    this.isNextEmpty = false;
    const hidden = hide?.(query);
    const records = shown.filter(({id}) => id !== hidden).map((record) => new FoundRecord(record, record.id));
    const {totalCap} = this.limits;
    const count = Math.min(found.length, totalCap);
    const total = totals ? {count, atLeast: count >= totalCap} : undefined;
    return Promise.resolve({records, total, asked: size, capacity: size, provenLast: false});
  }

  private find({updated, createdFrom = -Infinity, createdTo = Infinity, sort}: Query): SetRecord[] {
    const isIn = (instant: number, from: number, to: number): boolean =>
      this.options.exclusive ? instant > from && instant < to : instant >= from && instant <= to;
    const keyOf = (record: SetRecord): number => (sort === 'updated' ? placeOf(record) : record.createdAt);
    return this.records
      .filter((record) => isIn(placeOf(record), ...updated) && isIn(record.createdAt, createdFrom, createdTo))
      .sort((a, b) => keyOf(a) - keyOf(b));
  }
}

function placeOf({place, updatedAt}: SetRecord): number {
  return place ?? updatedAt;
}

/** What the instants of a table are counted in: ms. */
export const SECOND = 1000;

/** Records from a table: `a@5 b@7/2` is `a`, updated at second 5 (and created then), and `b`, updated at 7 and created at 2. */
export function recordsOf(table: string): SetRecord[] {
  return table
    .split(' ')
    .filter(Boolean)
    .map((cell) => {
      const [id = '', instants = ''] = cell.split('@');
      const [updatedAt = 0, createdAt = updatedAt] = instants
        .split('/')
        .map((second) => Number(second) * SECOND);
      return {id, updatedAt, createdAt};
    });
}

/** A page that a test makes up, of records from such a table: full, and counted, unless it says otherwise. */
export function pageOf(table: string, page: Partial<Page<string>> = {}): Page<string> {
  const records = recordsOf(table).map((record) => new FoundRecord(record, record.id));
  const size = records.length;
  return {
    records,
    total: {count: size, atLeast: false},
    asked: size,
    capacity: size,
    provenLast: false,
    ...page,
  };
}
