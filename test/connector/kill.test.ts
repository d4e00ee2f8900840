import {UNLIMITED} from '../../sandbox/api/settings';
import {type Sandbox, startServer} from '../../sandbox/server/listen';
import type {AirbyteMessage} from '../support/capture';
import {Connector, STREAMS, allIn, handOver} from '../support/connector';
import {lastStates} from '../support/messages';
import {foundOf, truthOf} from '../support/truth';

const KILLS = 20;
let sandbox: Sandbox;
let connector: Connector;

beforeAll(async () => {
  sandbox = await startServer({size: 2000, seed: 7, settings: UNLIMITED});
  connector = new Connector(sandbox.url);
});

afterAll(async () => {
  connector.close();
  await sandbox.close();
});

/** Reads until so many messages came, and kills the process there; the whole way where fewer come. */
async function readUntil(
  count: number,
  state?: unknown,
): Promise<{messages: readonly AirbyteMessage[]; killed: boolean}> {
  let seen = 0;
  const {messages, signal} = await connector.read({
    streams: allIn('incremental'),
    config: {page_size: 100},
    state,
    onMessage: (_, kill) => {
      if (++seen === count) kill('SIGKILL');
    },
  });
  return {messages, killed: signal === 'SIGKILL'};
}

test(`killed at ${KILLS} moments and resumed each time, a read misses nothing and brings nothing twice by itself`, async () => {
  const truth = Object.fromEntries(STREAMS.map((stream) => [stream, truthOf(sandbox.world, stream)]));
  const report = {killed: 0, missing: 0, twice: 0};
  for (let kill = 1; kill <= KILLS; kill++) {
    const {messages: first, killed} = await readUntil(1 + ((kill * 1237) % 1000));
    report.killed += killed ? 1 : 0;
    const {messages: second} = await readUntil(Infinity, handOver(lastStates(first)));
    for (const stream of STREAMS) {
      const found = new Set([...foundOf(first, stream), ...foundOf(second, stream)]);
      report.missing += (truth[stream] ?? []).filter((row) => !found.has(row)).length;
      for (const run of [first, second]) {
        const rows = foundOf(run, stream);
        report.twice += rows.length - new Set(rows).size;
      }
    }
  }
  console.log(`${KILLS} kills: ${JSON.stringify(report)}`);
  expect(report).toEqual({killed: KILLS, missing: 0, twice: 0});
}, 600_000);
