import {createApi, requestOf, type Api, type Request} from '../../sandbox/api/api';
import type {JsonObject} from '../../sandbox/world/json';
import type {Settings} from '../../sandbox/api/settings';
import {worldOf, type NewRow, type World} from '../../sandbox/world/world';

/** The time at which tests ask unless they say otherwise. */
export const now = Date.UTC(2025, 5, 1);
export const day = 24 * 60 * 60_000;

/** A conversation that was updated `ago` ms before `now`. */
export function conversation(id: string, ago: number, more: Partial<NewRow> = {}): NewRow {
  return {object: 'conversations', id, createdAt: now - ago - 1000, updatedAt: now - ago, ...more};
}

/** `count` conversations, a second apart, the oldest first: c000, c001, ... */
export function conversations(count: number): NewRow[] {
  return Array.from({length: count}, (_, at) =>
    conversation(`c${String(at).padStart(3, '0')}`, (count - at) * 1000),
  );
}

/** An API over these rows. */
export function apiOf(rows: readonly NewRow[] | World, settings: Partial<Settings> = {}): Api {
  return createApi('seed' in rows ? rows : worldOf(rows), settings);
}

/** A request with a good token. */
export function request(method: string, url: string, body?: unknown, token = 'sandbox-token'): Request {
  return requestOf(
    method,
    url,
    {authorization: `Bearer ${token}`},
    body === undefined ? '' : JSON.stringify(body),
  );
}

/** The body of a search for all conversations in order of updates. */
export const everything = {
  queryContext: 'conversation',
  includeDeleted: true,
  sort: [{conversation_updated_at: 'asc'}],
};

interface Answer {
  status: number;
  headers: Record<string, string>;
  body: JsonObject & {data: JsonObject[]; meta: JsonObject; links: JsonObject; errors: JsonObject[]};
  ids: string[];
}

/** Sends a request and reads the answer. */
export function ask(api: Api, asked: Request, at = now): Answer {
  const {status, headers, body} = api.handle(asked, at);
  const parsed = JSON.parse(body) as Answer['body'];
  const ids = Array.isArray(parsed.data) ? parsed.data.map((record) => String(record['id'])) : [];
  return {status, headers, body: parsed, ids};
}

/** Searches; `query` is added to `everything`. */
export function search(api: Api, query: JsonObject = {}, params = '', at = now): Answer {
  return ask(api, request('POST', `/v1/customers/search${params}`, {...everything, ...query}), at);
}

/** Searches the archive. */
export function searchArchive(api: Api, query: JsonObject = {}, params = '', at = now): Answer {
  return ask(api, request('POST', `/v1/customers/archive/search${params}`, {...everything, ...query}), at);
}
