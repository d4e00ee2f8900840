import {HttpResponse, http} from 'msw';
import {setupServer} from 'msw/node';
import type {Api} from '../../sandbox/api/api';
import {handlers} from '../../sandbox/server/msw';

/** A request as a script saw it; `url` from the root, `headers` in lower case. */
export interface Seen {
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

export type Answer = (seen: Seen) => Response | Promise<Response>;

/** A host that plays a script, and remembers what it was asked. */
export interface Script {
  readonly url: string;
  readonly seen: readonly Seen[];
}

const mock = setupServer();
let port = 10_000;

// Whoever imports this file has all requests of its tests answered here, and those to unknown hosts failed.
beforeAll(() => mock.listen({onUnhandledRequest: 'error'}));
afterEach(() => mock.resetHandlers());
afterAll(() => mock.close());

/** Serves the answers one after the other, the last one again and again, until the test ends. */
export function serveScript(...answers: readonly Answer[]): Script {
  const url = nextUrl();
  const seen: Seen[] = [];
  mock.use(
    http.all(`${url}/*`, async ({request}) => {
      const one = {
        method: request.method,
        url: request.url.slice(url.length),
        headers: Object.fromEntries(request.headers),
        body: await request.text(),
      };
      seen.push(one);
      return (answers[seen.length - 1] ?? answers.at(-1))?.(one);
    }),
  );
  return {url, seen};
}

/** Serves a sandbox's API until the test ends. @param clock epoch ms @returns its base URL */
export function serveApi(api: Api, clock: () => number): string {
  const url = nextUrl();
  mock.use(...handlers(api, url, clock));
  return url;
}

/** Answers with JSON. */
export function json(value: unknown, status = 200, headers: Record<string, string> = {}): Answer {
  return answer(JSON.stringify(value), status, {'content-type': 'application/json', ...headers});
}

/** Answers as Kustomer does when something is wrong. */
export function problem(
  status: number,
  title = 'Something went wrong',
  headers: Record<string, string> = {},
): Answer {
  return json({errors: [{status: String(status), code: 'code', title}]}, status, headers);
}

/** Answers with bytes as they are; `null` for none. */
export function answer(
  body: string | Buffer<ArrayBuffer> | null,
  status = 200,
  headers: Record<string, string> = {},
): Answer {
  return () => new HttpResponse(body, {status, headers});
}

// Plain http, which no proxy of the environment touches; of this machine, since `base_url` allows it for no other.
function nextUrl(): string {
  return `http://localhost:${++port}`;
}
