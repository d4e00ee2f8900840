import {type Api, createApi} from '../../sandbox/api/api';
import {type NewRow, worldOf} from '../../sandbox/world/world';
import {VirtualClock} from '../fakes/virtual-clock';
import {type ReadOptions, type ReadResult, errorsOf, read, recordsOf, statesOf} from './harness';
import {DAY, MINUTE, NOW, START, idOf} from './history';

const LOOKBACK = 10 * MINUTE;

/** An organization with messages that were last updated at these instants. */
function apiOf(instants: readonly number[]): Api {
  const rows = instants.map((updatedAt, at): NewRow => ({
    object: 'messages',
    id: idOf(at),
    createdAt: updatedAt,
    updatedAt,
  }));
  return createApi(worldOf(rows), {requestsPerMinute: 1e9, archiveDays: 725});
}

function readMessages(api: Api, options: Partial<ReadOptions> = {}): Promise<ReadResult> {
  return read({
    api,
    clock: new VirtualClock(NOW),
    streams: ['messages'],
    mode: 'incremental',
    states: {},
    start: START,
    lookback: LOOKBACK,
    pageSize: 10,
    concurrency: 1,
    ...options,
  });
}

test('a read that is stopped promises nothing of the last lookback, though it has read some of it', async () => {
  const recent = Array.from({length: 60}, (_, at) => NOW - (9 * 60 - at * 5) * 1000);
  const api = apiOf(recent);
  const stopped = await readMessages(api, {stopAt: 6, includeArchived: false});
  expect(recordsOf(stopped.messages).length).toBeGreaterThan(0);
  const {updated_at: cursor, done = []} = statesOf(stopped.messages, 'messages').at(-1)?.state as {
    updated_at: string;
    done?: [string, string][];
  };
  const ends = [cursor, ...done.map(([, to]) => to)].map(Date.parse);
  expect(Math.max(...ends)).toBeLessThanOrEqual(NOW - LOOKBACK);
});

test('what both search and archive have comes once', async () => {
  const around = Array.from({length: 60}, (_, at) => NOW - 735 * DAY + (at * DAY) / 4);
  const result = await readMessages(apiOf(around));
  expect(errorsOf(result)).toEqual([]);
  const ids = recordsOf(result.messages).map(({id}) => id);
  expect(ids.sort()).toEqual(around.map((_, at) => idOf(at)).sort());
});
