import {brotliCompressSync, deflateRawSync, deflateSync, gzipSync} from 'node:zlib';
import fc from 'fast-check';
import {Decompressor} from '../../../src/http/body/decompress';

describe('Decompressor', () => {
  test('gives back what was packed, however long the bodies before were', async () => {
    const decompressor = new Decompressor();
    const bodies = fc.array(fc.record({letter: fc.constantFrom('a', 'ü', '注'), length: fc.nat(700_000)}), {
      maxLength: 4,
    });
    await fc.assert(
      fc.asyncProperty(bodies, async (asked) => {
        for (const {letter, length} of asked) {
          const text = letter.repeat(length);
          expect((await decompressor.decompress(gzipSync(text), 'gzip'))?.toString('utf8') === text).toBe(
            true,
          );
        }
      }),
      {numRuns: 20},
    );
  });

  test('leaves alone what is not packed', async () => {
    const body = Buffer.from('{"data":[]}');
    expect(await new Decompressor().decompress(body, 'identity')).toBe(body);
  });

  test.each<[string, Buffer]>([
    ['gzip', gzipSync('{}')],
    ['GZIP', gzipSync('{}')],
    ['x-gzip', gzipSync('{}')],
    ['br', brotliCompressSync('{}')],
    ['deflate', deflateSync('{}')],
    ['deflate', deflateRawSync('{}')],
    ['gzip, identity', gzipSync('{}')],
    ['identity', Buffer.from('{}')],
    ['', Buffer.from('{}')],
    ['gzip, br', brotliCompressSync(gzipSync('{}'))],
    ['deflate,gzip', gzipSync(deflateSync('{}'))],
  ])('knows %s', async (encoding, body) => {
    expect((await new Decompressor().decompress(body, encoding))?.toString('utf8')).toBe('{}');
  });

  test.each(['zstd', 'compress', 'gzip, zstd'])('does not guess what %s is', async (encoding) => {
    expect(await new Decompressor().decompress(gzipSync('{}'), encoding)).toBeUndefined();
  });

  test('has nothing to do where there is nothing', async () => {
    expect(await new Decompressor().decompress(Buffer.alloc(0), 'gzip')).toHaveLength(0);
  });

  const long = 'x'.repeat(10_000);
  test.each<[string, string, Buffer]>([
    ['gzip', 'is cut off', gzipSync(long).subarray(0, 20)],
    ['br', 'is cut off', brotliCompressSync(long).subarray(0, 5)],
    ['gzip, br', 'is cut off inside', brotliCompressSync(gzipSync(long).subarray(0, 20))],
    ['gzip', 'is none', Buffer.from('{"data":[]}')],
    ['deflate', 'is none', Buffer.from('{"data":[]}')],
    ['br', 'is none', Buffer.from('{"data":[]}')],
  ])('%s that %s is not guessed', async (encoding, _, body) => {
    expect(await new Decompressor().decompress(body, encoding)).toBeUndefined();
  });
});
