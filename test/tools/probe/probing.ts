import {type Api, createApi} from '../../../sandbox/api/api';
import {applySettings, defaultSettings, type Settings} from '../../../sandbox/api/settings';
import {defaultOptions, sizesOf} from '../../../sandbox/server/options';
import type {ModelName} from '../../../sandbox/world/model';
import type {ObjectName} from '../../../sandbox/world/objects';
import {createWorld, type World} from '../../../sandbox/world/world';
import {Asker} from '../../../tools/probe/ask';
import type {Finding} from '../../../tools/probe/finding';
import {type ProbeReport, reportOf, tableOf} from '../../../tools/probe/report';
import {runProbes} from '../../../tools/probe/run';
import {transportOf} from '../../fakes/api-transport';
import {OpenLimiter} from '../../fakes/client';
import {NOW} from '../../fakes/connection';
import {SleeplessClock} from '../../fakes/sleepless-clock';

const LOOKBACK_MS = 600_000;

/** A sandbox, and what the probe finds of it. */
export interface Probed {
  readonly api: Api;
  readonly findings: readonly Finding[];
  readonly report: ProbeReport;
  readonly table: string;
}

export interface Account {
  readonly world?: World;
  readonly settings?: Partial<Settings>;
  readonly token?: string;
  /** Called before anything is asked. */
  readonly prepare?: (api: Api) => void;
}

/** A world of an organization. @param size records over the nine main streams */
export function worldOfSize(
  size: number,
  options: {seed?: number; model?: ModelName; sizes?: Partial<Record<ObjectName, number>>} = {},
): World {
  const {seed = 1, model = 'published', sizes = {}} = options;
  const {historyDays} = defaultOptions();
  return createWorld({seed, now: NOW, sizes: {...sizesOf(size), ...sizes}, historyDays, model});
}

/** Probes a sandbox in this process. */
export async function probe(account: Account = {}): Promise<Probed> {
  const {world = worldOfSize(3000), settings = {}, token, prepare = () => undefined} = account;
  const api = createApi(world, settings);
  prepare(api);
  const clock = new SleeplessClock(NOW);
  const asker = new Asker({
    transport: transportOf(api, () => clock.now(), token),
    limiter: new OpenLimiter(clock),
    clock,
    decompress: (body) => Promise.resolve(body),
  });
  const findings = await runProbes({asker, startedAtMs: NOW, lookbackMs: LOOKBACK_MS});
  const report = reportOf(findings, asker.requests, 'test');
  return {api, findings, report, table: tableOf(report)};
}

/** The sandbox that a report describes, as `npm run sandbox -- --like` starts it. */
export function accountLike({sandbox}: ProbeReport): Account {
  const {model, sizes} = sandbox;
  return {
    world: worldOfSize(defaultOptions().size, {...(model && {model}), sizes}),
    settings: applySettings(defaultSettings(), sandbox.settings),
  };
}
