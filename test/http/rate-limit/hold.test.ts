import {Hold} from '../../../src/http/rate-limit/hold';

const MINUTE = 60_000;

test('a told reset is waited for; refusals of requests that were sent before only confirm it', () => {
  const hold = new Hold();
  expect(hold.refused(0, 20_000, MINUTE)).toBe(true);
  expect(hold.refused(300, 50_000, MINUTE)).toBe(false);
  expect(hold.untilMs).toBe(20_000);
});

test('without one it is tried again, less and less often, about half as long again as the refusals last at the most', () => {
  const hold = new Hold();
  const tries: number[] = [];
  for (let now = 0; now < 60 * MINUTE; now = hold.untilMs) {
    hold.refused(now, undefined, MINUTE);
    tries.push(hold.untilMs);
  }
  expect(tries.slice(0, 3)).toEqual([7_500, 18_750, 35_625]);
  expect(tries.length).toBeLessThan(16);
  tries.slice(1).forEach((at, index) => expect(at).toBeLessThan(2.6 * (tries[index] as number)));
});

test('a reset that is told again and again and never comes is believed less and less', () => {
  const hold = new Hold();
  let now = 0;
  for (let refusals = 0; refusals < 6; refusals++) {
    hold.refused(now, now + 100, MINUTE);
    now = hold.untilMs;
  }
  expect(now).toBe(1000 + 2000 + 4000 + 8000 + 16_000 + 32_000);
});

test('the first request that passes ends it, and tells how long it was', () => {
  const hold = new Hold();
  expect(hold.isTrying).toBe(false);
  hold.refused(1000, 5000, MINUTE);
  // It was sent before the refusal.
  expect(hold.passed(1500)).toBeUndefined();
  expect(hold.isTrying).toBe(true);
  expect(hold.passed(5300)).toBe(4300);
  expect(hold.isTrying).toBe(false);
  hold.refused(6000, undefined, MINUTE);
  expect(hold.untilMs).toBe(13_500);
});
