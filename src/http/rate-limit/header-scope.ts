import type {RequestClass} from '../call';
import type {RateLimitHeaders} from '../rate-limit-headers';

/** Which limit a header tells. */
export type Scope = 'search' | 'organization';

/** The organization's limits that there are, requests/min, by plan (docs/kustomer-api.md, Rate limits). */
const ORGANIZATION_LIMITS = [300, 500, 1000, 2000];
/** Two levels of one counter are closer than this, as a share of the limit and in requests. */
const MAX_GAP_SHARE = 0.02;
const MAX_GAP_REQUESTS = 10;
/** This many gaps in a row of the same direction are no coincidence. */
const MIN_GAPS = 4;

/**
 * Which limit the headers of searches' answers tell: it is not documented whether the one of searches or the organization's.
 * A limit that differs from what other answers tell, or else from those of all plans, is that of searches. Where it is equal,
 * the levels tell: one counter only falls from answer to answer, two stay apart.
 */
export class HeaderScope {
  /** The organization's limit: as answers to other requests than searches told it last. */
  private organizationLimit: number | undefined;
  /** A limit that had requests left when a search was refused, so not the one of searches. */
  private notOfSearch: number | undefined;
  private last: {readonly requestClass: RequestClass; readonly remaining: number} | undefined;
  private gaps = 0;
  private direction = 0;

  /** @returns undefined if the answer tells no limit */
  of(requestClass: RequestClass, {limit}: RateLimitHeaders): Scope | undefined {
    if (requestClass === 'other') return 'organization';
    if (limit === undefined) return undefined;
    const {organizationLimit} = this;
    if (organizationLimit === undefined) {
      const isOrganization = ORGANIZATION_LIMITS.includes(limit) || limit === this.notOfSearch;
      return isOrganization ? 'organization' : 'search';
    }
    return limit !== organizationLimit || this.gaps >= MIN_GAPS ? 'search' : 'organization';
  }

  /** Called with the headers of each answer, before it is asked what they tell. */
  observe(requestClass: RequestClass, isRefusal: boolean, {limit, remaining}: RateLimitHeaders): void {
    if (limit === undefined) return;
    if (requestClass === 'other') this.organizationLimit = limit;
    if (remaining === undefined) return;
    if (!isRefusal && limit === this.organizationLimit) this.compare(requestClass, remaining, limit);
    if (isRefusal && requestClass === 'search' && remaining > 0) this.notOfSearch = limit;
  }

  private compare(requestClass: RequestClass, remaining: number, limit: number): void {
    const {last} = this;
    this.last = {requestClass, remaining};
    if (this.gaps >= MIN_GAPS || !last || last.requestClass === requestClass) return;
    const gap = (remaining - last.remaining) * (requestClass === 'search' ? 1 : -1);
    const isLarge = Math.abs(gap) > Math.max(MAX_GAP_REQUESTS, limit * MAX_GAP_SHARE);
    this.gaps = !isLarge ? 0 : Math.sign(gap) === this.direction ? this.gaps + 1 : 1;
    this.direction = Math.sign(gap);
  }
}
