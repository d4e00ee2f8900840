import {
  type AirbyteCatalog,
  type AirbyteConfiguredCatalog,
  DestinationSyncMode,
  SyncMode as CdkSyncMode,
} from 'faros-airbyte-cdk/lib/protocol';
import {isObject} from '../json';
import {InputError} from './input-error';
import type {SyncMode} from './messages';

/** One stream of the configured catalog, as far as a read needs it. */
export interface ConfiguredStream {
  readonly name: string;
  readonly mode: SyncMode;
  /** Its `json_schema`, whatever that is: the platform may have left columns out of it, or kept it from an earlier version. */
  readonly schema: unknown;
}

/**
 * Reads the configured catalog of a `read`: `{"streams": [{"stream": {"name": …}, "sync_mode": …}]}`.
 * @throws InputError
 */
export function readConfiguredCatalog(json: unknown): readonly ConfiguredStream[] {
  const entries = isObject(json) ? json['streams'] : undefined;
  if (!Array.isArray(entries)) {
    throw new InputError('The configured catalog must be a JSON object with a list "streams".');
  }
  const streams = entries.map(readStream);
  const repeated = streams.find(({name}, at) => streams.findIndex((other) => other.name === name) !== at);
  if (repeated) throw new InputError(`The configured catalog names the stream "${repeated.name}" twice.`);
  return streams;
}

function readStream(entry: unknown, at: number): ConfiguredStream {
  const stream = isObject(entry) ? entry['stream'] : undefined;
  const name = isObject(stream) ? stream['name'] : undefined;
  const mode = isObject(entry) ? entry['sync_mode'] : undefined;
  if (typeof name !== 'string' || name === '') {
    throw new InputError(
      `Stream number ${at + 1} of the configured catalog has no name ("stream": {"name": …}).`,
    );
  }
  if (mode !== 'full_refresh' && mode !== 'incremental') {
    throw new InputError(
      `The stream "${name}" of the configured catalog must have "sync_mode" full_refresh or incremental.`,
    );
  }
  return {name, mode, schema: isObject(stream) ? stream['json_schema'] : undefined};
}

/** Instead of names: all streams. */
const ALL = 'all';

/**
 * The configured catalog that reads these streams, incrementally where that is possible.
 * @param names of streams, or `all` alone
 * @throws InputError for a stream that the catalog does not have
 */
export function configuredCatalogOf(
  {streams}: AirbyteCatalog,
  names: readonly string[],
): AirbyteConfiguredCatalog {
  const unknown = names.filter((name) => name !== ALL && !streams.some((stream) => stream.name === name));
  if (unknown.length > 0) {
    const known = streams.map(({name}) => name).join(', ');
    throw new InputError(`There is no stream "${unknown.join('", "')}" in Kustomer; known are ${known}.`);
  }
  const chosen = streams.filter(({name}) => names.includes(ALL) || names.includes(name));
  return {
    streams: chosen.map((stream) => {
      const isIncremental = stream.supported_sync_modes?.includes(CdkSyncMode.INCREMENTAL) === true;
      return {
        stream,
        sync_mode: isIncremental ? CdkSyncMode.INCREMENTAL : CdkSyncMode.FULL_REFRESH,
        destination_sync_mode: isIncremental
          ? DestinationSyncMode.APPEND_DEDUP
          : DestinationSyncMode.OVERWRITE,
        ...(stream.default_cursor_field && {cursor_field: stream.default_cursor_field}),
        ...(stream.source_defined_primary_key && {primary_key: stream.source_defined_primary_key}),
      };
    }),
  };
}
