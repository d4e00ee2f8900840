import {UNLIMITED} from '../../sandbox/api/settings';
import type {ObjectName} from '../../sandbox/world/objects';
import {type Sandbox, startServer} from '../../sandbox/server/listen';
import type {AirbyteMessage} from '../support/capture';
import {Connector, STREAMS, allIn, handOver} from '../support/connector';
import {lastStates, rowsOf} from '../support/messages';
import {expectSame, truthOf} from '../support/truth';

/** Where the history is cut: the end of one part is the start of the next. */
const CUTS = ['2024-06-01T00:00:00Z', '2025-12-01'];

let sandbox: Sandbox;
let connector: Connector;

beforeAll(async () => {
  sandbox = await startServer({size: 1500, settings: UNLIMITED});
  connector = new Connector(sandbox.url);
});

afterAll(async () => {
  connector.close();
  await sandbox.close();
});

/** `id version` of the newest row of each id, in order: what a destination keeps. */
function keptOf(messages: readonly AirbyteMessage[], stream: string): string[] {
  const newest = new Map<string, string>();
  for (const row of rowsOf(messages, stream)) {
    const id = String(row['id']);
    const version = new Date(String(row['updated_at'])).toISOString();
    if (version > (newest.get(id) ?? '')) newest.set(id, version);
  }
  return Array.from(newest, ([id, version]) => `${id} ${version}`).sort();
}

test('three connections with a part of the history each, read side by side while records change, give what one gives', async () => {
  const {world} = sandbox;
  const [first, second] = CUTS;
  const parts = [{end_date: first}, {start_date: first, end_date: second}, {start_date: second}];
  let changed = false;
  const runs = await Promise.all(
    parts.map((config) =>
      connector.read({
        streams: allIn('incremental'),
        // A third of what the organization leaves to all of them.
        config: {...config, requests_per_minute: 20_000},
        onMessage: ({record}) => {
          if (!record || changed) return;
          changed = true;
          for (const stream of STREAMS as ObjectName[]) {
            const [oldest] = world.truth(stream, {includeDeleted: false});
            if (oldest) world.update(stream, oldest.id, {at: Date.now()});
          }
        },
      }),
    ),
  );
  expect(runs.map(({code}) => code)).toEqual([0, 0, 0]);
  // What changes during the reads is younger than all of them: it belongs to the next read of the last part.
  const last = await connector.read({
    streams: allIn('incremental'),
    config: {start_date: second},
    state: handOver(lastStates(runs[2]?.messages ?? [])),
  });
  const messages = [...runs, last].flatMap((run) => run.messages);
  for (const stream of STREAMS) expectSame(keptOf(messages, stream), truthOf(world, stream), stream);
  for (const run of runs) expect(rowsOf(run.messages, 'conversations').length).toBeGreaterThan(0);
});
