import {type IncomingHttpHeaders, type IncomingMessage, type ServerResponse, createServer} from 'node:http';
import type {AddressInfo} from 'node:net';

/** A request as a server saw it. */
export interface Seen {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

export type Answer = (response: ServerResponse, seen: Seen) => void;

/** An HTTP server that plays a script, and remembers what it was asked. */
export interface Web {
  readonly url: string;
  readonly seen: readonly Seen[];
  close(): Promise<void>;
}

const open = new Set<Web>();

/** Closes all servers that were started: for `afterEach`. */
export async function closeServers(): Promise<void> {
  await Promise.all([...open].map((web) => web.close()));
}

/** Serves the answers one after the other; the last one again and again. */
export async function serve(...answers: readonly Answer[]): Promise<Web> {
  const seen: Seen[] = [];
  const server = createServer((request, response) => {
    void textOf(request).then((body) => {
      const {method = '', url = '', headers} = request;
      const one = {method, url, headers, body};
      seen.push(one);
      (answers[seen.length - 1] ?? answers.at(-1))?.(response, one);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const {port} = server.address() as AddressInfo;
  const web: Web = {
    url: `http://127.0.0.1:${port}`,
    seen,
    close: () => {
      open.delete(web);
      return new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      });
    },
  };
  open.add(web);
  return web;
}

/** Answers with JSON. */
export function json(value: unknown, status = 200, headers: Record<string, string> = {}): Answer {
  return (response) => {
    response.writeHead(status, {'content-type': 'application/json', ...headers}).end(JSON.stringify(value));
  };
}

/** Answers as Kustomer does when something is wrong. */
export function problem(
  status: number,
  title = 'Something went wrong',
  headers: Record<string, string> = {},
): Answer {
  return json({errors: [{status: String(status), code: 'code', title}]}, status, headers);
}

async function textOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}
