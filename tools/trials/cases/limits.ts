import type {Fault} from '../../../sandbox/faults/faults';
import {conversations, trial, WHOLE} from './common';

/** A refusal for the limit as F6 has it: nothing is left, and more comes in a second. */
function spent(): Fault {
  const reset = Math.ceil(Date.now() / 1000) + 1;
  const headers = {'x-ratelimit-remaining': '0', 'x-ratelimit-reset': String(reset)};
  return {kind: 'status', status: 429, headers, match: {nth: 5}};
}

/** What answers tell of limits, and what is refused for them. */
export const LIMITS = [
  trial('F6 remaining', 'no headers, but one 429 with remaining 0', {
    world: conversations(3_000, {rateLimitHeaders: 'none'}),
    config: {page_size: 100},
    runs: [{faults: [spent()], expect: {exit: 0, mostSeconds: 60}}],
  }),
  ...(['milliseconds', 'iso', 'delta', 'none'] as const).map((resetFormat) =>
    trial(`F18 b11-${resetFormat}`, `refusals tell the reset as ${resetFormat}, 20 requests in 3 s`, {
      world: conversations(3_000, {
        ...{resetFormat, requestsPerMinute: 400, searchesPerMinute: null, windowMs: 3_000},
        rateLimitHeaders: 'refusals',
      }),
      config: {page_size: 100},
      stopAfterMs: 80_000,
      runs: [{expect: WHOLE}],
    }),
  ),
  trial('held no-headers', 'a 429 without headers', {
    world: conversations(3_000, {rateLimitHeaders: 'none'}),
    runs: [{faults: [{kind: 'status', status: 429, match: {nth: 3}}], expect: WHOLE}],
  }),
];
