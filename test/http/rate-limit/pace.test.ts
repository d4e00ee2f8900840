import {Schedule, evenPerMinute, intervalMs} from '../../../src/http/rate-limit/pace';

const ALLOWANCE = {requests: 1000, windowMs: 60_000, reserveShare: 0.1, maxPerMinute: Infinity};

test('our share is spent evenly, and a little less of it', () => {
  expect(evenPerMinute(ALLOWANCE)).toBeCloseTo(886.5);
  expect(evenPerMinute({...ALLOWANCE, windowMs: 10_000})).toBeCloseTo(5319);
  expect(evenPerMinute({...ALLOWANCE, maxPerMinute: 120})).toBeCloseTo(118.2);
});

test('what the level leaves is spent, between a look now and then and a little more than our share', () => {
  expect(60_000 / intervalMs(ALLOWANCE, 500)).toBeCloseTo(500);
  expect(60_000 / intervalMs(ALLOWANCE, undefined)).toBeCloseTo(886.5);
  expect(60_000 / intervalMs(ALLOWANCE, -300)).toBeCloseTo(10);
  expect(60_000 / intervalMs(ALLOWANCE, 5000)).toBeCloseTo(1125);
  expect(60_000 / intervalMs({...ALLOWANCE, maxPerMinute: 2}, -300)).toBeLessThan(2);
});

test('a request that leaves late does not delay the next ones, a long pause earns no burst', () => {
  const schedule = new Schedule();
  schedule.start(10_000, 500);
  schedule.start(10_000, 500);
  schedule.start(10_700, 500);
  expect(schedule.nextAt(500)).toBe(11_000);
  schedule.start(60_000, 500);
  expect(schedule.nextAt(500)).toBe(60_000);
  schedule.start(60_000, 500);
  expect(schedule.nextAt(500)).toBe(60_500);
});
