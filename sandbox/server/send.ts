import type {ServerResponse} from 'node:http';
import {promisify} from 'node:util';
import {brotliCompress, deflate, gzip} from 'node:zlib';
import type {Response} from '../api/http';

/** Shorter bodies are not gzipped: it is not worth it. Characters. */
const GZIP_FROM_LENGTH = 1000;

const pack = {
  gzip: (bytes: Buffer) => promisify(gzip)(bytes, {level: 1}),
  br: promisify(brotliCompress),
  deflate: promisify<Buffer, Buffer>(deflate),
};

/** Sends an answer, gzipped if the client takes that and nothing else is said, or acts out what breaks on the wire instead. */
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
  const isLong = body.length >= GZIP_FROM_LENGTH && /\bgzip\b/.test(acceptEncoding);
  const encoding = response.encoding ?? (isLong ? 'gzip' : undefined);
  const bytes = await bytesOf(response, encoding);
  outgoing.writeHead(status, {
    ...headers,
    ...(encoding === undefined ? {} : {'content-encoding': encoding}),
    'content-length': bytes.length,
  });
  if (wire?.kind === 'cut') {
    const part = bytes.subarray(0, Math.floor((bytes.length * wire.at) / Math.max(1, body.length)));
    outgoing.write(part, () => outgoing.destroy());
    return;
  }
  outgoing.end(bytes);
}

function bytesOf({body, charset}: Response, encoding: string | undefined): Buffer | Promise<Buffer> {
  const plain = charset === 'utf16' ? Buffer.from(`\uFEFF${body}`, 'utf16le') : Buffer.from(body);
  switch (encoding) {
    case 'gzip':
    case 'gzip, identity':
      return pack.gzip(plain);
    case 'br':
      return pack.br(plain);
    case 'deflate':
      return pack.deflate(plain);
    default:
      return plain;
  }
}
