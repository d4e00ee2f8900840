import {readFileSync} from 'node:fs';
import {createServer} from 'node:http';
import {type Server, createServer as createTlsServer} from 'node:https';
import {type AddressInfo, type Socket, connect} from 'node:net';
import {join} from 'node:path';

const fixtures = join(__dirname, '..', 'fixtures');
/** A certificate for `localhost` that is valid until 2126, and that nobody trusts who is not told to. */
export const CERTIFICATE = join(fixtures, 'localhost.crt');

/** Something that listens on this machine. */
export interface Listening {
  readonly port: number;
  close(): void;
}

/** A proxy, and each CONNECT that it was asked for: its target, and its Proxy-Authorization. */
export interface TestProxy extends Listening {
  readonly asked: {readonly target: string; readonly authorization: string | undefined}[];
}

/** @param status what it answers to CONNECT; with 200 it tunnels, other answers repeat what it was sent */
export async function startProxy(status: number): Promise<TestProxy> {
  const asked: TestProxy['asked'] = [];
  const open = new Set<Socket>();
  const server = createServer();
  server.on('connection', (socket) => open.add(socket));
  server.on('connect', ({url = '', headers}, socket) => {
    const authorization = headers['proxy-authorization'];
    asked.push({target: url, authorization});
    if (status !== 200) {
      socket.end(`HTTP/1.1 ${status} No ${authorization}\r\ncontent-length: 0\r\n\r\n`);
      return;
    }
    const [host = '', port] = url.split(':');
    const target = connect(Number(port), host, () => {
      socket.write('HTTP/1.1 200 OK\r\n\r\n');
      target.pipe(socket).pipe(target);
    });
    open.add(target);
    target.on('error', () => socket.destroy());
    socket.on('error', () => target.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const close = (): void => {
    server.close();
    for (const socket of open) socket.destroy();
  };
  return {port: (server.address() as AddressInfo).port, asked, close};
}

/** A server that speaks TLS with {@link CERTIFICATE}, and answers each path with this JSON. */
export async function startTlsServer(answer: (path: string) => unknown): Promise<Listening> {
  const key = readFileSync(join(fixtures, 'localhost.key'));
  const server: Server = createTlsServer({key, cert: readFileSync(CERTIFICATE)}, ({url = ''}, response) => {
    response.writeHead(200, {'content-type': 'application/json'}).end(JSON.stringify(answer(url)));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const close = (): void => {
    server.close();
    server.closeAllConnections();
  };
  return {port: (server.address() as AddressInfo).port, close};
}
