import type {Obstacle} from './http/errors';

/** What the user should do about a connection that cannot be made as things are set up. @param detail what Node or the proxy says */
export function obstacleSentence({kind, proxy}: Obstacle, detail: string): string {
  const named = proxy === undefined ? 'The proxy' : `The proxy ${proxy}`;
  switch (kind) {
    case 'certificate':
      return `Kustomer's certificate cannot be verified (${detail}). Where a proxy or firewall signs this network's traffic with a certificate of its own, name the file of that certificate (PEM) in the environment variable NODE_EXTRA_CA_CERTS; otherwise check "base_url".`;
    case 'plain port':
      return proxy === undefined
        ? `The port that "base_url" names does not speak TLS, so the token is not sent there: check the host and the port (${detail}).`
        : `${named} or the host behind it does not speak TLS: check HTTPS_PROXY (its own URL mostly begins with http://) and "base_url" (${detail}).`; // # ignore-https-check: a proxy's own
    case 'proxy URL':
      return 'The proxy that HTTPS_PROXY (or ALL_PROXY) names is no URL that can be used: it must look like http://proxy.example.com:3128.'; // # ignore-https-check: a proxy's own
    case 'proxy unreachable':
      return `${named} cannot be reached (${detail}): check HTTPS_PROXY, or name Kustomer's host in NO_PROXY.`;
    case 'proxy credentials':
      return `${named} asks for a user name and a password (407): put the right ones into HTTPS_PROXY, as in http://user:password@proxy.example.com:3128.`; // # ignore-https-check: a proxy's own
    case 'proxy refusal':
      return `${named} refuses to connect to Kustomer (${detail}): let it allow the host of "base_url" or "region", port 443.`;
  }
}
