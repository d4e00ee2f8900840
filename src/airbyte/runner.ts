import {Command} from 'commander';
import {
  type AirbyteConfig,
  AirbyteConnectionStatus,
  type AirbyteConfiguredCatalog,
  AirbyteConnectionStatusMessage,
  type AirbyteSource,
  AirbyteSourceLogger,
  AirbyteSourceRunner,
  type AirbyteState,
  redactConfig,
} from 'faros-airbyte-cdk';
import type {Clock} from '../clock';
import {InputError} from './input-error';
import {readJsonFile} from './json-file';
import {type Explanation, type Message, errorMessage} from './messages';
import type {Outlet} from './outlet';

/** Streams failed, and each was told of already: nothing is left to say but the exit code. */
export class SyncFailedError extends Error {
  constructor(readonly streams: readonly string[]) {
    super(`these streams failed: ${streams.join(', ')}`);
  }
}

export interface RunnerDeps {
  readonly outlet: Outlet;
  readonly clock: Clock;
  readonly explain: (error: unknown) => Explanation;
  readonly version: string;
}

interface Options {
  readonly config: string;
  readonly catalog: string;
  readonly state?: string;
}

/**
 * The four commands of a source. The CDK's own runner adds settings, messages and commands of its makers, and ends with 0
 * where a read has failed (docs/airbyte-protocol.md, faros-airbyte-cdk), so that each command is said anew here.
 */
export class SourceRunner extends AirbyteSourceRunner<AirbyteConfig> {
  /** What the process should exit with once the command is through. */
  exitCode = 0;

  constructor(
    source: AirbyteSource<AirbyteConfig>,
    private readonly deps: RunnerDeps,
  ) {
    super(new AirbyteSourceLogger(), source);
  }

  override mainCommand(): Command {
    return new Command('source-kustomer')
      .version(this.deps.version)
      .addCommand(this.specCommand())
      .addCommand(this.checkCommand())
      .addCommand(this.discoverCommand())
      .addCommand(this.readCommand());
  }

  override specCommand(): Command {
    return new Command('spec')
      .description('print what can be configured')
      .action(() => this.run(async () => this.write(await this.source.spec())));
  }

  override checkCommand(): Command {
    return this.command('check', 'try the configuration').action((options: Options) =>
      this.run(async () => this.write(await this.check(options.config))),
    );
  }

  override discoverCommand(): Command {
    return this.command('discover', 'print the streams and their schemas').action((options: Options) =>
      this.run(async () => this.write(await this.source.discover(readConfig(options.config)))),
    );
  }

  override readCommand(): Command {
    return this.command('read', 'read the streams of a configured catalog')
      .requiredOption('--catalog <file>', 'configured catalog, JSON')
      .option('--state <file>', 'state of an earlier read, JSON')
      .action((options: Options) => this.run(() => this.read(options)));
  }

  private command(name: string, description: string): Command {
    return new Command(name)
      .description(description)
      .requiredOption('--config <file>', 'configuration, JSON');
  }

  /** A configuration that cannot even be read is what a check is there to find: the command has done its job. */
  private async check(file: string): Promise<AirbyteConnectionStatusMessage> {
    let config: AirbyteConfig;
    try {
      config = readConfig(file);
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      return new AirbyteConnectionStatusMessage({
        status: AirbyteConnectionStatus.FAILED,
        message: error.message,
      });
    }
    return this.source.check(config);
  }

  private async read(options: Options): Promise<void> {
    const config = readConfig(options.config);
    const catalog = readJsonFile(options.catalog, 'configured catalog') as AirbyteConfiguredCatalog;
    const state = options.state === undefined ? {} : (readJsonFile(options.state, 'state') as AirbyteState);
    const redacted = redactConfig(config, await this.source.spec());
    for await (const message of this.source.read(config, redacted, catalog, state)) await this.write(message);
  }

  private async run(command: () => Promise<void>): Promise<void> {
    try {
      await command();
    } catch (error) {
      this.exitCode = 1;
      if (error instanceof SyncFailedError) return;
      await this.deps.outlet.message(errorMessage(this.deps.explain(error), this.deps.clock.now()));
    }
  }

  private write(message: object): Promise<void> {
    return this.deps.outlet.message(message as Message);
  }
}

function readConfig(file: string): AirbyteConfig {
  const config = readJsonFile(file, 'configuration');
  if (typeof config !== 'object' || config === null || Array.isArray(config)) {
    throw new InputError(`The configuration file ${file} must hold a JSON object.`);
  }
  return config as AirbyteConfig;
}
