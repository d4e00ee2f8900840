import fc from 'fast-check';
import type {Failure} from '../../src/http/failure';
import {type AttemptState, isTransient, retryDelay} from '../../src/http/retry';

const NOW = Date.UTC(2024, 5, 1);
const MINUTE = 60_000;
const BUDGET = 10 * MINUTE;

function failed(status: number, headers: Record<string, string> = {}): Failure {
  return {kind: 'status', status, text: String(status), headers};
}

function standing(change: Partial<AttemptState> = {}): AttemptState {
  return {tries: 1, elapsedMs: 0, budgetMs: BUDGET, now: NOW, random: 0.5, ...change};
}

const texts = fc.oneof(
  fc.string(),
  fc.integer().map(String),
  fc.double().map(String),
  fc.date({noInvalidDate: true}).map((date) => date.toUTCString()),
  fc.constantFrom('', ' ', '0', '-1', 'NaN', 'Infinity', '1e400', 'soon', '1718000000', '5, 6', 'undefined'),
);
const headers = fc.record({'x-ratelimit-reset': texts, 'retry-after': texts}, {requiredKeys: []});
const random = fc.double({min: 0, max: 1, maxExcluded: true, noNaN: true});
const standings = fc.record({
  tries: fc.integer({min: 1, max: 10_000}),
  elapsedMs: fc.nat(2 * BUDGET),
  budgetMs: fc.constant(BUDGET),
  now: fc.constant(NOW),
  random,
});
const passing: fc.Arbitrary<Failure> = fc.oneof(
  fc.record({
    kind: fc.constant('status' as const),
    status: fc.constantFrom(408, 425, 429, 500, 502, 503, 504, 599),
    text: fc.string(),
    headers,
  }),
  fc.record({
    kind: fc.constantFrom('network' as const, 'timeout' as const, 'unreadable' as const),
    text: fc.string(),
    headers,
  }),
);

describe('isTransient', () => {
  test('no answer, a broken one, 408, 425, 429 and any 5xx may pass', () => {
    fc.assert(fc.property(passing, isTransient));
  });

  test('any other status is final', () => {
    fc.assert(
      fc.property(
        fc.integer({min: 100, max: 501}).filter((status) => ![408, 425, 429, 500].includes(status)),
        (status) => {
          expect(isTransient(failed(status))).toBe(false);
          expect(retryDelay(failed(status), standing())).toBeUndefined();
        },
      ),
    );
  });
});

describe('retryDelay', () => {
  test('is between nothing and five minutes, or over, and never leads past the budget', () => {
    fc.assert(
      fc.property(passing, standings, (failure, at) => {
        const delay = retryDelay(failure, at);
        if (delay === undefined) return;
        expect(delay).toBeGreaterThanOrEqual(0);
        expect(delay).toBeLessThanOrEqual(5 * MINUTE);
        expect(at.elapsedMs + delay).toBeLessThanOrEqual(BUDGET);
      }),
    );
  });

  test('doubles from half a second on up to 30 s, and lies between the half and the whole of that', () => {
    const noHints = passing.map((failure): Failure => ({...failure, headers: {}}));
    fc.assert(
      fc.property(noHints, fc.integer({min: 1, max: 10_000}), random, (failure, tries, chance) => {
        const whole = Math.min(30_000, 500 * 2 ** (tries - 1));
        const delay = retryDelay(failure, standing({tries, random: chance}));
        expect(delay).toBeGreaterThanOrEqual(whole / 2);
        expect(delay).toBeLessThanOrEqual(whole);
      }),
    );
  });

  test('spreads out what failed together', () => {
    const delay = (chance: number) => retryDelay(failed(500), standing({tries: 5, random: chance}));
    expect(delay(0)).toBeLessThan(Number(delay(0.5)));
    expect(delay(0.5)).toBeLessThan(Number(delay(0.99)));
  });

  test('a connection that cannot be made as things are set up is final', () => {
    const failure: Failure = {
      kind: 'network',
      text: 'CERT_HAS_EXPIRED',
      headers: {},
      obstacle: {kind: 'certificate'},
    };
    expect(isTransient(failure)).toBe(false);
    expect(retryDelay(failure, standing())).toBeUndefined();
  });

  test('waits as long as a 503 asks for', () => {
    expect(retryDelay(failed(503, {'retry-after': '17'}), standing())).toBe(17_000);
  });

  test('pauses all the same where the hint lies in the past: nothing is asked in a tight loop', () => {
    for (const hint of [
      {'retry-after': '0'},
      {'retry-after': '-5'},
      {'x-ratelimit-reset': String(NOW / 1000 - 30)},
    ]) {
      expect(retryDelay(failed(503, hint), standing({tries: 4}))).toBeGreaterThanOrEqual(2000);
    }
  });

  test('takes no hint from answers that are not about waiting', () => {
    const hint = {'retry-after': '200', 'x-ratelimit-reset': String(NOW / 1000 + 200)};
    expect(retryDelay(failed(500, hint), standing())).toBeLessThan(500);
  });

  test('is over when the budget would be', () => {
    expect(retryDelay(failed(500), standing({elapsedMs: BUDGET}))).toBeUndefined();
    const hint = {'retry-after': '60'};
    expect(retryDelay(failed(503, hint), standing({elapsedMs: BUDGET - 59_000}))).toBeUndefined();
    expect(retryDelay(failed(503, hint), standing({elapsedMs: BUDGET - 60_000}))).toBe(60_000);
  });
});
