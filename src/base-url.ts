const PROD1 = 'https://api.kustomerapp.com';
const PROD2 = 'https://api.prod2.kustomerapp.com';
const PROD4 = 'https://api.prod4.kustomerapp.com';

/** The hosts of the regions, by the names that the form shows and by the short ones (docs/kustomer-api.md, Where and who). */
export const REGION_HOSTS = {
  'United States': PROD1,
  Europe: PROD2,
  India: PROD4,
  us: PROD1,
  eu: PROD2,
  in: PROD4,
} as const;

/** What never leaves the machine. Names beneath `localhost` may: Node asks the DNS for them. */
const LOOPBACK = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/;
const SCHEME = /^[a-z][a-z\d+.-]*:\/\//i;
/** An organization's name alone, or the host that its people open in a browser, or its API host. */
const ORGANISATION = /^(?!localhost$|api\.kustomerapp\.com$)([a-z\d-]+)(?:(?:\.api)?\.kustomerapp\.com)?$/;

/**
 * Reads `base_url`: a URL, or what an organization is known by: `acme`, `acme.kustomerapp.com`, `https://acme.api.kustomerapp.com/v1`,
 * all of which become `https://acme.api.kustomerapp.com`.
 * @returns the URL without `/v1` and without a slash at the end; or what is wrong with it, to follow the key's name
 */
export function readBaseUrl(text: string): {readonly url: string} | {readonly problem: string} {
  const url = parse(text);
  if (!url) return {problem: 'must be a URL such as https://acme.api.kustomerapp.com'};
  if (url.username || url.password) return {problem: 'must not hold a user name or password'};
  const organization = url.port === '' && ORGANISATION.exec(url.hostname)?.[1];
  if (organization && url.protocol === 'https:') {
    return {url: `https://${organization}.api.kustomerapp.com`};
  }
  if (url.search || url.hash) return {problem: 'must end with the host or a path, without "?" or "#"'};
  const isSafe = url.protocol === 'https:' || (url.protocol === 'http:' && LOOPBACK.test(url.hostname));
  if (!isSafe) {
    return {
      problem:
        "must begin with https:// (plain http only for this machine's own addresses, so that the token never travels in the clear)",
    };
  }
  return {url: url.href.replace(/\/+$/, '').replace(/\/v1$/, '')};
}

function parse(text: string): URL | undefined {
  const whole = SCHEME.test(text.replace(/[\t\r\n]/g, '').trim()) ? text : `https://${text.trim()}`;
  return URL.canParse(whole) ? new URL(whole) : undefined;
}
