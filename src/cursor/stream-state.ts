import {isObject} from '../json';
import {type Interval, formatInstant, parseInstant} from '../time';
import {type Intervals, add, intersect} from './intervals';

/** Airbyte's own CDK marks a finished full refresh with this key; false while one is under way. */
const FULL_REFRESH_COMPLETE = '__ab_full_refresh_sync_complete';

/** When the list of deleted records was last read to its end, where a stream has one besides that of live ones. */
export interface DeletedListState {
  /** All deleted before this instant is done, less what a lookback asks for again: epoch ms. */
  readonly cursor: number;
  /** A digest of the ids of the live list then. */
  readonly liveIds: string;
}

/** What a stream's state says, read from JSON and written to it. */
export interface StreamState {
  /** All before this instant is done, less what a lookback asks for again: epoch ms. */
  readonly cursor: number;
  /** What is done above it. */
  readonly done: Intervals;
  /** What of it the archive still owes, since it was refused: asked for again by each read. */
  readonly pendingArchive?: Intervals;
  /** What of it was read without its deleted records, since these were refused: asked for again by each read. */
  readonly pendingDeleted?: Intervals;
  /** By what it was searched, where that is not `updatedAt`: what its instants are instants of. */
  readonly sortedBy?: string;
  /** What is done of conversations that are asked one by one, where the stream is read in both ways and that is still to do. */
  readonly byConversation?: StreamState;
  readonly deletedList?: DeletedListState | undefined;
  /** Only in a full refresh: whether it is complete. */
  readonly fullRefresh?: boolean | undefined;
}

/** A state that cannot be read: the message says what is wrong with it. */
export class InvalidStateError extends Error {
  constructor(problem: string) {
    super(problem);
    this.name = 'InvalidStateError';
  }
}

/**
 * Reads `{"updated_at": "2024-01-01T00:00:00.000Z", "done": [["from", "to"], …]}`.
 * @returns undefined for a state that says nothing: none, null or `{}`
 * @throws InvalidStateError
 */
export function parseStreamState(json: unknown): StreamState | undefined {
  if (json === undefined || json === null) return undefined;
  if (typeof json !== 'object' || Array.isArray(json)) {
    throw new InvalidStateError(`it is no object but ${JSON.stringify(json)}`);
  }
  const {
    updated_at: cursorText,
    done = [],
    unarchived = [],
    without_deleted: withoutDeleted = [],
    sorted_by: sortedBy,
    by_conversation: byConversationJson,
    deleted_list: deletedListJson,
    [FULL_REFRESH_COMPLETE]: fullRefresh,
  } = json as Record<string, unknown>;
  if (Object.keys(json).length === 0) return undefined;
  const cursor = parseInstant(cursorText);
  if (cursor === undefined) {
    throw new InvalidStateError(`"updated_at" is no date-time: ${JSON.stringify(cursorText) ?? 'missing'}`);
  }
  const pendingArchive = parseWindows('unarchived', unarchived);
  const pendingDeleted = parseWindows('without_deleted', withoutDeleted);
  const byConversation = parseStreamState(byConversationJson);
  return {
    cursor,
    done: parseWindows('done', done),
    ...(pendingArchive.length > 0 && {pendingArchive}),
    ...(pendingDeleted.length > 0 && {pendingDeleted}),
    ...(typeof sortedBy === 'string' && {sortedBy}),
    ...(byConversation && {byConversation}),
    ...(deletedListJson !== undefined && {deletedList: parseDeletedList(deletedListJson)}),
    ...(typeof fullRefresh === 'boolean' && {fullRefresh}),
  };
}

/** The inverse of {@link parseStreamState}: as short as it can be. */
export function formatStreamState(state: StreamState): Record<string, unknown> {
  const {cursor, done, pendingArchive = [], pendingDeleted = []} = state;
  const {sortedBy, byConversation, deletedList, fullRefresh} = state;
  return {
    updated_at: formatInstant(cursor),
    ...(done.length > 0 && {done: formatWindows(done)}),
    ...(pendingArchive.length > 0 && {unarchived: formatWindows(pendingArchive)}),
    ...(pendingDeleted.length > 0 && {without_deleted: formatWindows(pendingDeleted)}),
    ...(sortedBy !== undefined && {sorted_by: sortedBy}),
    ...(byConversation && {by_conversation: formatStreamState(byConversation)}),
    ...(deletedList && {
      deleted_list: {updated_at: formatInstant(deletedList.cursor), live_ids: deletedList.liveIds},
    }),
    ...(fullRefresh !== undefined && {[FULL_REFRESH_COMPLETE]: fullRefresh}),
  };
}

/**
 * The state that names what is done of `[from, to]` while it is being read: the contiguous prefix as the cursor, and the
 * windows above it. What lies above `stableUntil` is left out, since the index may not yet show it whole.
 * @param reached a cursor that an earlier state has promised: never undercut
 */
export function stateWithin(
  [from]: Interval,
  done: Intervals,
  stableUntil: number,
  reached: number,
): StreamState {
  const safe = intersect(done, [[from, stableUntil]]);
  const prefix = safe[0]?.[0] === from ? safe[0][1] : undefined;
  const cursor = Math.max(prefix ?? from, reached);
  return {cursor, done: intersect(safe, [[cursor + 1, stableUntil]])};
}

function parseWindows(key: string, list: unknown): Intervals {
  if (!Array.isArray(list)) throw new InvalidStateError(`"${key}" is no list of windows`);
  const windows = list.map((window: unknown): Interval => {
    const [from, to] = Array.isArray(window) && window.length === 2 ? window.map(parseInstant) : [];
    if (from === undefined || to === undefined || from > to) {
      throw new InvalidStateError(`"${key}" holds what is no window: ${JSON.stringify(window)}`);
    }
    return [from, to];
  });
  return windows.reduce<Intervals>(add, []);
}

function parseDeletedList(json: unknown): DeletedListState {
  const {updated_at: cursorText, live_ids: liveIds} = isObject(json) ? json : {};
  const cursor = parseInstant(cursorText);
  if (cursor === undefined || typeof liveIds !== 'string') {
    throw new InvalidStateError(
      `"deleted_list" needs "updated_at" and "live_ids", and is ${JSON.stringify(json)}`,
    );
  }
  return {cursor, liveIds};
}

function formatWindows(windows: Intervals): string[][] {
  return windows.map((window) => window.map(formatInstant));
}
