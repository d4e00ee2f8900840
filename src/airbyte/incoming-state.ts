import {isObject} from '../json';
import {InputError} from './input-error';

/**
 * Reads the state that a `read` is handed, in all forms that are about (docs/airbyte-protocol.md, State): the platform's list of
 * STREAM states, a GLOBAL one, an empty list or object, legacy blobs keyed by stream, and the archived Singer connector's
 * `{"bookmarks": {"conversations": "2023-01-01T00:00:00Z"}}`.
 * @returns stream name -> its state as it stands there; a bookmark becomes `{"updated_at": …}`
 * @throws InputError for anything else
 */
export function readIncomingState(json: unknown): ReadonlyMap<string, unknown> {
  const states = new Map<string, unknown>();
  for (const entry of Array.isArray(json) ? json : [json]) {
    for (const [stream, state] of readEntry(entry)) states.set(stream, state);
  }
  return states;
}

function readEntry(entry: unknown): [string, unknown][] {
  if (entry === null || entry === undefined) return [];
  if (!isObject(entry)) throw unreadable(entry);
  if (entry['type'] === 'STREAM') return [readStream(entry['stream'])];
  if (entry['type'] === 'GLOBAL') {
    const states = isObject(entry['global']) ? entry['global']['stream_states'] : undefined;
    if (!Array.isArray(states)) throw unreadable(entry);
    return states.map(readStream);
  }
  if (entry['type'] === 'LEGACY') return readLegacy(entry['data']);
  // Such as a whole STATE message: as a legacy blob it would name no stream, and all would be read anew in silence.
  if (typeof entry['type'] === 'string') throw unreadable(entry);
  return readLegacy(entry);
}

function readStream(stream: unknown): [string, unknown] {
  const descriptor = isObject(stream) ? stream['stream_descriptor'] : undefined;
  const name = isObject(descriptor) ? descriptor['name'] : undefined;
  if (!isObject(stream) || typeof name !== 'string') throw unreadable(stream);
  return [name, stream['stream_state']];
}

function readLegacy(blob: unknown): [string, unknown][] {
  if (blob === null || blob === undefined) return [];
  if (!isObject(blob)) throw unreadable(blob);
  const {bookmarks} = blob;
  if (bookmarks === undefined) return Object.entries(blob);
  if (!isObject(bookmarks)) throw unreadable(blob);
  return Object.entries(bookmarks).map(([stream, mark]) => [
    stream,
    typeof mark === 'string' ? {updated_at: mark} : mark,
  ]);
}

function unreadable(what: unknown): InputError {
  return new InputError(
    'The state given to this read is of no form this connector knows: pass the state of its last sync, or none to start anew.',
    `unreadable state: ${JSON.stringify(what)?.slice(0, 300)}`,
  );
}
