import type {ServerResponse} from 'node:http';
import {promisify} from 'node:util';
import {gzip} from 'node:zlib';
import type {Response} from '../api/http';

const compress = promisify(gzip);

/** Shorter bodies are not worth it. */
const COMPRESS_FROM = 1000;

/** Sends an answer, gzipped if the client takes that, or acts out what breaks on the wire instead. */
export async function send(
  response: Response,
  outgoing: ServerResponse,
  acceptEncoding: string,
): Promise<void> {
  const {status, headers, body, wire} = response;
  if (wire?.kind === 'hang') return;
  if (wire?.kind === 'reset') {
    outgoing.socket?.resetAndDestroy();
    return;
  }
  const isLong = body.length >= COMPRESS_FROM && /\bgzip\b/.test(acceptEncoding);
  const bytes = isLong ? await compress(body, {level: 1}) : Buffer.from(body);
  const encoding = isLong ? {'content-encoding': 'gzip'} : {};
  outgoing.writeHead(status, {...headers, ...encoding, 'content-length': bytes.length});
  if (wire?.kind === 'cut') {
    const part = bytes.subarray(0, Math.floor((bytes.length * wire.at) / Math.max(1, body.length)));
    outgoing.write(part, () => outgoing.destroy());
    return;
  }
  outgoing.end(bytes);
}
