import {createGunzip} from 'node:zlib';

/** Unpacked at a time: bytes. */
const CHUNK = 1 << 18;

/**
 * Unpacks bodies, always into the same memory: a new piece of it for each page would long be garbage before it is found to be.
 */
export class Gunzip {
  private buffer = Buffer.alloc(0);

  /**
   * The bytes of a body as it came over the network, good until the next is unpacked.
   * @param encoding the Content-Encoding header; gzip is the only one that is asked for (RFC 9110, 8.4.1: in any case, x- or not)
   * @returns undefined when it is cut off or broken, or packed in another way
   */
  async gunzip(body: Buffer, encoding: string): Promise<Buffer | undefined> {
    if (/^identity$/i.test(encoding)) return body;
    if (!/^(x-)?gzip$/i.test(encoding)) return undefined;
    const gunzip = createGunzip({chunkSize: CHUNK});
    gunzip.end(body);
    let length = 0;
    try {
      for await (const chunk of gunzip as AsyncIterable<Buffer>) {
        this.fit(length + chunk.length);
        length += chunk.copy(this.buffer, length);
      }
    } catch {
      return undefined;
    }
    return this.buffer.subarray(0, length);
  }

  private fit(length: number): void {
    if (length <= this.buffer.length) return;
    const larger = Buffer.allocUnsafeSlow(Math.max(length, 2 * this.buffer.length, CHUNK));
    this.buffer.copy(larger);
    this.buffer = larger;
  }
}
