import {ReadProgress} from '../../../src/streams/read/progress';

const PAGE = 500;

function priority(found: number, left: number | undefined): number {
  const progress = new ReadProgress();
  progress.found = found;
  progress.left = left;
  return progress.priority(PAGE);
}

test('a stream of which nothing is known goes first, then one that three pages finish', () => {
  expect(priority(0, undefined)).toBe(0);
  expect(priority(0, 3 * PAGE)).toBe(1);
  expect(priority(1e6, 0)).toBe(1);
  expect(priority(0, 3 * PAGE + 1)).toBeGreaterThan(1);
});

test('of large streams, the one goes first of which the least is read', () => {
  const shares = [0, 0.2, 0.5, 0.8, 0.99].map((share) => priority(share * 1e6, (1 - share) * 1e6));
  expect(shares).toEqual([...shares].sort((a, b) => a - b));
  expect(new Set(shares).size).toBeGreaterThan(3);
  expect(Math.max(...shares)).toBeLessThanOrEqual(9);
});
