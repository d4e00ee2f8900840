import type {FoundRecord} from '../../keyset/page';
import {searchHorizon} from '../../kustomer/archive';
import type {Resource} from '../../kustomer/envelope';
import {RefusedError} from '../../http/errors';
import {type SearchTimes, searchTimes} from '../../kustomer/search-times';
import {Kobjects} from '../objects/kobjects';
import type {ShapedRow} from '../read/rows';
import type {StreamDeps} from '../stream';
import type {KlassMember} from './member';
import {klassOf} from './klass-of';

/** Kept of an object that is not of the klass, or names none. */
const FOREIGN = Symbol('foreign');

/** The objects of one klass, by a search context of their own (docs/kustomer-api.md, Search). */
export class KlassSearch extends Kobjects {
  override readonly name: string;
  override readonly context: string;

  constructor(
    private readonly member: KlassMember,
    deps: StreamDeps,
  ) {
    super(deps);
    this.name = member.name;
    this.context = `kobject_${member.klass}`;
  }

  /** Live search may take either name; the archive takes the klass's own. */
  protected override get times(): readonly [SearchTimes, ...SearchTimes[]] {
    return [searchTimes('kobject'), searchTimes(this.context)];
  }

  /**
   * Finds out whether the klass can be read alone: all that the read will ask must be granted, and something must show an object
   * of the klass, since a context that Kustomer does not know may be answered with nothing. One to three requests.
   * @returns what it is read along; undefined where it cannot, which is logged
   */
  async tryOut(): Promise<SearchTimes | undefined> {
    const {log} = this.member.run;
    try {
      const {times, records} = await this.tryTimes();
      const archived = this.needsArchive ? await this.firstRecords({archive: true}) : [];
      if (archived instanceof RefusedError) throw archived;
      if ([...records, ...archived].some((one) => this.isOwn(one.take()))) {
        log('INFO', `${this.name}: its klass is searched alone, by ${times.moved.attribute}`);
        return times;
      }
      log(
        'INFO',
        `${this.name}: the context ${this.context} shows none of its objects, so all klasses are read`,
      );
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error);
      log('INFO', `${this.name}: its klass cannot be searched alone (${why}), so all klasses are read`);
    }
    return undefined;
  }

  /** @param now when the read began: epoch ms @param times what `tryOut` gave */
  async readAlone(now: number, times: SearchTimes): Promise<void> {
    const {member} = this;
    await this.readWith<ShapedRow | typeof FOREIGN>(
      {run: member.run, plan: member.plan, now, times},
      {
        rows: {note: (rows) => rows.forEach((row) => member.note(row)), report: () => member.report()},
        decode: (resource) => (this.isOwn(resource) ? member.shape(resource) : FOREIGN),
        async toRows(found) {
          const kept = found.map((record) => record.take());
          return kept.filter((row) => row !== FOREIGN);
        },
      },
    );
  }

  /** @throws the first refusal where all are refused */
  private async tryTimes(): Promise<{times: SearchTimes; records: readonly FoundRecord<Resource>[]}> {
    let refusal: RefusedError | undefined;
    for (const times of this.times) {
      const records = await this.firstRecords({times});
      if (!(records instanceof RefusedError)) return {times, records};
      refusal ??= records;
    }
    throw refusal ?? new Error('there is nothing to search by');
  }

  private get needsArchive(): boolean {
    const {range, state} = this.member.plan;
    const owed = state?.pendingArchive?.length ?? 0;
    return this.deps.includeArchived && (owed > 0 || range[0] < searchHorizon(this.deps.clock.now()));
  }

  private isOwn(resource: Resource): boolean {
    return klassOf(resource) === this.member.klass;
  }
}
