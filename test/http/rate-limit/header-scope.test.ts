import type {RequestClass} from '../../../src/http/call';
import {HeaderScope, type Scope} from '../../../src/http/rate-limit/header-scope';

const NO_TIMES = {resetAt: undefined, retryAt: undefined};

/** What the headers of the last of these answers tell; each as class, limit, remaining, and whether it is a refusal. */
function scopeAfter(
  ...answers: readonly [RequestClass, number | undefined, number | undefined, 'refused'?][]
): Scope | undefined {
  const scope = new HeaderScope();
  let last: Scope | undefined;
  for (const [requestClass, limit, remaining, refused] of answers) {
    const headers = {limit, remaining, ...NO_TIMES};
    scope.observe(requestClass, refused !== undefined, headers);
    last = scope.of(requestClass, headers);
  }
  return last;
}

test('before other answers tell a limit, one that no plan has is that of searches', () => {
  expect(scopeAfter(['search', 100, 99])).toBe('search');
  expect(scopeAfter(['search', 5000, 990])).toBe('search');
  expect(scopeAfter(['search', 1000, 990])).toBe('organization');
  expect(scopeAfter(['search', undefined, undefined])).toBeUndefined();
});

test('unless searches are refused with requests left of it', () => {
  expect(scopeAfter(['search', 100, 50], ['search', 100, 20, 'refused'])).toBe('organization');
});

test('a limit that differs from that of other answers is that of searches', () => {
  expect(scopeAfter(['other', 1000, 990], ['search', 500, 400])).toBe('search');
  expect(scopeAfter(['other', 1000, 990], ['search', 1000, 989])).toBe('organization');
  expect(scopeAfter(['search', 500, 400], ['other', 1000, 990])).toBe('organization');
});

test('one counter falls from answer to answer, whoever asks', () => {
  const answers = Array.from(
    {length: 40},
    (_, at) => [at % 2 === 0 ? 'other' : 'search', 1000, 1000 - 25 * at] as [RequestClass, number, number],
  );
  expect(scopeAfter(...answers, ['search', 1000, 0])).toBe('organization');
});

test('two counters of the same limit stay apart', () => {
  const answers = Array.from(
    {length: 10},
    (_, at) =>
      [at % 2 === 0 ? 'other' : 'search', 1000, at % 2 === 0 ? 600 - at : 950 - at] as [
        RequestClass,
        number,
        number,
      ],
  );
  expect(scopeAfter(...answers)).toBe('search');
});
