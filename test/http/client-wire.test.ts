import {gzipSync} from 'node:zlib';
import {TAGS, clientOf} from '../fakes/client';
import {type Answer, closeServers, json, serve} from '../fakes/web';

const GZIP = gzipSync(JSON.stringify({data: ['some text that is worth it']}));

afterEach(closeServers);

/** Breaks the connection once the beginning of the body is sent. */
function cut(beginning: string | Buffer, headers: Record<string, string | number>): Answer {
  return (response) => {
    response.writeHead(200, headers);
    response.write(beginning, () => response.destroy());
  };
}

describe('an attempt that failed on the wire is made again', () => {
  test.each<[string, Answer, RegExp]>([
    ['a reset', (response) => response.socket?.resetAndDestroy(), /network ECONNRESET/],
    ['a connection closed without an answer', (response) => response.socket?.destroy(), /network ECONNRESET/],
    ['a body cut off', cut('{"data": [', {'content-length': 1000}), /network/],
    ['a chunked body cut off', cut('{"data": [', {}), /network/],
    [
      'a gzip body cut off',
      cut(GZIP.subarray(0, 20), {'content-encoding': 'gzip', 'content-length': GZIP.length}),
      /network/,
    ],
  ])('after %s', async (_, bad, told) => {
    const web = await serve(bad, bad, json({data: []}));
    const {client, retries, clock} = clientOf(web.url);
    expect(await client.request(TAGS)).toEqual({data: []});
    expect(web.seen).toHaveLength(3);
    expect(client.counts).toMatchObject({requests: 3, retries: 2});
    expect(retries).toHaveLength(2);
    expect(retries[0]).toMatch(told);
    expect(retries[0]).toMatch(/^GET \/v1\/tags /);
    expect(clock.sleeps).toEqual([375, 750]);
  });
});
