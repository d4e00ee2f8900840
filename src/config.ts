import Ajv, {type ErrorObject} from 'ajv';
import spec from '../resources/spec.json';
import {InputError} from './airbyte/input-error';

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
  /** Requests/min; undefined for no bound of our own. */
  readonly requestsPerMinute: number | undefined;
  readonly quotaReservePercent: number;
  /** Requests in flight at most. */
  readonly concurrency: number;
  /** Records asked for in one request. */
  readonly pageSize: number;
}

interface RawConfig {
  readonly api_token: string;
  readonly start_date: string;
  readonly end_date?: string;
  readonly region: 'us' | 'eu';
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
}

const PROPERTIES: Readonly<Record<string, Property>> = spec.connectionSpecification.properties;
/** docs/kustomer-api.md, Where and who: Prod1 and Prod2. */
const HOSTS = {us: 'https://api.kustomerapp.com', eu: 'https://api.prod2.kustomerapp.com'};
/** What never leaves the machine. Names beneath `localhost` may: Node asks the DNS for them. */
const LOOPBACK = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/;
/** What an Authorization header can carry (RFC 6750, 2.1, and what else is visible). */
const TOKEN = /^[\x21-\x7e]+$/;

/**
 * Turns the JSON of `--config` into a config. Unknown keys are ignored, null counts as left out.
 * @throws InputError that names all keys that are wrong, and what each should be
 */
export function readConfig(json: unknown): Config {
  if (typeof json !== 'object' || json === null || Array.isArray(json)) {
    throw new InputError(
      'The configuration must be a JSON object with at least "api_token" and "start_date".',
    );
  }
  const raw = withDefaults(json);
  // "format" is for the date picker: it would refuse the plain dates that the pattern allows.
  const validate = new Ajv({allErrors: true, strict: false, validateFormats: false}).compile<RawConfig>(
    spec.connectionSpecification,
  );
  const isValid = validate(raw);
  const problems = [
    ...new Set((validate.errors ?? []).map(describe)),
    ...tokenProblems(raw),
    ...dateProblems(raw),
    ...urlProblems(raw),
  ];
  if (!isValid || problems.length > 0) {
    throw new InputError(`The configuration is not right: ${problems.join('; ')}.`);
  }
  return {
    token: raw.api_token.trim(),
    startMs: Date.parse(raw.start_date),
    endMs: raw.end_date === undefined ? undefined : Date.parse(raw.end_date),
    // As it was checked: `HTTP://LOCALHOST` and the like have one spelling from here on.
    baseUrl: new URL(raw.base_url ?? HOSTS[raw.region]).href.replace(/\/+$/, '').replace(/\/v1$/, ''),
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

function shouldBe(key: string, property: Property | undefined): string {
  if (key === 'api_token') return 'the text of an API key, in one piece';
  if (property?.pattern) return 'a date such as 2023-01-01T00:00:00Z or 2023-01-01';
  if (property?.enum) return `one of ${property.enum.join(', ')}`;
  if (property?.type === 'boolean') return 'true or false';
  if (property?.type !== 'integer') return 'text';
  const {minimum, maximum} = property;
  return maximum === undefined
    ? `a whole number of ${minimum} or more`
    : `a whole number from ${minimum} to ${maximum}`;
}

/** Anything else could not even be sent, and would look like a network that is down. */
function tokenProblems({api_token: token}: Record<string, unknown>): string[] {
  if (typeof token !== 'string' || TOKEN.test(token.trim())) return [];
  return [`"api_token" must be ${shouldBe('api_token', undefined)}`];
}

function dateProblems({start_date: start, end_date: end}: Record<string, unknown>): string[] {
  const isDate = (text: unknown): text is string => typeof text === 'string' && isCalendarDate(text);
  const problems = [];
  for (const [key, text] of Object.entries({start_date: start, end_date: end})) {
    const matches = typeof text === 'string' && new RegExp(PROPERTIES[key]?.pattern ?? '').test(text);
    if (matches && !isDate(text)) problems.push(`"${key}" must be a date that exists, not ${text}`);
  }
  if (isDate(start) && isDate(end) && Date.parse(start) > Date.parse(end)) {
    problems.push('"end_date" must not be before "start_date"');
  }
  return problems;
}

/** `2023-02-31` is parsed as a day in March: it must come back as it was. */
function isCalendarDate(text: string): boolean {
  const instant = Date.parse(text);
  return !Number.isNaN(instant) && new Date(instant).toISOString().startsWith(text.slice(0, 10));
}

function urlProblems({base_url: text}: Record<string, unknown>): string[] {
  if (typeof text !== 'string') return [];
  if (!URL.canParse(text)) return ['"base_url" must be a URL such as https://acme.api.kustomerapp.com'];
  const url = new URL(text);
  if (url.username || url.password) return ['"base_url" must not hold a user name or password'];
  if (url.search || url.hash) return ['"base_url" must end with the host or a path, without "?" or "#"'];
  if (url.protocol === 'https:') return [];
  if (url.protocol === 'http:' && LOOPBACK.test(url.hostname)) return [];
  return [
    '"base_url" must begin with https:// (plain http only for this machine\'s own addresses, so that the token never travels in the clear)',
  ];
}
