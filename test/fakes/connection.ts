import {type Api, createApi} from '../../sandbox/api/api';
import {type Settings, UNLIMITED} from '../../sandbox/api/settings';
import {type World, createWorld} from '../../sandbox/world/world';
import {readConfig} from '../../src/config';
import {type Connection, connect} from '../../src/connection';
import {transportOf} from './api-transport';
import {SleeplessClock} from './sleepless-clock';

/** A small organization, a quota that is never spent, and the connector's connection to it: all in this process. */
export interface TestConnection {
  readonly api: Api;
  readonly world: World;
  readonly clock: SleeplessClock;
  readonly connection: Connection;
  readonly logs: string[];
}

export const NOW = Date.UTC(2024, 5, 1);
const BUDGET_MS = 20_000;

export function connectionOf(
  options: {config?: Record<string, unknown>; settings?: Partial<Settings>; world?: World} = {},
): TestConnection {
  const {
    config = {},
    settings = {},
    world = createWorld({
      seed: 1,
      now: NOW,
      sizes: {customers: 5, notes: 5, tags: 5, users: 8},
      historyDays: 300,
    }),
  } = options;
  const api = createApi(world, {...UNLIMITED, ...settings});
  const clock = new SleeplessClock(NOW);
  const logs: string[] = [];
  const checked = readConfig({api_token: 'sandbox-token', start_date: '2020-01-01', ...config});
  const connection = connect({
    config: checked,
    runtime: {
      clock,
      random: () => 0.5,
      stop: new AbortController().signal,
      version: 'test',
      log: (level, message) => void logs.push(`${level} ${message}`),
      backpressure: () => Promise.resolve(),
      transport: transportOf(api, () => clock.now(), checked.token),
    },
    budgetMs: BUDGET_MS,
  });
  return {api, world, clock, connection, logs};
}
