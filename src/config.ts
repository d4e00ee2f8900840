import Ajv, {type ErrorObject} from 'ajv';
import spec from '../resources/spec.json';
import {InputError} from './airbyte/input-error';
import {REGION_HOSTS, readBaseUrl} from './base-url';
import {toDateTime} from './date-time';

/** The checked configuration. The keys and what they mean are in resources/spec.json. */
export interface Config {
  readonly token: string;
  /** Epoch ms. */
  readonly startMs: number;
  /** Epoch ms; undefined for no end. */
  readonly endMs: number | undefined;
  /** Without `/v1` and without a slash at the end. */
  readonly baseUrl: string;
  readonly includeDeleted: boolean;
  readonly includeArchived: boolean;
  /** ms. */
  readonly lookbackMs: number;
  /** Requests per minute; undefined for no limit of our own. */
  readonly requestsPerMinute: number | undefined;
  readonly quotaReservePercent: number;
  /** Most requests in flight. */
  readonly concurrency: number;
  /** Records asked for in one request. */
  readonly pageSize: number;
}

interface RawConfig {
  readonly api_token: string;
  readonly start_date: string;
  readonly end_date?: string;
  readonly region: keyof typeof REGION_HOSTS;
  readonly base_url?: string;
  readonly include_deleted: boolean;
  readonly include_archived: boolean;
  readonly lookback_minutes: number;
  readonly requests_per_minute?: number;
  readonly quota_reserve_percent: number;
  readonly concurrency: number;
  readonly page_size: number;
}

interface Property {
  readonly type: string;
  readonly default?: unknown;
  readonly enum?: readonly string[];
  readonly minimum?: number;
  readonly maximum?: number;
  readonly pattern?: string;
  readonly format?: string;
}

const PROPERTIES: Readonly<Record<string, Property>> = spec.connectionSpecification.properties;
/** The pattern of `base_url` only helps those who fill in the form: readBaseUrl decides. */
const SCHEMA = {...spec.connectionSpecification, properties: {...PROPERTIES, base_url: {type: 'string'}}};
/** What an Authorization header can carry: RFC 6750, 2.1, and all else that is visible. */
const TOKEN = /^[\x21-\x7e]+$/;

/**
 * Turns the JSON of `--config` into a config. Unknown keys are ignored; null and empty texts count as left out.
 * @throws InputError that names all keys that are wrong, and what each should be
 */
export function readConfig(json: unknown): Config {
  if (typeof json !== 'object' || json === null || Array.isArray(json)) {
    throw new InputError(
      'The configuration must be a JSON object with at least "api_token" and "start_date".',
    );
  }
  const raw = withDefaults(json);
  // "format" is for the date picker of Airbyte's form: it would refuse the plain dates that the pattern allows.
  const validate = new Ajv({allErrors: true, strict: false, validateFormats: false}).compile<RawConfig>(
    SCHEMA,
  );
  const isValid = validate(raw);
  const baseUrl = typeof raw.base_url === 'string' ? readBaseUrl(raw.base_url) : undefined;
  const problems = new Set([
    ...(validate.errors ?? []).map(describe),
    ...tokenProblems(raw),
    ...dateProblems(raw),
    ...(baseUrl && 'problem' in baseUrl ? [`"base_url" ${baseUrl.problem}`] : []),
  ]);
  if (!isValid || problems.size > 0) {
    throw new InputError(`The configuration is not right: ${[...problems].join('; ')}.`);
  }
  return toConfig(raw, baseUrl && 'url' in baseUrl ? baseUrl.url : REGION_HOSTS[raw.region]);
}

function toConfig(raw: RawConfig, baseUrl: string): Config {
  return {
    token: raw.api_token.trim(),
    startMs: instantOf(raw.start_date),
    endMs: raw.end_date === undefined ? undefined : instantOf(raw.end_date),
    baseUrl,
    includeDeleted: raw.include_deleted,
    includeArchived: raw.include_archived,
    lookbackMs: raw.lookback_minutes * 60_000,
    requestsPerMinute: raw.requests_per_minute,
    quotaReservePercent: raw.quota_reserve_percent,
    concurrency: raw.concurrency,
    pageSize: raw.page_size,
  };
}

function withDefaults(json: object): Record<string, unknown> {
  const defaults = Object.entries(PROPERTIES).map(([key, property]) => [key, property.default]);
  const given = Object.entries(json).filter(([, value]) => value !== null && value !== '');
  return Object.fromEntries([...defaults, ...given].filter(([, value]) => value !== undefined));
}

function describe({keyword, params, instancePath}: ErrorObject): string {
  const key = keyword === 'required' ? String(params['missingProperty']) : instancePath.slice(1);
  return `"${key}" ${keyword === 'required' ? 'is missing: it ' : ''}must be ${shouldBe(key, PROPERTIES[key])}`;
}

function shouldBe(key: string, property?: Property): string {
  if (key === 'api_token') return 'the text of an API key, in one piece';
  if (property?.format === 'date-time') return 'a date such as 2023-01-01T00:00:00Z or 2023-01-01';
  if (property?.enum) return `one of ${property.enum.join(', ')}`;
  if (property?.type === 'boolean') return 'true or false';
  if (property?.type !== 'integer') return 'text';
  const {minimum, maximum} = property;
  return maximum === undefined
    ? `a whole number of ${minimum} or more`
    : `a whole number from ${minimum} to ${maximum}`;
}

/** A token of any other characters could not even be sent, and would look like a network that is down. */
function tokenProblems({api_token: token}: Record<string, unknown>): string[] {
  if (typeof token !== 'string' || TOKEN.test(token.trim())) return [];
  return [`"api_token" must be ${shouldBe('api_token')}`];
}

function dateProblems({start_date: start, end_date: end}: Record<string, unknown>): string[] {
  const problems = [];
  for (const [key, text] of Object.entries({start_date: start, end_date: end})) {
    const matches = typeof text === 'string' && new RegExp(PROPERTIES[key]?.pattern ?? '').test(text);
    if (matches && Number.isNaN(instantOf(text))) {
      problems.push(`"${key}" must be a date that exists, not ${text}`);
    }
  }
  if (instantOf(start) > instantOf(end)) {
    problems.push('"end_date" must not be before "start_date"');
  }
  return problems;
}

/** Any form of RFC 3339, or a plain date, which is its midnight in UTC -> epoch ms; NaN for anything else. */
function instantOf(text: unknown): number {
  return Date.parse((typeof text === 'string' && toDateTime(text)) || '');
}
