import {WindowLength} from '../../../src/http/rate-limit/window-length';

/** Answers at an even pace under a window of `windowMs`; what others use besides is always the same. */
function seen(windowMs: number, kind: 'fixed' | 'moving', perSecond: number, others = 0): number[] {
  const learned: number[] = [];
  const window = new WindowLength((ms) => learned.push(ms));
  for (let answered = 1; answered <= 600 * perSecond; answered++) {
    const at = (answered * 1000) / perSecond;
    const since = kind === 'fixed' ? at % windowMs : Math.min(at, windowMs);
    window.observeUse(Math.round((since * perSecond) / 1000) + others, answered, 2, at);
  }
  return [...learned, window.ms];
}

test.each(['fixed', 'moving'] as const)('a %s window of a minute is left as documented', (kind) => {
  expect(seen(60_000, kind, 15)).toEqual([60_000]);
  expect(seen(60_000, kind, 15, 100)).toEqual([60_000]);
});

test.each([
  ['fixed', 10_000],
  ['moving', 10_000],
  ['fixed', 1_000],
  ['moving', 1_000],
] as const)('a shorter %s window is seen by requests that come back: %d ms', (kind, windowMs) => {
  const last = seen(windowMs, kind, 15).at(-1) as number;
  expect(last).toBeGreaterThan(0.9 * windowMs);
  expect(last).toBeLessThan(1.5 * windowMs);
});

test('two refills are no proof yet: the first interval begins anywhere', () => {
  const window = new WindowLength(() => undefined);
  window.observeUse(20, 1, 0, 0);
  window.observeUse(1, 40, 0, 10_000);
  window.observeUse(1, 80, 0, 20_000);
  expect(window.ms).toBe(60_000);
  window.observeUse(1, 120, 0, 30_000);
  expect(window.ms).toBe(10_000);
});

test('a reset far away shows a longer window, one within it says nothing', () => {
  const window = new WindowLength(() => undefined);
  window.observeAtLeast(61_000);
  expect(window.ms).toBe(60_000);
  window.observeAtLeast(50 * 60_000);
  expect(window.ms).toBe(50 * 60_000);
  window.observeAtLeast(10 * 60_000);
  expect(window.ms).toBe(50 * 60_000);
});

test('is forgotten with the limit that it was seen of', () => {
  const window = new WindowLength(() => undefined);
  window.observeAtMost(10_000);
  expect(window.ms).toBe(10_000);
  window.forget();
  expect(window.ms).toBe(60_000);
});
