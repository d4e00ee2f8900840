import fc from 'fast-check';
import {Output} from '../../../src/records/walk/output';

/** An object whose members are these texts, each with a comma before it. */
function written(output: Output, pieces: readonly string[]): Buffer {
  output.begin(1);
  for (const piece of pieces) {
    const bytes = Buffer.from(`,${piece}`);
    output.copy(bytes, 0, bytes.length);
  }
  const text = output.endObject();
  output.give();
  return text;
}

test('what was given away stays, whatever follows', () => {
  const output = new Output();
  const piece = fc.integer({min: 0, max: 40_000}).map((length) => 'é'.repeat(length));
  fc.assert(
    fc.property(fc.array(fc.array(piece, {minLength: 1, maxLength: 3}), {maxLength: 5}), (texts) => {
      const given = texts.map((pieces) => written(output, pieces));
      expect(given.map(String)).toEqual(texts.map((pieces) => `{${pieces.join()}}`));
    }),
    {numRuns: 30},
  );
});

test('text is escaped from a size on', () => {
  const output = new Output();
  fc.assert(
    fc.property(fc.json({maxDepth: 2}), (json) => {
      output.begin(1);
      output.text(',"');
      const {size} = output;
      output.text(json);
      output.escape(size);
      output.text('"');
      expect(output.endObject().toString()).toBe(`{${JSON.stringify(json)}}`);
    }),
  );
});

test('what was written is taken back', () => {
  const output = new Output();
  output.begin(1);
  output.text(',1');
  const {size} = output;
  output.text(',2');
  output.cut(size);
  expect([size, output.endObject().toString()]).toEqual([2, '{1}']);
});
