import {setTimeout as delay} from 'node:timers/promises';
import {http, HttpResponse, type HttpHandler} from 'msw';
import {requestOf, type Api, type Response as Answer} from '../api/api';

/** Answers every request to `baseUrl` in-process through msw; `clock` gives epoch ms. */
export function handlers(api: Api, baseUrl: string, clock: () => number): HttpHandler[] {
  return [
    http.all(`${baseUrl.replace(/\/$/, '')}/*`, async ({request}) => {
      const headers = Object.fromEntries(request.headers);
      const asked = requestOf(request.method, request.url, headers, await request.text());
      return act(api.handle(asked, clock()));
    }),
  ];
}

async function act({status, headers, body, wire}: Answer): Promise<Response> {
  switch (wire?.kind) {
    case 'reset':
      return HttpResponse.error();
    case 'hang':
      return new Promise(() => undefined);
    case 'cut':
      return new Response(brokenStream(body.slice(0, wire.at)), {status, headers});
    case 'slow':
      await delay(wire.ms);
      break;
    case undefined:
  }
  return new HttpResponse(status === 204 ? null : body, {status, headers});
}

function brokenStream(beginning: string): ReadableStream<Uint8Array> {
  return new ReadableStream({
    start(controller) {
      controller.enqueue(new TextEncoder().encode(beginning));
    },
    pull(controller) {
      controller.error(new Error('connection reset'));
    },
  });
}
