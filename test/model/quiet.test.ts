import {createApi} from '../../sandbox/api/api';
import {UNLIMITED} from '../../sandbox/api/settings';
import {createWorld} from '../../sandbox/world/world';
import {VirtualClock} from '../fakes/virtual-clock';
import {VirtualNetwork} from '../fakes/virtual-network';
import {read, statesOf} from './harness';
import {DAY, MINUTE, NOW} from './history';

const SEARCHED = ['conversations', 'customers', 'kobjects', 'messages', 'notes'];
const LISTED = ['shortcuts', 'tags', 'teams', 'users'];
const STREAMS = [...SEARCHED, ...LISTED];
const SIZES = {conversations: 300, customers: 300, kobjects: 50, messages: 700, notes: 90, companies: 9};

test('measure', async () => {
  const world = createWorld({seed: 3, now: NOW - DAY, sizes: {...SIZES, shortcuts: 9, tags: 30, teams: 5, users: 40}, historyDays: 900});
  const clock = new VirtualClock(NOW);
  const api = createApi(world, UNLIMITED);
  const log: string[] = [];
  const send = VirtualNetwork.prototype.send;
  jest.spyOn(VirtualNetwork.prototype, 'send').mockImplementation(function (this: VirtualNetwork, request) {
    const body = request.body as {and?: unknown; queryContext?: string} | undefined;
    log.push(`${request.method} ${request.path} ${body?.queryContext ?? ''} ${JSON.stringify(request.params ?? {})} ${JSON.stringify(body?.and ?? '')}`);
    return send.call(this, request);
  });
  const options = {api, clock, streams: STREAMS, mode: 'incremental', start: NOW - 900 * DAY, lookback: 10 * MINUTE, pageSize: 500, concurrency: 10} as const;
  const first = await read({...options, states: {}});
  process.stderr.write(`FIRST ${first.failed}\n${log.join('\n')}\n`);
  for (const touch of [false, true]) {
    log.length = 0;
    await clock.run(clock.sleep(60 * MINUTE));
    if (touch) for (const object of ['conversations', 'messages'] as const) { const row = world.truth(object)[5]; if (row) world.update(object, row.id, {at: clock.now() - 20 * MINUTE, lagMs: 0}); }
    const states = Object.fromEntries(STREAMS.map((stream) => [stream, statesOf(first.messages, stream).at(-1)?.state]));
    await read({...options, states});
    process.stderr.write(`QUIET ${touch}\n${log.join('\n')}\n`);
  }
});
