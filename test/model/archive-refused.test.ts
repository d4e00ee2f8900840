import {type Api, createApi} from '../../sandbox/api/api';
import {type NewRow, worldOf} from '../../sandbox/world/world';
import {type ReadResult, errorsOf, read, recordsOf, statesOf} from './harness';
import {DAY, NOW, START, idOf} from './history';
import {VirtualClock} from '../fakes/virtual-clock';

const OLD = 40;
const rows: NewRow[] = Array.from({length: OLD + 5}, (_, at) => {
  const updatedAt = at < OLD ? NOW - (800 + at) * DAY : NOW - at * DAY;
  return {object: 'messages', id: idOf(at), createdAt: updatedAt, updatedAt};
});

function readMessages(api: Api, clock: VirtualClock, state?: unknown): Promise<ReadResult> {
  return read({
    api,
    clock,
    streams: ['messages'],
    mode: 'incremental',
    states: {messages: state},
    start: START,
    lookback: 600_000,
    pageSize: 10,
    concurrency: 2,
  });
}

const idsOf = ({messages}: ReadResult): string[] =>
  recordsOf(messages)
    .map(({id}) => id)
    .sort();
const lastState = ({messages}: ReadResult): unknown => statesOf(messages, 'messages').at(-1)?.state;

test('an archive that is refused is owed, asked for again by each read, and read once it is granted', async () => {
  const clock = new VirtualClock(NOW);
  const api = createApi(worldOf(rows), {requestsPerMinute: 1e9, archive: false});
  const refused = await readMessages(api, clock);
  expect(errorsOf(refused)).toEqual([]);
  expect(idsOf(refused)).toEqual(rows.slice(OLD).map(({id}) => id));
  expect(JSON.stringify(refused.messages)).toContain('the archive is refused');
  expect(lastState(refused)).toHaveProperty('unarchived');

  const again = await readMessages(api, clock, lastState(refused));
  expect(idsOf(again)).toEqual([]);
  expect(lastState(again)).toMatchObject({
    unarchived: (lastState(refused) as {unarchived: unknown}).unarchived,
  });

  api.settings.archive = true;
  const granted = await readMessages(api, clock, lastState(again));
  expect(idsOf(granted)).toEqual(rows.slice(0, OLD).map(({id}) => id));
  expect(lastState(granted)).not.toHaveProperty('unarchived');
});

test('an archive that is refused half way fails the stream, and the next read goes on there', async () => {
  const clock = new VirtualClock(NOW);
  const api = createApi(worldOf(rows), {requestsPerMinute: 1e9});
  api.faults.add({
    kind: 'status',
    status: 401,
    times: -1,
    match: {path: '/v1/customers/archive/search', nth: 3},
  });
  const failed = await readMessages(api, clock);
  expect(failed.failed).toEqual(['messages']);
  api.faults.set([]);
  const rest = await readMessages(api, clock, lastState(failed));
  expect(errorsOf(rest)).toEqual([]);
  expect([...new Set([...idsOf(failed), ...idsOf(rest)])].sort()).toEqual(rows.map(({id}) => id));
});
