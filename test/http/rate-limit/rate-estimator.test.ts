import {RateEstimator} from '../../../src/http/rate-limit/rate-estimator';
import {RequestLog} from '../../../src/http/rate-limit/request-log';

const MINUTE = 60_000;
const TOLD = {limit: 1000, windowMs: MINUTE};
const RESERVE = 100;

/** An estimator that has seen these levels; each as time and what is left, our answers counted as given. */
function after(
  levels: readonly {at: number; remaining: number; answered?: number}[],
  sentAt: readonly number[] = [],
): RateEstimator {
  const sent = new RequestLog();
  sentAt.forEach((at) => sent.add(at, 2 * MINUTE));
  const estimator = new RateEstimator(sent);
  levels.forEach(({at, remaining, answered}, index) =>
    estimator.observe(remaining, answered ?? index + 1, TOLD, at),
  );
  return estimator;
}

test('before any level nothing is known', () => {
  expect(after([]).leftPerMinute(RESERVE, 0, TOLD, 0)).toBeUndefined();
});

test('in a fixed window what is left is spread until its end', () => {
  const estimator = after([{at: 0, remaining: 400}]);
  expect(estimator.leftPerMinute(RESERVE, 0, TOLD, 30_000)).toBe(600);
  expect(estimator.leftPerMinute(RESERVE, 50, TOLD, 30_000)).toBe(500);
});

test('what others spend is left to them', () => {
  // Ten answers of ours in five seconds, and 30 requests fewer are left.
  const levels = Array.from({length: 11}, (_, at) => ({at: at * 500, remaining: 900 - 3 * at}));
  // Of 870 - 100, spread over 55 s, others go on taking 20 in 5 s.
  expect(after(levels).leftPerMinute(RESERVE, 0, TOLD, 5000)).toBeCloseTo((770 * 60) / 55 - 240);
});

test('a level that jumps up is the end of a fixed window', () => {
  const estimator = after([
    {at: 0, remaining: 300},
    {at: 20_000, remaining: 995},
  ]);
  expect(estimator.nextRefillAt(TOLD, 30_000)).toBe(80_000);
  expect(estimator.leftPerMinute(RESERVE, 0, TOLD, 50_000)).toBeCloseTo((895 * 60) / 30);
});

test('an answer from before the jump that comes late is passed over', () => {
  const estimator = after([
    {at: 0, remaining: 300},
    {at: 20_000, remaining: 995},
    {at: 20_100, remaining: 298},
  ]);
  expect(estimator.remaining).toBe(995);
});

test('in a moving window our requests come back one window after they left', () => {
  const sentAt = Array.from({length: 120}, (_, at) => at * 500);
  const estimator = after(
    [
      {at: 0, remaining: 500},
      {at: 61_000, remaining: 100},
    ],
    sentAt,
  );
  // Of those that left between 1 and 6 s, ten come back in the next five seconds.
  expect(estimator.leftPerMinute(RESERVE, 0, TOLD, 61_000)).toBeCloseTo(10 * 12);
});

test('when the window must have ended unseen, a request is due to see it', () => {
  const estimator = after([
    {at: 0, remaining: 300},
    {at: 20_000, remaining: 995},
    {at: 79_000, remaining: 90},
  ]);
  expect(estimator.leftPerMinute(RESERVE, 0, TOLD, 79_500)).toBeLessThan(0);
  expect(estimator.leftPerMinute(RESERVE, 0, TOLD, 80_000)).toBeGreaterThan(0);
});

test('a level older than a window means nothing any more', () => {
  const estimator = after([
    {at: 0, remaining: 500},
    {at: 61_000, remaining: 100},
  ]);
  expect(estimator.leftPerMinute(RESERVE, 0, TOLD, 122_000)).toBeUndefined();
});
