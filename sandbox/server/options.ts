import {parseArgs} from 'node:util';
import type {Lag} from '../world/changes';
import type {ModelName} from '../world/model';
import type {ObjectName} from '../world/objects';
import {applySettings, defaultSettings, type Settings} from '../api/settings';
import {readLike} from './like';

/** The documented limit of searches by API keys (docs/kustomer-api.md, Rate limits). */
const SEARCHES_PER_MINUTE = 100;

/** What a server does besides being Kustomer; can be changed while it runs. */
export interface ServerSettings extends Settings {
  /** How long every answer takes at least, ms. */
  latency: number;
  /** How long search takes to show what /sandbox/change and /sandbox/churn change, ms. */
  lagMs: Lag;
}

/** How a server starts. */
export interface ServerOptions {
  /** 0 takes any free one. */
  port: number;
  seed: number;
  /** Records over the nine streams together; see sizesOf. */
  size: number;
  /** Records per object, where `size` should not decide. */
  sizes: Partial<Record<ObjectName, number>>;
  historyDays: number;
  model: ModelName;
  /** When the made-up history ends, epoch ms; the clock unless given. */
  now: number | undefined;
  /** A file with resources to serve as well, JSON Lines. */
  load: string | undefined;
  settings: Partial<ServerSettings>;
}

/** What a server is without any options. */
export function defaultOptions(): ServerOptions {
  return {
    port: 0,
    seed: 1,
    size: 10_000,
    sizes: {},
    historyDays: 1100,
    model: 'published',
    now: undefined,
    load: undefined,
    settings: {},
  };
}

/** The settings of a server without any options. */
export function defaultServerSettings(): ServerSettings {
  return {...defaultSettings(), searchesPerMinute: SEARCHES_PER_MINUTE, latency: 0, lagMs: [0, 0]};
}

/**
 * `total` records over the nine streams as an organization might have them: four in ten are messages. Some companies and
 * the organization's set-up come on top.
 */
export function sizesOf(total: number): Record<ObjectName, number> {
  const share = (part: number, least: number): number =>
    Math.min(total, Math.max(least, Math.round(total * part)));
  const small = {
    shortcuts: share(0.003, 5),
    tags: share(0.003, 5),
    teams: share(0.0005, 3),
    users: share(0.005, 10),
  };
  const rest = Math.max(0, total - small.shortcuts - small.tags - small.teams - small.users);
  const part = (of: number): number => Math.floor(rest * of);
  const big = {conversations: part(0.22), customers: part(0.19), kobjects: part(0.12), notes: part(0.07)};
  const messages = rest - big.conversations - big.customers - big.kobjects - big.notes;
  return {
    ...small,
    ...big,
    messages,
    companies: Math.ceil(total * 0.02),
    klasses: 0,
    brands: 3,
    slas: 4,
    schedules: 2,
    role_groups: 4,
    queues: 5,
    routing_statuses: 6,
    satisfaction_surveys: 3,
    snoozes: 4,
    ai_automations: 3,
    shortcut_categories: 4,
    outbound_accounts: 5,
    spam_senders: 6,
    cards: 2,
    kb_articles: 12,
    kb_categories: 4,
    audit_logs: Math.ceil(total * 0.1),
  };
}

/** Reads the command line; throws a TypeError that says what is wrong with it. What it names itself comes before what `--like` says. */
export function parseOptions(args: string[]): ServerOptions {
  const text = {type: 'string'} as const;
  const {values} = parseArgs({
    args,
    options: {
      port: text,
      seed: text,
      size: text,
      latency: text,
      like: text,
      load: text,
      model: text,
      now: text,
      'requests-per-minute': text,
      'searches-per-minute': text,
      'foreign-per-minute': text,
      'max-page-size': text,
      'history-days': text,
    },
  });
  const like = values.like === undefined ? undefined : readLike(values.like);
  const defaults = {...defaultOptions(), ...(like && {sizes: like.sizes})};
  const settings = applySettings(defaultServerSettings(), like?.settings ?? {});
  const number = (name: keyof typeof values, otherwise: number): number =>
    numberOf(name, values[name], otherwise);
  return {
    ...defaults,
    port: number('port', defaults.port),
    seed: number('seed', defaults.seed),
    size: number('size', defaults.size),
    historyDays: number('history-days', defaults.historyDays),
    model: modelNameOf(values.model ?? like?.model ?? defaults.model),
    now: values.now === undefined ? undefined : Date.parse(values.now),
    load: values.load,
    settings: {
      ...(like && settings),
      latency: number('latency', settings.latency),
      requestsPerMinute: number('requests-per-minute', settings.requestsPerMinute),
      searchesPerMinute: searchesOf(values['searches-per-minute'], settings),
      foreignPerMinute: number('foreign-per-minute', settings.foreignPerMinute),
      maxPageSize: number('max-page-size', settings.maxPageSize),
    },
  };
}

function searchesOf(text: string | undefined, {searchesPerMinute}: ServerSettings): number | null {
  return text === undefined ? searchesPerMinute : numberOf('searches-per-minute', text, 0);
}

function numberOf(name: string, text: string | undefined, otherwise: number): number {
  const value = text === undefined ? otherwise : Number(text);
  if (!Number.isFinite(value) || value < 0 || text === '') throw new TypeError(`--${name} must be a number`);
  return value;
}

function modelNameOf(text: string): ModelName {
  if (text === 'none' || text === 'published' || text === 'huge') return text;
  throw new TypeError('--model must be none, published or huge');
}
