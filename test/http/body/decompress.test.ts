import {gzipSync} from 'node:zlib';
import fc from 'fast-check';
import {Gunzip} from '../../../src/http/body/gunzip';

describe('Unpacker', () => {
  test('gives back what was packed, however long the bodies before were', async () => {
    const unpacker = new Gunzip();
    const bodies = fc.array(fc.record({letter: fc.constantFrom('a', 'ü', '注'), length: fc.nat(700_000)}), {
      maxLength: 4,
    });
    await fc.assert(
      fc.asyncProperty(bodies, async (asked) => {
        for (const {letter, length} of asked) {
          const text = letter.repeat(length);
          expect((await unpacker.gunzip(gzipSync(text), 'gzip'))?.toString('utf8') === text).toBe(true);
        }
      }),
      {numRuns: 20},
    );
  });

  test('leaves alone what is not packed', async () => {
    const body = Buffer.from('{"data":[]}');
    expect(await new Gunzip().gunzip(body, 'identity')).toBe(body);
  });

  test.each(['gzip', 'GZIP', 'x-gzip'])('knows it as %s', async (encoding) => {
    expect((await new Gunzip().gunzip(gzipSync('{}'), encoding))?.toString('utf8')).toBe('{}');
  });

  test('what is packed in another way is not guessed', async () => {
    expect(await new Gunzip().gunzip(Buffer.from('{}'), 'br')).toBeUndefined();
  });

  test.each([
    ['cut off', gzipSync('x'.repeat(10_000)).subarray(0, 20)],
    ['none of it', Buffer.from('{"data":[]}')],
    ['empty', Buffer.alloc(0)],
  ])('what is %s is not guessed', async (_, body) => {
    expect(await new Gunzip().gunzip(body, 'gzip')).toBeUndefined();
  });
});
