import type {Api} from '../api/api';
import {applySettings} from '../api/settings';
import {changeSome, type ChangeCounts, type Changed} from '../world/changes';
import type {Fault} from '../faults/faults';
import {isObject, type JsonObject} from '../world/json';
import {isWork, OBJECT_NAMES, WORK} from '../world/objects';
import type {ServerSettings} from './options';
import {RequestLog} from './request-log';
import {truthOfWork} from '../world/work';
import type {TrueRow} from '../world/world';

/** How often churn changes something, ms. */
const CHURN_INTERVAL_MS = 100;

/** What the server itself counts. */
export interface Traffic {
  inFlight: number;
  maxInFlight: number;
  connections: number;
}

/** A request that /sandbox cannot serve; the message says why. */
export class ControlError extends Error {}

/** The addresses under /sandbox, by which a test looks into the sandbox and changes it. No key is needed. */
export class Control {
  readonly log = new RequestLog();
  private churn: NodeJS.Timeout | undefined;
  private rounds = 0;

  constructor(
    private readonly api: Api,
    private readonly settings: ServerSettings,
    private readonly traffic: Traffic,
    private readonly clock: () => number,
  ) {}

  /** Serves a request; the answer is JSON. */
  handle(method: string, url: URL, body: string): unknown {
    const given: unknown = body === '' ? {} : JSON.parse(body);
    const asked = isObject(given) ? given : {};
    switch (`${method} ${url.pathname}`) {
      case 'GET /sandbox/truth':
        return this.truth(url.searchParams);
      case 'GET /sandbox/stats':
        return this.stats();
      case 'POST /sandbox/stats/reset':
        this.api.stats.reset();
        this.log.clear();
        Object.assign(this.traffic, {maxInFlight: this.traffic.inFlight, connections: 0});
        return {};
      case 'GET /sandbox/log':
        return this.log.all;
      case 'POST /sandbox/change':
        return this.change(asked, Number(asked['seed'] ?? this.rounds++));
      case 'POST /sandbox/churn':
        return this.startChurn(Number(asked['perSecond'] ?? 0));
      case 'POST /sandbox/faults':
        // A fault that is wrong is the test's mistake, and shows as soon as it is acted out.
        this.api.faults.set((Array.isArray(given) ? given : []) as unknown as Fault[]);
        return {};
      case 'GET /sandbox/settings':
        return this.settings;
      case 'POST /sandbox/settings':
        return this.set(asked);
      default:
        throw new ControlError(`there is no ${method} ${url.pathname}`);
    }
  }

  /** Ends churn. */
  stop(): void {
    clearInterval(this.churn);
  }

  private truth(query: URLSearchParams): TrueRow[] {
    const names = [...OBJECT_NAMES, ...WORK];
    const object = names.find((name) => name === query.get('object'));
    if (!object) throw new ControlError(`object must be one of ${names.join(', ')}`);
    const from = timeOf(query, 'from') ?? -Infinity;
    const to = timeOf(query, 'to') ?? Infinity;
    if (isWork(object)) return truthOfWork(this.api.world, object, {from, to});
    return this.api.world.truth(object, {from, to, includeDeleted: query.get('includeDeleted') !== 'false'});
  }

  private stats(): object {
    const {stats, faults} = this.api;
    return {...stats, total: stats.total, faults: faults.fired, ...this.traffic};
  }

  private change(counts: ChangeCounts, seed: number): Changed[] {
    return changeSome(this.api.world, counts, seed, this.clock(), this.settings.lagMs);
  }

  private startChurn(perSecond: number): object {
    this.stop();
    let due = 0;
    if (perSecond > 0) {
      this.churn = setInterval(() => {
        due += (perSecond * CHURN_INTERVAL_MS) / 1000;
        const whole = Math.floor(due);
        due -= whole;
        const rare = Math.floor(whole / 10);
        this.change({updates: whole - 2 * rare, deletes: rare, inserts: rare}, this.rounds++);
      }, CHURN_INTERVAL_MS);
    }
    return {perSecond};
  }

  private set(patch: JsonObject): ServerSettings {
    try {
      return applySettings(this.settings, patch);
    } catch (error) {
      throw error instanceof TypeError ? new ControlError(error.message) : error;
    }
  }
}

// Epoch ms or anything that Date can read.
function timeOf(query: URLSearchParams, name: string): number | undefined {
  const text = query.get(name);
  if (text === null || text === '') return undefined;
  const time = /^-?\d+$/.test(text) ? Number(text) : Date.parse(text);
  if (Number.isNaN(time)) throw new ControlError(`${name} must be a time`);
  return time;
}
