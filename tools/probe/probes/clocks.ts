import type {Outcome, Probe, Subject} from '../finding';
import type {Exchange} from '../reply';
import {duration} from '../words';

/** A smaller difference is the time that an answer takes: ms. */
const SAME_TIME_MS = 2000;

/** How far the clocks are apart, as the Date headers of answers tell (RFC 9110, 6.6.1). */
export const clocks: Probe = {
  topic: 'clocks',
  assumed: "this machine's clock and Kustomer's are the same",
  async run({exchanges}: Subject): Promise<Outcome> {
    const offs = exchanges.flatMap((exchange) => aheadOf(exchange) ?? []);
    if (offs.length === 0) {
      return {verdict: 'not shown', seen: 'no Date header', does: 'trusts its own clock'};
    }
    // A date is cut to the second and an answer takes its time, so the smallest difference is the nearest.
    const aheadMs = offs.reduce((least, off) => (Math.abs(off) < Math.abs(least) ? off : least));
    const isSame = Math.abs(aheadMs) < SAME_TIME_MS;
    return {
      verdict: isSame ? 'as assumed' : 'differs',
      seen: isSame
        ? 'the same, to 2 s'
        : `this machine's is ${duration(Math.abs(aheadMs))} ${aheadMs > 0 ? 'ahead' : 'behind'}`,
      does: 'promises less by as much as its own clock is ahead',
    };
  },
};

function aheadOf({headers, sentAtMs}: Exchange): number | undefined {
  const date = Date.parse(headers['date'] ?? '');
  return Number.isNaN(date) ? undefined : sentAtMs - date;
}
