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
