import fc from 'fast-check';
import {FoundRecord} from '../../../src/keyset/page';
import {oneByOne} from '../../../src/streams/read/one-by-one';

const batches = fc
  .record({
    times: fc.array(fc.option(fc.integer({min: 100, max: 200}), {nil: undefined}), {maxLength: 30}),
    doneTo: fc.integer({min: 99, max: 200}),
  })
  .map(({times, doneTo}) => ({
    records: times.map(
      (updatedAt, at) => new FoundRecord({id: `${at}`, updatedAt, createdAt: undefined}, at),
    ),
    doneTo,
  }));

test('all records come, in their order, one in each part, and the last part says what the batch says', () => {
  fc.assert(
    fc.property(batches, (batch) => {
      const parts = [...oneByOne(batch)];
      expect(parts.flatMap(({records}) => records)).toEqual(batch.records);
      expect(parts).toHaveLength(Math.max(1, batch.records.length));
      expect(parts.at(-1)?.doneTo).toBe(batch.doneTo);
    }),
  );
});

test('what a part says is done holds no record still to come, whatever their order', () => {
  fc.assert(
    fc.property(batches, (batch) => {
      const parts = [...oneByOne(batch)];
      parts.slice(0, -1).forEach(({doneTo}, at) => {
        expect(doneTo).toBeLessThanOrEqual(batch.doneTo);
        const later = parts.slice(at + 1).flatMap(({records}) => records);
        for (const {updatedAt} of later) expect(updatedAt ?? Infinity).toBeGreaterThan(doneTo);
      });
    }),
  );
});
