declare module 'proxy-from-env' {
  /** The proxy that the environment names for a URL (HTTPS_PROXY, ALL_PROXY, NO_PROXY); '' for none. */
  export function getProxyForUrl(url: string): string;
}
