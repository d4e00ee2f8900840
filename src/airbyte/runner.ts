import {
  type AirbyteConfig,
  AirbyteConnectionStatus,
  AirbyteConnectionStatusMessage,
  type AirbyteConfiguredCatalog,
  type AirbyteSpec,
  type AirbyteState,
} from 'faros-airbyte-cdk/lib/protocol';
import type {AirbyteSource} from 'faros-airbyte-cdk/lib/sources/source';
import type {Clock} from '../clock';
import {type CommandLine, USAGE, helpOf, readCommandLine} from './command-line';
import {configuredCatalogOf} from './configured-catalog';
import {InputError} from './input-error';
import {readJsonFile} from './json-file';
import {type Explanation, type Message, errorMessage} from './messages';
import type {Outlet} from './outlet';

/** Streams failed, and each was reported already: only the exit code is left to set. */
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
  /** Prints a text for whoever asked for it on the command line: help and version. */
  readonly print: (text: string) => void;
  /** Prints a text for whoever mistyped the command line. */
  readonly complain: (text: string) => void;
}

/** Shown instead of a secret. */
const REDACTED = 'REDACTED';

/**
 * Runs the commands of a source of the CDK. The CDK's own runner is not used: it adds settings, messages and commands of its makers,
 * handles uncaught errors by writing to the stdout that failed, and exits with 0 where a read has failed
 * (docs/airbyte-protocol.md, faros-airbyte-cdk).
 */
export class SourceRunner {
  constructor(
    private readonly source: AirbyteSource<AirbyteConfig>,
    private readonly deps: RunnerDeps,
  ) {}

  /**
   * Runs one command. Never throws: what goes wrong is a message.
   * @param args the command line without the program's own name
   * @returns what the process should exit with
   */
  async run(args: readonly string[]): Promise<number> {
    try {
      await this.execute(this.readArguments(args));
      return 0;
    } catch (error) {
      if (!(error instanceof SyncFailedError)) {
        await this.deps.outlet.message(errorMessage(this.deps.explain(error), this.deps.clock.now()));
      }
      return 1;
    }
  }

  private readArguments(args: readonly string[]): CommandLine {
    try {
      return readCommandLine(args);
    } catch (error) {
      if (error instanceof InputError) this.deps.complain(`${error.message}\n${USAGE}`);
      throw error;
    }
  }

  private async execute(line: CommandLine): Promise<void> {
    switch (line.command) {
      case 'help':
        return this.deps.print(helpOf(line.of));
      case 'version':
        return this.deps.print(`${this.deps.version}\n`);
      case 'spec':
        return this.write(await this.source.spec());
      case 'check':
        return this.write(await this.check(line.config));
      case 'discover':
        return this.discover(line);
      case 'read':
        return this.read(line);
    }
  }

  /** A configuration that cannot even be read is what a check is there to find: the command has done its job. */
  private async check(file: string): Promise<AirbyteConnectionStatusMessage> {
    let config: AirbyteConfig;
    try {
      config = this.readConfig(file);
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      return new AirbyteConnectionStatusMessage({
        status: AirbyteConnectionStatus.FAILED,
        message: error.message,
      });
    }
    return this.source.check(config);
  }

  private async discover({config, configured}: Extract<CommandLine, {command: 'discover'}>): Promise<void> {
    const catalog = await this.source.discover(this.readConfig(config));
    if (configured === undefined) return this.write(catalog);
    this.deps.print(`${JSON.stringify(configuredCatalogOf(catalog.catalog, configured), null, 2)}\n`);
  }

  private async read(line: Extract<CommandLine, {command: 'read'}>): Promise<void> {
    const config = this.readConfig(line.config);
    const catalog = readJsonFile(line.catalog, 'configured catalog') as AirbyteConfiguredCatalog;
    const state = line.state === undefined ? {} : (readJsonFile(line.state, 'state') as AirbyteState);
    const redacted = withoutSecrets(config, await this.source.spec());
    for await (const message of this.source.read(config, redacted, catalog, state)) await this.write(message);
  }

  /** From here on the outlet hides the token, whatever else is wrong with the configuration. */
  private readConfig(file: string): AirbyteConfig {
    const config = readJsonFile(file, 'configuration');
    if (typeof config !== 'object' || config === null || Array.isArray(config)) {
      throw new InputError(`The configuration file ${file} must hold a JSON object.`);
    }
    const {api_token: token} = config as {api_token?: unknown};
    if (typeof token === 'string') [token, token.trim()].forEach((secret) => this.deps.outlet.hide(secret));
    return config as AirbyteConfig;
  }

  private write(message: object): Promise<void> {
    return this.deps.outlet.message(message as Message);
  }
}

/** The config with each value that the spec calls a secret masked. */
function withoutSecrets(config: AirbyteConfig, {spec}: AirbyteSpec): AirbyteConfig {
  const properties = spec.connectionSpecification['properties'] as Readonly<
    Record<string, {readonly airbyte_secret?: boolean}>
  >;
  return Object.fromEntries(
    Object.entries(config).map(([key, value]: [string, unknown]) => [
      key,
      properties[key]?.airbyte_secret === true ? REDACTED : value,
    ]),
  );
}
