import {
  type AirbyteCatalogMessage,
  type AirbyteConfig,
  type AirbyteConfiguredCatalog,
  AirbyteConnectionStatus,
  AirbyteConnectionStatusMessage,
  AirbyteLog,
  AirbyteLogLevel,
  type AirbyteMessage,
  AirbyteSource,
  AirbyteSpec,
  type AirbyteState,
} from 'faros-airbyte-cdk';
import spec from '../resources/spec.json';
import {readConfiguredCatalog} from './airbyte/configured-catalog';
import {InputError} from './airbyte/input-error';
import type {Outlet} from './airbyte/outlet';
import {describeCosts} from './airbyte/stream-run';
import {SyncFailedError} from './airbyte/runner';
import {readIncomingState} from './airbyte/incoming-state';
import type {SyncStream} from './airbyte/stream';
import {Sync} from './airbyte/sync';
import {type CheckResult, tryConnection} from './commands/check';
import {readConfig} from './config';
import {type Connection, type Runtime, connect} from './connection';
import {discoverCatalog} from './commands/discover';
import {explain} from './error-messages';
import {KLASS_PREFIX} from './streams/per-klass/names';

/** How long one request is tried without success: in a read, long enough for a restart of Kustomer or a gateway, and where somebody waits for an answer: ms. */
const READ_BUDGET_MS = 10 * 60_000;
const CHECK_BUDGET_MS = 20_000;
const DISCOVER_BUDGET_MS = 10_000;
/** Requests of one check or discover that need not be spread over a minute: a discover of some 90 klasses. */
const UNPACED = 100;
/** What may be shown of a config: another key might be a secret that no spec marks. */
const KEYS = Object.keys(spec.connectionSpecification.properties);

/** The source: what each of the four commands does. */
export class KustomerSource extends AirbyteSource<AirbyteConfig> {
  readonly type = 'kustomer';

  constructor(
    private readonly around: Runtime,
    private readonly outlet: Outlet,
  ) {
    super();
  }

  override async spec(): Promise<AirbyteSpec> {
    return new AirbyteSpec(spec);
  }

  /** Never throws: whatever is wrong with the configuration or the connection is the answer. */
  override async check(json: AirbyteConfig): Promise<AirbyteConnectionStatusMessage> {
    let result: CheckResult;
    try {
      result = await tryConnection(
        this.connect(json, CHECK_BUDGET_MS, () => undefined, UNPACED),
        explain,
      );
    } catch (error) {
      result = {succeeded: false, message: explain(error).message};
    }
    const status = result.succeeded ? AirbyteConnectionStatus.SUCCEEDED : AirbyteConnectionStatus.FAILED;
    return new AirbyteConnectionStatusMessage({
      status,
      ...(result.message !== undefined && {message: result.message}),
    });
  }

  /** Works without the network too, if not as well. @throws InputError */
  override async discover(json: AirbyteConfig): Promise<AirbyteCatalogMessage> {
    const connection = this.connect(json, DISCOVER_BUDGET_MS, () => undefined, UNPACED);
    return discoverCatalog(connection, explain, this.around.log);
  }

  /**
   * Reads the configured streams. Their messages go through the outlet, which writes whole pages and knows when there is room
   * for more; only the closing line is left for the CDK's generator.
   * @throws InputError before anything is read; SyncFailedError when streams failed, after the others
   */
  override async *read(
    json: AirbyteConfig,
    redacted: AirbyteConfig,
    catalog: AirbyteConfiguredCatalog,
    state: AirbyteState,
  ): AsyncGenerator<AirbyteMessage> {
    const {clock, version, log} = this.around;
    const configured = readConfiguredCatalog(catalog);
    const states = readIncomingState(state);
    const sync = new Sync({outlet: this.outlet, clock, explain, quota: () => connection.quota.left});
    const connection: Connection = this.connect(json, READ_BUDGET_MS, (until) => {
      log(
        'INFO',
        `the organisation's request quota is spent; waiting until ${new Date(until).toISOString()}`,
      );
      sync.rateLimited(until);
    });
    log('INFO', `source-kustomer ${version} with ${JSON.stringify(redacted, KEYS)}`);
    const ofKlasses = configured.map(({name}) => name).filter((name) => name.startsWith(KLASS_PREFIX));
    const streams = new Map<string, SyncStream>(
      [...connection.streams, ...connection.klassStreams(ofKlasses)].map((stream) => [stream.name, stream]),
    );
    const failed = await sync.run(
      configured.map(({name, mode, schema}) => ({
        stream: streams.get(name) ?? unknownStream(name, streams),
        mode,
        state: states.get(name),
        schema,
      })),
    );
    yield AirbyteLog.make(
      AirbyteLogLevel.INFO,
      summary(connection, sync.written, this.outlet.warnings, failed),
    );
    if (failed.length > 0) throw new SyncFailedError(failed);
  }

  private connect(
    json: AirbyteConfig,
    budget: number,
    onWait: (until: number) => void = () => undefined,
    unpaced = 0,
  ): Connection {
    return connect(readConfig(json), this.around, budget, onWait, unpaced);
  }
}

function unknownStream(name: string, known: ReadonlyMap<string, unknown>): SyncStream {
  const message = `There is no stream "${name}" in Kustomer; known are ${[...known.keys()].join(', ')}. Refresh the source's schema.`;
  const counts = {requests: 0, retries: 0, refusals: 0};
  return {name, counts, read: () => Promise.reject(new InputError(message))};
}

function summary(
  {client, quota}: Connection,
  written: number,
  warnings: number,
  failed: readonly string[],
): string {
  const {waits} = quota;
  const outcome = failed.length === 0 ? 'all streams are complete' : `failed: ${failed.join(', ')}`;
  return `${written} records in ${describeCosts({...client.counts, waits, warnings})}; ${outcome}`;
}
