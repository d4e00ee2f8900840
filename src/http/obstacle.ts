import type {Obstacle} from './errors';

/** What Node says of a certificate that it does not trust (nodejs.org/api/tls.html, X509 certificate error codes). */
const CERTIFICATE =
  /CERT|^(UNABLE_TO_(GET|DECRYPT|DECODE|VERIFY)_|INVALID_CA$|INVALID_PURPOSE$|HOSTNAME_MISMATCH$|PATH_LENGTH_EXCEEDED$)/;
/** What OpenSSL says when the other side does not speak TLS; its other alerts may pass. */
const NOT_TLS = /wrong version number|packet length too long|http request|WRONG_VERSION_NUMBER/i;
/** Nobody answers at an address. */
const UNREACHABLE = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EHOSTUNREACH', 'ENETUNREACH']);

/**
 * What in the set-up makes an error of the network final; undefined for one that may pass.
 * @param proxy `host:port` of the proxy in use; undefined for none
 */
export function obstacleOf(
  {code = '', message}: {readonly code?: string | undefined; readonly message: string},
  proxy: string | undefined,
): Obstacle | undefined {
  const via = proxy === undefined ? {} : {proxy};
  if (CERTIFICATE.test(code)) return {kind: 'certificate', ...via};
  if (NOT_TLS.test(`${code} ${message}`)) return {kind: 'plain port', ...via};
  // With a proxy, it is the only one that this machine connects to.
  if (proxy !== undefined && UNREACHABLE.has(code)) return {kind: 'proxy unreachable', proxy};
  return undefined;
}

/** What a proxy's refusal to connect to Kustomer means; undefined for one that may pass. @param status of its response to CONNECT */
export function proxyObstacle(status: number, proxy: string): Obstacle | undefined {
  if (status === 407) return {kind: 'proxy credentials', proxy};
  return status >= 500 ? undefined : {kind: 'proxy refusal', proxy};
}
