import type {Request, Response} from '../api/http';
import {errorBody, type ErrorForm} from '../api/errors';
import {spoil, SPOILERS, type Spoiler} from './spoil';

/** Something that goes wrong on purpose. */
export interface Fault {
  /**
   * On any answer: `status` (an error), `html` (a page instead of JSON), `body` (whatever `text` says), `noData` (JSON without
   * data), `reset`, `hang`, `cut`, `slow`. On a list of records only: see Spoiler.
   */
  kind: 'status' | 'html' | 'body' | 'noData' | 'reset' | 'hang' | 'cut' | 'slow' | Spoiler;
  match?: {
    method?: string;
    /** The whole path, or its beginning followed by `*`. */
    path?: string;
    /** The search's queryContext. */
    context?: string;
    /** From the n-th match on. */
    nth?: number;
    /** Every n-th match. */
    every?: number;
  };
  /** How often; once unless given, -1 for always. */
  times?: number;
  /** 500 for `status`, 200 for `html` and `body`, unless given. */
  status?: number;
  headers?: Record<string, string>;
  /**
   * The error's message, the body of `body`, what the page of `html` says, or what stands in the record of `noId` or
   * `badUpdatedAt`; `{authorization}` in it becomes that header of the request.
   */
  text?: string;
  /** How much later `slow` answers, in ms. */
  ms?: number;
}

/** The faults to come. */
export class FaultPlan {
  /** How many were acted out. */
  fired = 0;
  /** Asked first, for each request: a fault of its own, or nothing. */
  hook: ((request: Request, context: string | undefined, now: number) => Fault | undefined) | undefined;
  private entries: {fault: Fault; seen: number; left: number}[] = [];

  /** Forgets what was planned, and plans these. */
  set(faults: readonly Fault[]): void {
    this.entries = [];
    this.add(...faults);
  }

  /** Plans these as well. */
  add(...faults: Fault[]): void {
    this.entries.push(...faults.map((fault) => ({fault, seen: 0, left: fault.times ?? 1})));
  }

  /** The fault for this request, which is thereby spent. */
  take(request: Request, context: string | undefined, now: number): Fault | undefined {
    const fault = this.hook?.(request, context, now) ?? this.planned(request, context);
    this.fired += fault ? 1 : 0;
    return fault;
  }

  private planned(request: Request, context: string | undefined): Fault | undefined {
    for (const entry of this.entries) {
      const {nth = 1, every = 1} = entry.fault.match ?? {};
      if (entry.left === 0 || !matches(entry.fault, request, context)) continue;
      entry.seen++;
      if (entry.seen >= nth && entry.seen % every === 0) {
        entry.left--;
        return entry.fault;
      }
    }
    return undefined;
  }
}

function matches({match = {}}: Fault, request: Request, context: string | undefined): boolean {
  const {method, path, context: wanted} = match;
  const asked = request.path.replace(/\/$/, '');
  return (
    (method === undefined || method === request.method) &&
    (wanted === undefined || wanted === context) &&
    (path === undefined || (path.endsWith('*') ? asked.startsWith(path.slice(0, -1)) : asked === path))
  );
}

/** The answer to a request as the fault makes it. */
export function withFault(response: Response, fault: Fault, request: Request, form: ErrorForm): Response {
  const headers = {...response.headers, ...fault.headers};
  const {kind, status = 500} = fault;
  const text = fault.text?.replaceAll('{authorization}', request.headers['authorization'] ?? '');
  switch (kind) {
    case 'status':
      return {status, headers, body: errorBody(form, status, 'fault', text ?? 'Something went wrong')};
    case 'html': {
      const body = `<!DOCTYPE html><html><body><h1>${text ?? 'Please wait'}</h1></body></html>`;
      return {status: fault.status ?? 200, headers: {...headers, 'content-type': 'text/html'}, body};
    }
    case 'body':
      return {status: fault.status ?? 200, headers, body: text ?? ''};
    case 'noData':
      return {status: 200, headers, body: '{"meta":{}}'};
    case 'reset':
    case 'hang':
      return {...response, wire: {kind}};
    case 'cut':
      return {...response, wire: {kind, at: Math.floor(response.body.length / 2)}};
    case 'slow':
      return {...response, headers, wire: {kind, ms: fault.ms ?? 1000}};
    default:
      return response.status === 200 && kind in SPOILERS
        ? {...response, headers, body: spoil(response.body, kind, text)}
        : response;
  }
}
