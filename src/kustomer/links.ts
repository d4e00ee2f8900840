import {BadResponseError, type Endpoint} from '../http/errors';

/** Where a link of a response leads, on the host that we ask. */
export interface Link {
  /** Such as `/v1/tags`. */
  readonly path: string;
  readonly params: Readonly<Record<string, string>>;
}

/**
 * Resolves a link, relative or absolute. Only its path and query are kept, so the token goes nowhere but to `baseUrl`.
 * @param baseUrl without `/v1` and without a slash at the end; @param endpoint whose response has the link
 * @throws BadResponseError for a link to another host, or one that is no address
 */
export function resolveLink(link: string, baseUrl: string, endpoint: Endpoint): Link {
  const base = new URL(baseUrl);
  const from = new URL(endpoint.path, base.origin).href;
  if (!URL.canParse(link, from)) throw new BadResponseError(endpoint, 'its "links.next" is no address');
  const url = new URL(link, from);
  if (url.host !== base.host) {
    throw new BadResponseError(
      endpoint,
      `its "links.next" leads to another host (${url.host}), where the API key is not sent`,
    );
  }
  const prefix = base.pathname.replace(/\/+$/, '');
  const isBelow = prefix !== '' && url.pathname.startsWith(`${prefix}/`);
  return {
    path: isBelow ? url.pathname.slice(prefix.length) : url.pathname,
    params: Object.fromEntries(url.searchParams),
  };
}

/** A parameter in the query of a link, where it has one. */
export function paramOf(link: unknown, name: string): string | undefined {
  if (typeof link !== 'string' || !URL.canParse(link, 'http://localhost')) return undefined;
  return new URL(link, 'http://localhost').searchParams.get(name) ?? undefined;
}

/** The page number that a link asks for, where it has one. */
export function pageNumberOf(link: unknown): number | undefined {
  const page = paramOf(link, 'page');
  return page !== undefined && /^\d+$/.test(page) ? Number(page) : undefined;
}
