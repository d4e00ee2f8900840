import {readFileSync} from 'node:fs';
import {createServer, type IncomingMessage, type Server, type ServerResponse} from 'node:http';
import type {AddressInfo} from 'node:net';
import {setTimeout as delay} from 'node:timers/promises';
import {Api, requestOf} from '../api/api';
import {Control, ControlError, type Traffic} from './control';
import {rowsOfLines} from '../world/load';
import {
  defaultOptions,
  defaultServerSettings,
  sizesOf,
  type ServerOptions,
  type ServerSettings,
} from './options';
import {send} from './send';
import {createWorld, type World} from '../world/world';

export {sizesOf, type ServerOptions, type ServerSettings} from './options';

/** A sandbox that listens. */
export interface Sandbox {
  /** As `http://127.0.0.1:45678`. */
  url: string;
  close(): Promise<void>;
  world: World;
  api: Api;
  /** Takes effect at once when changed. */
  settings: ServerSettings;
}

/** Starts a Kustomer on 127.0.0.1; what `given` leaves open is as `defaultOptions` has it. */
export async function startServer(given: Partial<ServerOptions> = {}): Promise<Sandbox> {
  const options = {...defaultOptions(), ...given};
  const settings = {...defaultServerSettings(), ...options.settings};
  const world = worldOfOptions(options);
  const api = new Api(world, settings);
  const traffic: Traffic = {inFlight: 0, maxInFlight: 0, connections: 0};
  const control = new Control(api, settings, traffic, Date.now);
  const server = createServer((incoming, outgoing) => {
    serve(incoming, outgoing, api, control, traffic, settings).catch((error: unknown) => {
      const message = error instanceof Error ? error.message : String(error);
      const isOurs = !(error instanceof ControlError || error instanceof SyntaxError);
      if (!outgoing.headersSent) {
        outgoing
          .writeHead(isOurs ? 500 : 400, {'content-type': 'application/json'})
          .end(JSON.stringify({error: message}));
      }
    });
  });
  server.on('connection', () => traffic.connections++);
  // Longer than any client's, so that a connection kept alive is never closed under a request.
  server.keepAliveTimeout = 120_000;
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(options.port, '127.0.0.1', resolve);
  });
  const {port} = server.address() as AddressInfo;
  return {url: `http://127.0.0.1:${port}`, close: () => close(server, control), world, api, settings};
}

function worldOfOptions({seed, size, sizes, historyDays, model, now, load}: ServerOptions): World {
  const all = {...sizesOf(size), ...sizes};
  const world = createWorld({seed, now: now ?? Date.now(), sizes: all, historyDays, model});
  if (load !== undefined) {
    rowsOfLines(readFileSync(load, 'utf8')).forEach((row) => world.insert(row));
  }
  return world;
}

async function serve(
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  api: Api,
  control: Control,
  traffic: Traffic,
  settings: ServerSettings,
): Promise<void> {
  const body = await textOf(incoming);
  const {method = 'GET', url = '/'} = incoming;
  if (url.startsWith('/sandbox/')) {
    const answer = control.handle(method, new URL(url, 'http://sandbox'), body);
    outgoing.writeHead(200, {'content-type': 'application/json'}).end(JSON.stringify(answer));
    return;
  }
  traffic.maxInFlight = Math.max(traffic.maxInFlight, ++traffic.inFlight);
  outgoing.once('close', () => traffic.inFlight--);
  const headers = Object.fromEntries(
    Object.entries(incoming.headers).map(([name, value]) => [name, String(value)]),
  );
  const at = Date.now();
  const response = api.handle(requestOf(method, url, headers, body), at);
  control.log.add({at, method, url, body, status: response.status});
  const wait = settings.latency + (response.wire?.kind === 'slow' ? response.wire.ms : 0);
  if (wait > 0) {
    await delay(wait);
  }
  await send(response, outgoing, headers['accept-encoding'] ?? '');
}

async function textOf(incoming: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) {
    chunks.push(chunk as Buffer);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function close(server: Server, control: Control): Promise<void> {
  control.stop();
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
