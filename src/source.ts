import {
  type AirbyteCatalogMessage,
  type AirbyteConfig,
  type AirbyteConfiguredCatalog,
  AirbyteConnectionStatus,
  AirbyteConnectionStatusMessage,
  AirbyteLog,
  AirbyteLogLevel,
  type AirbyteMessage,
  AirbyteSpec,
  type AirbyteState,
} from 'faros-airbyte-cdk/lib/protocol';
import {AirbyteSource} from 'faros-airbyte-cdk/lib/sources/source';
import spec from '../resources/spec.json';
import type {Outlet} from './airbyte/outlet';
import {SyncFailedError} from './airbyte/runner';
import type {CheckResult} from './commands/check';
import type {Connection, Runtime} from './connection';
import {explain} from './error-messages';

/** How long one request is tried without success where somebody waits for the command: ms. */
const CHECK_BUDGET_MS = 20_000;
const DISCOVER_BUDGET_MS = 10_000;
/** Requests of one check or discover that need not be spread over a minute: a discover of some 90 klasses. */
const UNPACED = 100;
/** What may be shown of a config: another key might be a secret that no spec marks. */
const KEYS = Object.keys(spec.connectionSpecification.properties);

/** The source: what each of the four commands does. What a command does not use is not loaded, so that `spec` takes no longer than it must. */
export class KustomerSource extends AirbyteSource<AirbyteConfig> {
  readonly type = 'kustomer';

  constructor(
    private readonly runtime: Runtime,
    private readonly outlet: Outlet,
  ) {
    super();
  }

  override async spec(): Promise<AirbyteSpec> {
    return new AirbyteSpec(spec);
  }

  /** Never throws: whatever is wrong with the configuration or the connection is the result. */
  override async check(json: AirbyteConfig): Promise<AirbyteConnectionStatusMessage> {
    let result: CheckResult;
    try {
      const {tryConnection} = await import('./commands/check');
      result = await tryConnection(await this.connect(json, CHECK_BUDGET_MS));
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
    const {discoverCatalog} = await import('./commands/discover');
    return discoverCatalog(await this.connect(json, DISCOVER_BUDGET_MS), explain, this.runtime.log);
  }

  /**
   * Reads the configured streams. Their messages go to the outlet, which writes whole pages and knows when there is space for more;
   * only the closing line is left for the CDK's generator.
   * @throws InputError before anything is read; SyncFailedError when streams failed, after the others
   */
  override async *read(
    json: AirbyteConfig,
    redacted: AirbyteConfig,
    catalog: AirbyteConfiguredCatalog,
    state: AirbyteState,
  ): AsyncGenerator<AirbyteMessage> {
    const {runtime, outlet} = this;
    const [{readConfig}, {readStreams}] = await Promise.all([import('./config'), import('./commands/read')]);
    const shown = JSON.stringify(redacted, KEYS);
    const {summary, failed} = await readStreams({
      config: readConfig(json),
      shown,
      catalog,
      state,
      runtime,
      outlet,
    });
    yield AirbyteLog.make(AirbyteLogLevel.INFO, summary);
    if (failed.length > 0) throw new SyncFailedError(failed);
  }

  private async connect(json: AirbyteConfig, budgetMs: number): Promise<Connection> {
    const [{readConfig}, {connect}] = await Promise.all([import('./config'), import('./connection')]);
    return connect({config: readConfig(json), runtime: this.runtime, budgetMs, unpaced: UNPACED});
  }
}
