import {isObject} from '../json';
import type {NetworkError, Obstacle} from './errors';

/** One failed attempt, as far as it matters for the next. */
export interface Failure {
  readonly kind: 'network' | 'timeout' | 'status' | 'unreadable';
  /** HTTP status; only with `kind: 'status'`. */
  readonly status?: number;
  /** What went wrong, on one line; with a status, what the body says about it. */
  readonly text: string;
  /** Response headers, names in lower case; empty where no response came. */
  readonly headers: Readonly<Record<string, string>>;
  /** Why no attempt can succeed as things are set up; only with `kind: 'network'`. */
  readonly obstacle?: Obstacle;
}

/** Longer texts of error responses are cut: characters. */
const MAX_TEXT = 500;
/** Members of an error object that say what is wrong, in the order in which they are shown (docs/kustomer-api.md, Errors). */
const ERROR_MEMBERS = ['code', 'title', 'message', 'detail', 'source', 'meta'];

/** `429 rate_limit_exceeded Too many requests`: a failure as logs name it. */
export function describeFailure({status, text}: Failure): string {
  return [status, text].filter(Boolean).join(' ');
}

/** @param bytes the decompressed body; undefined where it could not be */
export function statusFailure(
  {status, headers}: {readonly status: number; readonly headers: Failure['headers']},
  bytes: Buffer | undefined,
): Failure {
  return {kind: 'status', status, text: errorTexts(bytes?.toString('utf8') ?? ''), headers};
}

export function networkFailure({message, code, obstacle}: NetworkError): Failure {
  const kind = code === 'ECONNABORTED' || code === 'ETIMEDOUT' ? 'timeout' : 'network';
  return {kind, text: message, headers: {}, ...(obstacle && {obstacle})};
}

/** What the `errors` of a response say, in Kustomer's form or in that of JSON:API; '' for any other body. */
function errorTexts(body: string): string {
  let json: unknown;
  try {
    json = JSON.parse(body);
  } catch {
    return '';
  }
  const errors = isObject(json) && 'errors' in json ? json['errors'] : json;
  const texts = [errors].flat().map((error) => {
    if (!isObject(error)) return typeof error === 'string' ? error : '';
    return ERROR_MEMBERS.flatMap((name) => valuesIn(error[name])).join(' ');
  });
  return withoutLineBreaks(texts.filter(Boolean).join('; ')).slice(0, MAX_TEXT);
}

/** The texts and numbers in a value, each as it is: `source pointer=/data`, so that nothing is escaped and hidden from redaction. */
function valuesIn(value: unknown): string[] {
  if (value === null || value === undefined) return [];
  if (Array.isArray(value)) return value.flatMap(valuesIn);
  if (!isObject(value)) return [String(value)];
  return Object.entries(value).flatMap(([name, member]) => valuesIn(member).map((text) => `${name}=${text}`));
}

/** The same text without line breaks and control characters. */
export function withoutLineBreaks(text: string): string {
  // eslint-disable-next-line no-control-regex
  return text.replace(/[\s\u0000-\u001f\u007f]+/g, ' ').trim();
}
