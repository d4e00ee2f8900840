import {type Intervals, intersect} from '../../cursor/intervals';
import type {FoundRecord} from '../../keyset/page';
import {notAmong, versionOf} from '../../keyset/seen';
import {archiveEnd, searchHorizon} from '../../kustomer/archive';
import type {Resource} from '../../kustomer/envelope';
import type {Search} from '../../kustomer/search';
import {type Interval, parseInstant} from '../../time';
import type {Children, ChildSource, Parent} from './children';
import type {Coverage} from './coverage';
import {type Part, type RecordDecoder, type Take, isRefusalOf} from './part';
import type {RowMaker, ShapedRow} from './rows';

/** Where records are that search has forgotten and no archive has: with their parents. */
export interface OldChildSource extends ChildSource {
  /** The attribute of the records that the stream's search goes by. */
  readonly time: 'updatedAt' | 'createdAt';
}

export interface OldChildrenOptions {
  readonly children: Children;
  readonly rows: RowMaker;
  readonly time: OldChildSource['time'];
  /** The records that are wanted, by their own time, whenever their parent has changed: epoch ms. */
  readonly range: Interval;
  readonly includeDeleted: boolean;
  /** Finds parents in the archive. */
  readonly archive: Search<Parent>;
  /** Finds parents that are still found by search, but may have records from before. */
  readonly live: Search<Parent>;
  readonly nowMs: () => number;
}

/** The read that they belong to. */
export interface OldChildrenRead {
  /** When it began: epoch ms. */
  readonly now: number;
  readonly coverage: Coverage;
  /** What search gave where both may have a record, by `versionOf`. */
  readonly known: ReadonlySet<string>;
  readonly read: (part: Part<Parent>, missing: Intervals, take: Take<Parent>) => Promise<void>;
}

/**
 * What stands in for the archive of a stream that has none: its parents, found by their own `updatedAt`, and asked for all that
 * hangs on them. Of that, the records are kept that search does not have.
 */
export class OldChildren {
  readonly archive: Part<Parent>;
  private readonly live: Part<Parent>;
  private known: ReadonlySet<string> = new Set();

  constructor(private readonly options: OldChildrenOptions) {
    const {children, rows, archive, live} = options;
    const decoder: RecordDecoder<Parent> = {
      rows,
      asksEach: true,
      decode: (resource) => children.parentOf(resource),
      toRows: (found) => this.toRows(found),
    };
    this.archive = {source: archive, decoder};
    this.live = {source: live, decoder};
  }

  /**
   * Asks all parents that are owed, each by the time of its own last change: first those of the week that search and archive may
   * both have, since they move to the archive; last those that have changed since, up to this moment.
   * @returns the refusal, where the key may not read these: then they stay owed
   */
  async read(reading: OldChildrenRead): Promise<Error | undefined> {
    const served = new Set<Part<Parent>>();
    this.known = reading.known;
    try {
      await this.readParents(reading, served);
      return undefined;
    } catch (error) {
      const isRefused =
        this.options.children.isRefusal(error) ||
        [this.live, this.archive].some((part) => !served.has(part) && isRefusalOf(part.source, error));
      if (isRefused) return error as Error;
      throw error;
    }
  }

  private async readParents(
    {now, coverage, read}: OldChildrenRead,
    served: Set<Part<Parent>>,
  ): Promise<void> {
    const {archive, live} = this;
    const owed = coverage.missingFromArchive;
    const end = archiveEnd(now);
    const asked = new Set<string>();
    const pickUnasked =
      (part: Part<Parent>): Take<Parent>['pick'] =>
      (found) => {
        served.add(part);
        return notAmong(asked, found);
      };
    await read(live, intersect(owed, [[searchHorizon(now), end]]), {
      pick(found) {
        served.add(live);
        for (const parent of found) asked.add(versionOf(parent));
        return found;
      },
      done: () => undefined,
    });
    await read(archive, intersect(owed, [[-Infinity, end]]), {
      pick: pickUnasked(archive),
      done: (interval) => coverage.onArchived(interval, archive.source.isWithoutDeleted),
    });
    const [since] = intersect(owed, [[end + 1, Infinity]]);
    if (!since) return;
    const untilNow: Interval = [since[0], Math.max(since[1], this.options.nowMs())];
    // A part may show what stands up to a second before it (keyset/windows.ts).
    await read(live, [untilNow], {
      pick: pickUnasked(live),
      done: (interval) => coverage.onArchived(interval, false),
    });
  }

  private async toRows(found: readonly FoundRecord<Parent>[]): Promise<readonly ShapedRow[]> {
    const {children, rows} = this.options;
    const all = await children.read(found.map((parent) => parent.take()));
    return all.filter(({resource}) => this.isWanted(resource)).map(({resource}) => rows.shape(resource));
  }

  /** A record without a usable time cannot be left out by it. */
  private isWanted({id, attributes}: Resource): boolean {
    const {time, range, includeDeleted} = this.options;
    const at = parseInstant(attributes?.[time]);
    if (!includeDeleted && attributes?.['deleted'] === true) return false;
    if (at === undefined) return true;
    return at >= range[0] && at <= range[1] && !this.known.has(versionOf({id, updatedAt: at}));
  }
}
