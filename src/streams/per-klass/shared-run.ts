import type {Row, SyncMode} from '../../airbyte/messages';
import type {Log} from '../../airbyte/outlet';
import type {StreamRun} from '../../airbyte/stream';
import {type Intervals, add, intersect} from '../../cursor/intervals';
import {parseStreamState} from '../../cursor/stream-state';
import type {FoundRecord} from '../../keyset/page';
import type {Resource} from '../../kustomer/envelope';
import {klassOf} from './klass-of';
import type {KlassMember} from './member';
import type {ReadPlan} from '../read/read-plan';
import type {ShapedRow} from '../read/rows';
import type {RecordDecoder} from '../read/part';

/** A row, and the stream that it belongs to. */
interface OwnedRow extends ShapedRow {
  readonly owner: KlassMember;
}

/** No row: a record whose klass is not selected, or that names none. */
type Unowned = 'not selected' | 'without klass';

/** The shared read of several klass streams: to the search it is one stream, and it hands each row to its owner. */
export class SharedRun implements StreamRun, RecordDecoder<OwnedRow | Unowned> {
  /** So that its states say whether they are the last. */
  readonly mode: SyncMode = 'full_refresh';
  readonly state = undefined;
  readonly schema = undefined;
  readonly log: Log;
  readonly plan: ReadPlan;
  /** What is done with rows besides writing them. */
  readonly rows = {note, report: (log: Log): void => this.report(log)};
  private readonly byKlass: ReadonlyMap<string, KlassMember>;
  private seen = 0;
  private withoutKlass = 0;

  /** @param members of different klasses, at least one */
  constructor(private readonly members: readonly [KlassMember, ...KlassMember[]]) {
    this.log = members[0].run.log;
    this.byKlass = new Map(members.map((member) => [member.klass, member]));
    this.plan = planFor(members);
  }

  decode(resource: Resource): OwnedRow | Unowned {
    const klass = klassOf(resource);
    if (klass === undefined) return 'without klass';
    const owner = this.byKlass.get(klass);
    return owner ? {...owner.shape(resource), owner} : 'not selected';
  }

  async toRows(found: readonly FoundRecord<OwnedRow | Unowned>[]): Promise<readonly OwnedRow[]> {
    const rows: OwnedRow[] = [];
    for (const record of found) {
      const row = record.take();
      if (row === 'without klass') this.withoutKlass += 1;
      // What the stream has from an earlier read is read again for the others only.
      else if (row !== 'not selected' && row.owner.misses(record.updatedAt)) rows.push(row);
    }
    this.seen += found.length;
    return rows;
  }

  /** Only rows that its own `toRows` made come here. */
  async records(rows: readonly OwnedRow[]): Promise<void> {
    const byOwner = new Map<KlassMember, Row[]>();
    for (const row of rows) {
      const own = byOwner.get(row.owner);
      if (own) own.push(row);
      else byOwner.set(row.owner, [row]);
    }
    await Promise.all([...byOwner].map(([{run}, own]) => run.records(own)));
  }

  async checkpoint(state: unknown): Promise<void> {
    const shared = parseStreamState(state);
    if (!shared) return;
    await Promise.all(this.members.map((member) => member.checkpoint(shared, this.plan.range[0])));
  }

  /** Of the member that is furthest behind. */
  sinceCheckpoint(): {readonly records: number; readonly ms: number} {
    const all = this.members.map(({run}) => run.sinceCheckpoint());
    return {
      records: Math.max(...all.map(({records}) => records)),
      ms: Math.max(...all.map(({ms}) => ms)),
    };
  }

  /** Kustomer does not count by klass: each member is expected to keep its share so far. */
  expect(records: number): void {
    for (const {run, taken} of this.members) {
      run.expect(this.seen > 0 ? (records * taken) / this.seen : records);
    }
  }

  private report(log: Log): void {
    for (const member of this.members) member.report();
    if (this.withoutKlass > 0) {
      log('WARN', `${this.withoutKlass} custom objects name no klass: only the stream kobjects has them`);
    }
  }
}

function note(rows: readonly OwnedRow[]): void {
  for (const row of rows) row.owner.note(row);
}

/** What the members miss together; what all of them have need not be asked for. */
function planFor(members: readonly KlassMember[]): ReadPlan {
  const from = Math.min(...members.map(({plan}) => plan.range[0]));
  const to = Math.max(...members.map(({plan}) => plan.range[1]));
  const done = members.map((member) => member.doneSince(from)).reduce<Intervals>(intersect, [[from, to]]);
  const owed = (key: 'pendingArchive' | 'pendingDeleted'): Intervals =>
    members.flatMap(({plan}) => plan.state?.[key] ?? []).reduce<Intervals>(add, []);
  const state = {
    cursor: from,
    done,
    pendingArchive: owed('pendingArchive'),
    pendingDeleted: owed('pendingDeleted'),
  };
  return {range: [from, to], state};
}
