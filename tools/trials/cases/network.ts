import {readFileSync} from 'node:fs';
import {createServer, type Server} from 'node:http';
import {createServer as createTlsServer} from 'node:https';
import type {AddressInfo} from 'node:net';
import type {Detour, Trial} from '../trial';
import {trial} from './common';

const HOST = 'https://prod1.api.kustomerapp.com';

async function listen(server: Server): Promise<{port: number; close: () => Promise<void>}> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const {port} = server.address() as AddressInfo;
  const close = (): Promise<void> =>
    new Promise((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  return {port, close};
}

/** A server whose certificate nobody has signed. */
async function selfSigned(): Promise<Detour> {
  const [cert, key] = ['crt', 'key'].map((part) => readFileSync(`test/fixtures/localhost.${part}`));
  const {port, close} = await listen(createTlsServer({cert, key}));
  return {baseUrl: `https://127.0.0.1:${port}`, close};
}

/** A proxy that answers CONNECT with this status. */
async function proxy(status: number): Promise<Detour> {
  const server = createServer();
  server.on('connect', (_, socket) => socket.end(`HTTP/1.1 ${status} No\r\n\r\n`));
  const {port, close} = await listen(server);
  return {baseUrl: HOST, env: {HTTPS_PROXY: `http://127.0.0.1:${port}`}, close};
}

function through(proxyUrl: string): () => Promise<Detour> {
  return () => Promise.resolve({baseUrl: HOST, env: {HTTPS_PROXY: proxyUrl}, close: () => Promise.resolve()});
}

function check(label: string, tried: string, says: RegExp, detour: Trial['detour']): Trial[] {
  return (['check', 'read'] as const).map((command) =>
    trial(`F13 ${label}-${command}`, `${command}: ${tried}`, {
      command,
      ...(detour && {detour}),
      stopAfterMs: 20_000,
      runs: [{expect: {exit: command === 'check' ? 0 : 1, missing: Infinity, says, mostSeconds: 10}}],
    }),
  );
}

/** Connections that cannot be made as things are set up. */
export const NETWORK: readonly Trial[] = [
  ...check('certificate', 'a certificate that nobody has signed', /NODE_EXTRA_CA_CERTS/, selfSigned),
  ...check('plain', 'https to a port that speaks http', /does not speak TLS/, ({url}) =>
    Promise.resolve({baseUrl: url.replace('http:', 'https:'), close: () => Promise.resolve()}),
  ),
  ...check('proxy-url', 'HTTPS_PROXY is no URL', /HTTPS_PROXY/, through('http://[nonsense')),
  ...check(
    'proxy-down',
    'the proxy is down',
    /proxy .*127\.0\.0\.1:9.*cannot be reached/,
    through('http://127.0.0.1:9'),
  ),
  ...check('proxy-407', 'the proxy wants a password', /407.*HTTPS_PROXY/, () => proxy(407)),
  ...check('proxy-403', 'the proxy refuses', /proxy.*403/i, () => proxy(403)),
];
