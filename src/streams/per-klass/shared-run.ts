import type {Row, SyncMode} from '../../airbyte/messages';
import type {Log} from '../../airbyte/outlet';
import type {StreamRun} from '../../airbyte/stream';
import {type Intervals, add, intersect} from '../../cursor/intervals';
import {parseStreamState} from '../../cursor/stream-state';
import {parseInstant} from '../../time';
import {isObject} from '../../json';
import type {Resource} from '../../kustomer/envelope';
import type {KlassMember} from './member';
import type {ReadPlan} from '../read/read-plan';
import type {RowMaker, ShapedRow} from '../read/rows';

/** A record that is nobody's: of a klass that is not selected, or that its stream has already. */
const NOBODYS: ShapedRow = {line: Buffer.alloc(0), changes: [], undeclared: []};
/** A record that names no klass. */
const WITHOUT_KLASS: ShapedRow = {...NOBODYS};

/** The common read of several klass streams: to the search it is one stream, and it hands everything on to its members. */
export class KlassRun implements StreamRun, RowMaker {
  /** So its states say whether they are the last. */
  readonly mode: SyncMode = 'full_refresh';
  readonly state = undefined;
  readonly schema = undefined;
  readonly task: ReadPlan;
  private readonly owners = new WeakMap<Row, KlassMember>();
  private readonly byKlass: ReadonlyMap<string, KlassMember>;
  private seen = 0;
  private withoutKlass = 0;

  /** @param members of different klasses, at least one */
  constructor(
    private readonly members: readonly KlassMember[],
    readonly log: Log,
  ) {
    this.byKlass = new Map(members.map((member) => [member.klass, member]));
    const from = Math.min(...members.map(({task}) => task.range[0]));
    const to = Math.max(...members.map(({task}) => task.range[1]));
    const done = members.map((member) => member.doneSince(from)).reduce<Intervals>(intersect, [[from, to]]);
    const unarchived = members
      .flatMap(({task}) => task.state?.pendingArchive ?? [])
      .reduce<Intervals>(add, []);
    this.task = {range: [from, to], state: {cursor: from, done, pendingArchive: unarchived}};
  }

  shape(resource: Resource): ShapedRow {
    const klass = klassOf(resource);
    if (klass === undefined) return WITHOUT_KLASS;
    const member = this.byKlass.get(klass);
    const updatedAt = parseInstant(resource.attributes?.['updatedAt']);
    if (!member || updatedAt === undefined || !member.misses(updatedAt)) return NOBODYS;
    const row = member.shape(resource);
    this.owners.set(row, member);
    return row;
  }

  note(rows: readonly ShapedRow[]): void {
    this.seen += rows.length;
    this.withoutKlass += rows.filter((row) => row === WITHOUT_KLASS).length;
    for (const row of rows) this.owners.get(row)?.note(row);
  }

  async records(rows: readonly Row[]): Promise<void> {
    const byOwner = new Map<KlassMember, Row[]>();
    for (const row of rows) {
      const owner = this.owners.get(row);
      const own = owner && byOwner.get(owner);
      if (own) own.push(row);
      else if (owner) byOwner.set(owner, [row]);
    }
    await Promise.all([...byOwner].map(([{run}, own]) => run.records(own)));
  }

  async checkpoint(state: unknown): Promise<void> {
    const common = parseStreamState(state);
    if (!common) return;
    await Promise.all(this.members.map((member) => member.checkpoint(common, this.task.range[0])));
  }

  /** Of the member that is furthest behind. */
  sinceCheckpoint(): {readonly records: number; readonly ms: number} {
    const all = this.members.map(({run}) => run.sinceCheckpoint());
    return {
      records: Math.max(...all.map(({records}) => records)),
      ms: Math.max(...all.map(({ms}) => ms)),
    };
  }

  /** Nobody counts by klass: each is expected to go on as it has been. */
  expect(records: number): void {
    for (const {run, taken} of this.members)
      run.expect(this.seen > 0 ? (records * taken) / this.seen : records);
  }

  report(log: Log): void {
    for (const member of this.members) member.report();
    if (this.withoutKlass > 0)
      log('WARN', `${this.withoutKlass} custom objects name no klass: only the stream kobjects has them`);
  }
}

/** The klass of a custom object: its type is `kobject.<klass>`, and `relationships.klass` has it too (docs/kustomer-api.md, Envelope). */
function klassOf({type, relationships}: Resource): string | undefined {
  const [, named] = /^kobject\.(.+)$/s.exec(type) ?? [];
  if (named !== undefined) return named;
  const klass = relationships?.['klass'];
  const data = isObject(klass) ? klass['data'] : undefined;
  const id = isObject(data) ? data['id'] : undefined;
  return typeof id === 'string' ? id : undefined;
}
