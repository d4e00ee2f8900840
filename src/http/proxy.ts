import {getProxyForUrl} from 'proxy-from-env';

/** The variables that name a proxy, in upper or lower case. */
const PROXY_VARIABLE = /^(https?|all)_proxy$/i;

/** The proxy that requests go through. */
export interface Proxy {
  /** `host:port`, as it may be shown; undefined where the variable is no usable URL. */
  readonly name: string | undefined;
}

/** The proxy of the environment for this URL; undefined for none. Axios finds the same one by the same package. */
export function proxyFor(baseUrl: string): Proxy | undefined {
  // Plain http goes to this machine only, and never through a proxy (transport.ts).
  if (!baseUrl.startsWith('https:')) return undefined;
  const text = getProxyForUrl(baseUrl);
  if (text === '') return undefined;
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (!url || !/^https?:$/.test(url.protocol) || url.hostname === '') return {name: undefined};
  return {name: `${url.hostname}:${url.port || (url.protocol === 'https:' ? '443' : '80')}`};
}

/** The passwords of all proxies of an environment, in each form in which they may be repeated: none of them may ever be shown. */
export function proxySecrets(environment: Readonly<Record<string, string | undefined>>): readonly string[] {
  return Object.entries(environment).flatMap(([variable, value = '']) => {
    const [, user = '', password = ''] = /^(?:\w+:\/\/)?([^:@]*):(.*)@/.exec(value) ?? [];
    if (!PROXY_VARIABLE.test(variable) || password === '') return [];
    const decoded = decodeOr(password);
    return [password, decoded, Buffer.from(`${decodeOr(user)}:${decoded}`).toString('base64')];
  });
}

function decodeOr(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
