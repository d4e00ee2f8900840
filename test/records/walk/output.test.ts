import fc from 'fast-check';
import {Output} from '../../../src/records/walk/output';

const NOTHING = Buffer.alloc(0);

/** An object whose members are these texts, each with a comma before it. */
function written(output: Output, pieces: readonly string[]): Buffer {
  output.begin(NOTHING);
  for (const piece of pieces) {
    const bytes = Buffer.from(`,${piece}`);
    output.put(bytes);
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
      output.begin(NOTHING);
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
  output.begin(NOTHING);
  output.text(',1');
  const {size} = output;
  output.text(',2');
  output.cut(size);
  expect([size, output.endObject().toString()]).toEqual([2, '{1}']);
});

test('pieces of an input come out as they were asked for, be they neighbours or not, and can be taken back', () => {
  const input = Buffer.from(Array.from({length: 500}, (_, at) => 97 + (at % 26)));
  const step = fc.oneof(
    fc.record({from: fc.nat(500), length: fc.nat(300)}),
    fc.record({next: fc.nat(300)}),
    fc.record({put: fc.constantFrom('x', '""', '')}),
    fc.record({cut: fc.nat(400)}),
  );
  const output = new Output(64);
  fc.assert(
    fc.property(fc.array(step), (steps) => {
      output.begin(input);
      output.byte(0x2c);
      let expected = '';
      let end = 0;
      const copy = (from: number, to: number): void => {
        output.copy(from, to);
        expected += input.toString('latin1', from, to);
        end = to;
      };
      for (const one of steps) {
        if ('from' in one) copy(one.from, Math.min(500, one.from + one.length));
        else if ('next' in one) copy(end, Math.min(500, end + one.next));
        else if ('put' in one) {
          output.put(Buffer.from(one.put));
          expected += one.put;
        } else {
          expected = expected.slice(0, Math.max(0, expected.length - one.cut));
          output.cut(expected.length + 1);
        }
        expect(output.size).toBe(expected.length + 1);
      }
      expect(output.endObject().toString()).toBe(`{${expected}}`);
      output.give();
    }),
    {numRuns: 500},
  );
});
