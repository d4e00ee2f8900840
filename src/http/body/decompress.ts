import {createBrotliDecompress, createGunzip, createInflate, createInflateRaw} from 'node:zlib';

/** Bytes decompressed at a time. */
const CHUNK_BYTES = 1 << 18;

type Decoder = ReturnType<typeof createGunzip>;

/** Decompresses response bodies into one reused buffer: dead page-sized buffers are collected too late (docs/performance.md). */
export class Decompressor {
  private buffer = Buffer.alloc(0);

  /**
   * Undoes the codings of a Content-Encoding header (RFC 9110, 8.4): gzip, deflate, br, identity, or several of them. Only
   * gzip is asked for, but gateways are known to choose for themselves.
   * @returns the bytes, valid until the next call; undefined when they are cut off or broken, or the coding is unknown
   */
  async decompress(body: Buffer, contentEncoding: string): Promise<Buffer | undefined> {
    const codings = contentEncoding
      .toLowerCase()
      .split(',')
      .map((coding) => coding.trim())
      .filter((coding) => coding !== '' && coding !== 'identity');
    if (codings.length === 0 || body.length === 0) return body;
    // The coding that was applied last is undone first.
    const decoders = codings
      .reverse()
      .flatMap((coding, at) => decoderOf(coding, at === 0 ? body : undefined) ?? []);
    if (decoders.length < codings.length) return undefined;
    const last = decoders.reduce((from, to) => {
      from.once('error', (error) => to.destroy(error));
      return from.pipe(to);
    });
    decoders[0]?.end(body);
    try {
      return await this.collect(last);
    } catch {
      return undefined;
    }
  }

  private async collect(chunks: AsyncIterable<Buffer>): Promise<Buffer> {
    let length = 0;
    for await (const chunk of chunks) {
      this.grow(length + chunk.length);
      length += chunk.copy(this.buffer, length);
    }
    return this.buffer.subarray(0, length);
  }

  private grow(length: number): void {
    if (length <= this.buffer.length) return;
    const larger = Buffer.allocUnsafeSlow(Math.max(length, 2 * this.buffer.length, CHUNK_BYTES));
    this.buffer.copy(larger);
    this.buffer = larger;
  }
}

/** @param body what it decodes, where that is known already */
function decoderOf(coding: string, body: Buffer | undefined): Decoder | undefined {
  const options = {chunkSize: CHUNK_BYTES};
  switch (coding) {
    case 'gzip':
    case 'x-gzip':
      return createGunzip(options);
    case 'br':
      return createBrotliDecompress(options);
    case 'deflate':
      return !body || hasZlibHeader(body) ? createInflate(options) : createInflateRaw(options);
    default:
      return undefined;
  }
}

/** Some servers send `deflate` without the zlib header that RFC 9110, 8.4.1.2, asks for. RFC 1950, 2.2: method 8, and a check of 5 bits. */
function hasZlibHeader(body: Buffer): boolean {
  return body.length > 1 && body.readUInt16BE(0) % 31 === 0 && body.readUInt8(0) % 16 === 8;
}
