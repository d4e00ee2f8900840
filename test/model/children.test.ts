import {createApi} from '../../sandbox/api/api';
import {type NewRow, worldOf} from '../../sandbox/world/world';
import {Outlet} from '../../src/airbyte/outlet';
import {Sync} from '../../src/airbyte/sync';
import {explain} from '../../src/error-messages';
import {VirtualClock} from '../fakes/virtual-clock';
import {connectVirtually} from '../fakes/virtual-connection';
import {VirtualNetwork} from '../fakes/virtual-network';
import {useRealTimers, useVirtualTimers} from '../fakes/virtual-timers';
import {DAY, NOW, idOf} from './history';

jest.setTimeout(120_000);
afterEach(useRealTimers);

const PAGE = Number(process.env.PAGE ?? 100);

test.each([50, 300, 2000])('%d', async (latency) => {
  const clock = new VirtualClock(NOW);
  useVirtualTimers(clock);
  const rows = (['conversations', 'messages'] as const).flatMap((object, index) =>
    Array.from({length: [2400, 180 * PAGE][index]!}, (_, at): NewRow => {
      const instant = NOW - 600 * DAY + at * 60_000;
      return {object, id: idOf(index * 100_000 + at), createdAt: instant, updatedAt: instant};
    }),
  );
  const api = createApi(worldOf(rows), {requestsPerMinute: 1000, searchesPerMinute: 100, foreignPerMinute: 280, foreignSearchesPerMinute: 20});
  const sent: {at: number; search: boolean}[] = [];
  const network = new VirtualNetwork(api, clock, {
    latency: () => latency,
    before: () => undefined,
    behind: 0,
    stop: new AbortController().signal,
  });
  const send = network.send.bind(network);
  network.send = (request) => {
    sent.push({at: clock.now() - NOW, search: request.context !== undefined});
    return send(request);
  };
  const outlet = new Outlet(() => Promise.resolve(), clock);
  const {streams} = connectVirtually(network, {clock, outlet, pageSize: PAGE});
  const sync = new Sync({outlet, clock, explain, quota: () => undefined});
  const jobs = streams
    .filter(({name}) => ['attachments', 'messages'].includes(name))
    .map((stream) => ({stream, mode: 'full_refresh', state: undefined}) as const);
  await clock.run(sync.run(jobs));
  const per = Array.from({length: 6}, (_, minute) => {
    const within = sent.filter(({at}) => at >= minute * 60_000 && at < (minute + 1) * 60_000);
    return [within.length, within.filter(({search}) => search).length];
  });
  console.log(latency, JSON.stringify(per), sent.at(-1)?.at, api.stats.statuses);
});
