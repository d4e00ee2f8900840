import {ClockSkew} from '../../src/http/clock-skew';

const NOW = Date.UTC(2026, 0, 1);

function skewOf(...seen: [string | undefined, number][]): number {
  const skew = new ClockSkew();
  for (const [date, sentAt] of seen) skew.observe(date, sentAt);
  return skew.aheadMs;
}

const at = (ms: number) => new Date(ms).toUTCString();

test.each<[string, [string | undefined, number][], number]>([
  ['nothing was seen', [], 0],
  ['no response has a date', [[undefined, NOW]], 0],
  ['a date makes no sense', [['yesterday', NOW]], 0],
  ['both agree', [[at(NOW), NOW]], 0],
  ['our clock is behind', [[at(NOW), NOW - 5000]], 0],
  ['our clock is ahead: the date is cut to the second', [[at(NOW), NOW + 5000]], 4000],
  [
    'several tell: the least counts',
    [
      [at(NOW), NOW + 9000],
      [at(NOW), NOW + 5000],
      [at(NOW), NOW + 7000],
    ],
    4000,
  ],
])('where %s', (_, seen, aheadMs) => expect(skewOf(...seen)).toBe(aheadMs));
