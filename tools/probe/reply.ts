import type {HttpRequest} from '../../src/http/call';
import {isObject, type JsonObject} from '../../src/json';

/** One request and what is remembered of its answer. */
export interface Exchange {
  readonly request: HttpRequest;
  readonly status: number;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  /** Epoch ms by our clock. */
  readonly sentAtMs: number;
  readonly hasByteOrderMark: boolean;
}

/** An answer, whatever its status. */
export interface Reply extends Exchange {
  /** Undefined for what is no JSON. */
  readonly json: unknown;
}

/** What a refusal is about, as far as its text tells. The text itself is never shown: it may repeat anything. */
const REASONS: readonly (readonly [RegExp, string])[] = [
  [/\bpod \w+ but .*\bhandled by \w+/i, 'another region'],
  [/expire/i, 'expired'],
  [/\bip\b|address|cidr/i, 'address range'],
  [/include_?deleted/i, 'names includeDeleted'],
  [/page_?size/i, 'names the page size'],
  [/query_?context/i, 'names the context'],
  [/archive/i, 'names the archive'],
  [/attribute/i, 'names an attribute'],
  [/\bpage\b|window/i, 'names the page'],
];
const LONGEST_TEXT = 2000;

export function isServed({status}: Pick<Reply, 'status'>): boolean {
  return status >= 200 && status <= 299;
}

/** The key may not do this (docs/kustomer-api.md, Roles). */
export function isRoleRefusal({status}: Pick<Reply, 'status'>): boolean {
  return status === 401 || status === 403;
}

/** What the errors of an answer say: for decisions, never to be shown. */
export function errorText({json}: Pick<Reply, 'json'>): string {
  return isObject(json) ? JSON.stringify(json['errors'] ?? json).slice(0, LONGEST_TEXT) : '';
}

/** `answered`, `refused (403)`, `refused (400, names the page size)`. */
export function describeReply(reply: Reply): string {
  if (isServed(reply)) return 'answered';
  return `refused (${[reply.status, reasonOf(reply)].filter(Boolean).join(', ')})`;
}

/** What a refusal is about, in words of our own; undefined where its text does not tell. */
export function reasonOf(reply: Reply): string | undefined {
  const text = errorText(reply);
  return REASONS.find(([pattern]) => pattern.test(text))?.[1];
}

/** The members of an answer: empty where it has none. */
export function partOf({json}: Pick<Reply, 'json'>, name: 'meta' | 'links'): JsonObject {
  const part = isObject(json) ? json[name] : undefined;
  return isObject(part) ? part : {};
}

/** `links.next`, where it leads on. */
export function nextOf(reply: Pick<Reply, 'json'>): string | undefined {
  const {next} = partOf(reply, 'links');
  return typeof next === 'string' && next !== '' ? next : undefined;
}
