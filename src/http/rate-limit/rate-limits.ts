import type {HttpResponse, RequestClass} from '../call';
import {type RateLimitHeaders, readRateLimitHeaders} from '../rate-limit-headers';
import {HeaderScope, type Scope} from './header-scope';
import {RateLimit} from './rate-limit';

/** Documented limits, requests/min: of the smallest plan, and of searches by API keys (docs/kustomer-api.md, Rate limits). */
const ORGANIZATION_PER_MINUTE = 300;
const SEARCHES_PER_MINUTE = 100;

export interface RateLimitsOptions {
  /** Our own upper bound, requests/min; undefined for none. */
  readonly requestsPerMinute: number | undefined;
  /**
   * Share of each limit that is left to everybody else: percent. Of the limit of searches too, since it is not documented
   * whether other API keys spend from the same one.
   */
  readonly reservePercent: number;
  /** Called with what was learnt about a limit: one line. */
  readonly onLearned: (message: string) => void;
}

/** A limit is spent: nothing is asked under it until then. */
export interface Wait {
  readonly scope: Scope;
  /** Epoch ms. */
  readonly untilMs: number;
}

/** The limits that requests count against: the organization's, and for searches one of their own besides. Times are epoch ms. */
export class RateLimits {
  readonly organization: RateLimit;
  readonly search: RateLimit;
  private readonly headerScope = new HeaderScope();

  constructor({requestsPerMinute, reservePercent, onLearned}: RateLimitsOptions) {
    const options = {reserveShare: reservePercent / 100, onLearned};
    this.organization = new RateLimit({
      ...options,
      name: "the organization's limit",
      assumedPerMinute: ORGANIZATION_PER_MINUTE,
      maxPerMinute: requestsPerMinute ?? Infinity,
    });
    this.search = new RateLimit({
      ...options,
      name: 'the limit of searches',
      assumedPerMinute: SEARCHES_PER_MINUTE,
      maxPerMinute: Infinity,
    });
  }

  /** When the next request of the class may go: not after `now` if it may go at once. */
  nextAt(requestClass: RequestClass, now: number): number {
    return Math.max(...this.limitsOf(requestClass).map((limit) => limit.nextAt(now)));
  }

  /** When requests of the class may go again after refusals: epoch ms, in the past where nothing holds them. */
  heldUntilMs(requestClass: RequestClass): number {
    return Math.max(...this.limitsOf(requestClass).map((limit) => limit.heldUntilMs));
  }

  /** Whether a few requests of the class need not be spread out. */
  isPlenty(requestClass: RequestClass, now: number): boolean {
    return this.limitsOf(requestClass).every((limit) => limit.isPlenty(now));
  }

  /** Called when a request leaves; `end` is called once it has an answer or has failed. */
  start(requestClass: RequestClass, now: number): void {
    for (const limit of this.limitsOf(requestClass)) limit.start(now);
  }

  end(requestClass: RequestClass): void {
    for (const limit of this.limitsOf(requestClass)) limit.end();
  }

  /** Called with each response. Returns the wait that it began, if it is a refusal. */
  observe(
    requestClass: RequestClass,
    {status, headers}: Pick<HttpResponse, 'status' | 'headers'>,
    now: number,
  ): Wait | undefined {
    const told = readRateLimitHeaders(headers, now);
    this.headerScope.observe(requestClass, status === 429, told);
    const scope = this.headerScope.of(requestClass, told);
    if (status === 429) return this.refused(requestClass, scope, told, now);
    for (const limit of this.limitsOf(requestClass)) limit.passed(now);
    const isSuccess = status >= 200 && status <= 299;
    if (isSuccess && scope !== undefined) this.learn(requestClass, scope, told, now);
    return undefined;
  }

  private learn(requestClass: RequestClass, scope: Scope, told: RateLimitHeaders, now: number): void {
    // What was taken for the limit of searches was the organization's.
    const isMistaken =
      scope === 'organization' && requestClass === 'search' && this.search.toldLimit !== undefined;
    if (isMistaken) this.search.forget();
    this[scope].observe(told, now);
    // A limit of searches above the organization's would limit nothing.
    if (scope === 'search' && told.limit !== undefined) this.organization.assumeAtLeast(told.limit);
  }

  /** A search that is refused while the organization has requests left, or nobody tells, was refused by the limit of searches. */
  private refused(
    requestClass: RequestClass,
    scope: Scope | undefined,
    {limit, remaining, resetAt, retryAt}: RateLimitHeaders,
    now: number,
  ): Wait | undefined {
    const refusing =
      requestClass === 'other' || (scope === 'organization' && remaining === 0) ? 'organization' : 'search';
    // Headers with requests left tell of another limit than the one that refused.
    const isToldOfIt =
      scope === refusing && (requestClass === 'other' || remaining === 0 || remaining === undefined);
    const untilMs = isToldOfIt
      ? this[refusing].refused(now, limit, resetAt ?? retryAt)
      : this[refusing].refused(now, undefined, scope === undefined ? (resetAt ?? retryAt) : retryAt);
    return untilMs === undefined ? undefined : {scope: refusing, untilMs};
  }

  private limitsOf(requestClass: RequestClass): readonly RateLimit[] {
    return requestClass === 'search' ? [this.organization, this.search] : [this.organization];
  }
}
