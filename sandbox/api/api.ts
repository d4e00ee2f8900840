import {tokenOf} from './access';
import {auditLogs} from './audit-logs';
import {bodyOf} from '../world/bodies/index';
import {writeBody} from './body-text';
import type {Call} from './call';
import {notFound, Refusal} from './errors';
import {FaultPlan, withFault} from '../faults/faults';
import type {Request, Response} from './http';
import type {JsonObject} from '../world/json';
import {klassObjects, list, LISTS} from './lists';
import {metadata} from './metadata';
import {partsOf, satisfactionResponse, schedule} from './parts';
import {OBJECT_NAMES, pathOf} from '../world/objects';
import {Quota} from './quota';
import {hash, Random} from '../world/random';
import {bodyOfSearch, search} from './search';
import {applySettings, defaultSettings, type Settings} from './settings';
import {nameOf, Stats} from './stats';
import {WorkIndex} from '../world/work';
import type {World} from '../world/world';

export {requestOf} from './http';
export type {Request, Response, Wire} from './http';

/** No body may be longer (docs/kustomer-api.md, Errors). */
const MAX_BODY_BYTES = 100_000;

/** Kustomer's REST API over a world: takes a request and the time, returns an answer, and nothing else happens. */
export class Api {
  readonly faults = new FaultPlan();
  readonly stats = new Stats();
  private readonly quota: Quota;
  private readonly work: WorkIndex;
  private answers = 0;

  constructor(
    readonly world: World,
    readonly settings: Settings,
  ) {
    this.quota = new Quota(settings);
    this.work = new WorkIndex(world);
    this.stats.foreign = this.quota.foreign;
  }

  /** Answers as of `now` (epoch ms), which should not go backwards. */
  handle(request: Request, now: number): Response {
    this.world.settle(now);
    const context = searchContext(request);
    const name = nameOf(request, context);
    this.stats.asked(name, now);
    const fault = this.faults.take(request, context, now);
    const {response, count} = this.answer(request, now);
    const sent = fault ? withFault(response, fault, request, this.settings.errorForm) : response;
    this.stats.answered(name, sent.status, count);
    return sent;
  }

  private answer(request: Request, now: number): {response: Response; count: number} {
    const {settings, world, work} = this;
    const headers: Record<string, string> = {'content-type': 'application/json; charset=utf-8'};
    const random = new Random(hash(settings.seed, this.answers++));
    try {
      const token = tokenOf(request, settings);
      const verdict = this.quota.take(now, isSearch(request));
      Object.assign(headers, verdict.headers);
      if (!verdict.allowed) throw new Refusal(429, 'rate_limit_exceeded', 'Too many requests');
      if (Buffer.byteLength(request.body) > MAX_BODY_BYTES) {
        throw new Refusal(413, 'request_entity_too_large', 'Request entity too large');
      }
      const body = this.route({world, work, settings, request, token, now, random});
      const count = Array.isArray(body?.['data']) ? body['data'].length : 0;
      return {response: this.sent(headers, body), count};
    } catch (error) {
      if (error instanceof Refusal) {
        return {response: {status: error.status, headers, body: error.body(settings.errorForm)}, count: 0};
      }
      throw error;
    }
  }

  private sent(headers: Record<string, string>, body: JsonObject | undefined): Response {
    const {encoding, charset} = this.settings;
    if (!body) return {status: 204, headers, body: ''};
    return {
      status: 200,
      headers,
      body: writeBody(body, this.settings),
      ...(encoding === 'gzip' ? {} : {encoding}),
      ...(charset === 'utf16' ? {charset} : {}),
    };
  }

  private route(call: Call): JsonObject | undefined {
    const {request} = call;
    const [version, ...parts] = request.path.replace(/\/$/, '').split('/').slice(1).map(decode);
    const [object = '', id, tail, more] = parts;
    if (version !== 'v1' || more !== undefined) throw notFound();
    if (isSearch(request)) return search(call, id === 'archive');
    if (request.method !== 'GET') throw notFound();
    if (parts.join('/') === 'audit-logs') return auditLogs(call);
    const listed = LISTS.find((known) => pathOf(known) === parts.join('/'));
    if (listed) return list(call, listed);
    if (id !== undefined && tail !== undefined) {
      const owner = OBJECT_NAMES.find((known) => pathOf(known) === object);
      if (!owner) throw notFound();
      return partsOf(call, owner, id, tail);
    }
    if (object === 'satisfaction-responses' && id !== undefined) return satisfactionResponse(call, id);
    if (object === 'users' && id === 'current') return this.currentUser();
    if (object === 'schedules' && id !== undefined) return schedule(call, id);
    if (object === 'klasses' && id !== undefined) return klassObjects(call, id);
    if (object === 'metadata' && id !== undefined) return metadata(call, id);
    throw notFound();
  }

  // Any valid key may ask who it is.
  private currentUser(): JsonObject {
    const row = this.world.table('users').at(3) ?? {
      id: this.world.reference('users', 3),
      slot: 3,
      createdAt: 0,
      updatedAt: 0,
      deletedAt: null,
      version: 1,
    };
    return {data: bodyOf(this.world, 'users', row), links: {self: '/v1/users/current'}};
  }
}

/** An API over a world; what `settings` does not name is as `defaultSettings` has it. */
export function createApi(world: World, settings: Partial<Settings> = {}): Api {
  return new Api(world, applySettings(defaultSettings(), settings));
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    throw notFound();
  }
}

function isSearch({method, path}: Request): boolean {
  return method === 'POST' && /^\/v1\/customers\/(archive\/)?search\/?$/.test(path);
}

function searchContext(request: Request): string | undefined {
  if (!isSearch(request)) return undefined;
  try {
    const {queryContext = 'customer'} = bodyOfSearch(request);
    return typeof queryContext === 'string' ? queryContext : undefined;
  } catch {
    return undefined;
  }
}
