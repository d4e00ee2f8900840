import {createApi} from '../../sandbox/api/api';
import {worldOf} from '../../sandbox/world/world';
import {type ReadResult, read, recordsOf, statesOf} from './harness';
import {DAY, MINUTE, NOW, idOf} from './history';
import {VirtualClock} from '../fakes/virtual-clock';

const BEHIND = 20 * MINUTE;

test.each(['notes', 'tags'] as const)(
  '%s changed while our clock is ahead come with the next read',
  async (stream) => {
    const clock = new VirtualClock(NOW);
    const world = worldOf([{object: stream, id: idOf(1), createdAt: NOW - DAY, updatedAt: NOW - DAY}]);
    const api = createApi(world, {requestsPerMinute: 1e9});
    const next = (state: unknown): Promise<ReadResult> =>
      read({
        api,
        clock,
        streams: [stream],
        mode: 'incremental',
        states: {[stream]: state},
        start: NOW - 30 * DAY,
        lookback: MINUTE,
        pageSize: 100,
        concurrency: 2,
        behind: BEHIND,
      });
    const first = await next(undefined);
    await clock.run(clock.sleep(2 * MINUTE));
    const changed = clock.now() - BEHIND - MINUTE;
    world.insert({object: stream, id: idOf(2), createdAt: changed, updatedAt: changed});
    const second = await next(statesOf(first.messages, stream).at(-1)?.state);
    expect(recordsOf(second.messages).map(({id}) => id)).toEqual([idOf(2)]);
    expect(JSON.stringify(second.messages)).toContain("this machine's clock is 1199 s ahead of Kustomer's");
  },
);
