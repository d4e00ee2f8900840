import {costOf, evenly, withBlocks} from '../fakes/still-source';

const COUNT = 100_000;

describe('requests for 100,000 records, of 500 a page', () => {
  test('are 1.5 %% more than full pages would be, at the most, where each was changed by itself', async () => {
    const {records, ratio} = await costOf(evenly(COUNT));
    expect(records).toBe(COUNT);
    expect(ratio).toBeLessThanOrEqual(1.015);
  });

  test.each([1, 2, 3, 4, 5])(
    'are 6 %% more at the most, where a tenth lie in blocks of one instant (%i)',
    async (seed) => {
      const {records, ratio} = await costOf(withBlocks(COUNT, seed));
      expect(records).toBe(COUNT);
      expect(ratio).toBeLessThanOrEqual(1.06);
    },
  );
});
