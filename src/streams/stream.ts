import type {SyncStream, StreamRun} from '../airbyte/stream';
import type {Clock} from '../clock';
import {CountingClient} from '../http/counting-client';
import type {Resource} from '../kustomer/envelope';
import type {Endpoint} from '../http/errors';
import type {WorkerSlots} from '../keyset/worker-slots';
import type {Counts, Requester} from '../http/call';
import type {Lists} from '../kustomer/list';
import type {PageSizes} from '../kustomer/page-size';
import type {AnyRole} from '../kustomer/roles';
import type {StreamSchema} from '../records/shape';
import type {StreamDocumentation, StreamSource} from './documentation';

/** What all streams of one read are given: the doors to the outside, and what of the config matters to them. */
export interface StreamDeps {
  readonly client: Requester;
  readonly clock: Clock;
  readonly workers: WorkerSlots;
  /** Epoch ms. */
  readonly startMs: number;
  /** Epoch ms; undefined for no end. */
  readonly endMs: number | undefined;
  /** ms. */
  readonly lookbackMs: number;
  readonly includeDeleted: boolean;
  readonly includeArchived: boolean;
  /** Records asked for in one request, by kind of endpoint. */
  readonly pageSizes: PageSizes;
  readonly lists: Lists;
}

/**
 * One table. A subclass says how a kind of stream is read; a class in objects/ is all there is to know of its object: name, source,
 * schema, roles, cursor, and what is documented and assumed. `npm run docs` makes the tables of README.md and docs/ of that.
 */
export abstract class KustomerStream implements SyncStream {
  /** The table's name, written out: renaming a class must not rename a table. */
  abstract readonly name: string;
  abstract readonly schema: StreamSchema;
  readonly primaryKey: readonly string[] = ['id'];
  /** Undefined where Kustomer documents no time of change: such a stream is read whole each time. */
  readonly cursorField: string | undefined = 'updated_at';
  /** Not every account has it, or grants it: whatever its endpoint answers, a check passes, and it is not selected by default. */
  readonly isOptional: boolean = false;
  /** What a key needs: one role of each list. */
  abstract readonly roles: readonly AnyRole[];
  abstract readonly source: StreamSource;
  abstract readonly documentation: StreamDocumentation;

  readonly counts: Counts;
  protected readonly deps: StreamDeps;

  constructor(deps: StreamDeps) {
    const client = new CountingClient(deps.client);
    this.counts = client.counts;
    this.deps = {...deps, client};
  }

  /** True if no role is needed; a successful sample then proves nothing. */
  get needsNoRole(): boolean {
    return this.roles.length === 0;
  }

  abstract read(run: StreamRun): Promise<void>;

  /**
   * Some of its records, as they come: to learn whether the token may read this stream at all, and what they look like.
   * @param count how many are wanted; there may be fewer, or more where they hang together; one costs one or two requests
   * @throws what the request throws
   */
  abstract sample(count: number): Promise<readonly Resource[]>;

  /**
   * Asks its archive for one record, where a read would ask it: one request, two where the first fails.
   * @returns undefined where there is none to be asked
   * @throws what the request throws
   */
  sampleArchive(): Promise<unknown> | undefined {
    return undefined;
  }

  /** The endpoint whose role this stream needs. */
  abstract readonly endpoint: Endpoint;
}
